"""`docs/pages.md` names every page, and whom it serves."""

from pathlib import Path

from flask import Flask

from web.access import reach_of

PAGES = Path(__file__).resolve().parents[2] / "docs" / "pages.md"
# In this order: the words of the table for the roles that they stand for.
WORDS: dict[str, frozenset[str]] = {
    "branch": frozenset(("branch_clerk", "branch_secretary")),
    "general branch": frozenset(("general_branch",)),
    "organizer": frozenset(("organizer",)),
    "committee": frozenset(("committee_member", "committee_secretary")),
    "committee's secretary": frozenset(("committee_secretary",)),
    "department": frozenset(("department",)),
    "auditors": frozenset(("auditor", "audit_admin")),
    "audit administrator": frozenset(("audit_admin",)),
    "system administrator": frozenset(("system_admin",)),
    "security administrator": frozenset(("security_admin",)),
    "collector of figures": frozenset(("collector",)),
    "everybody logged in": frozenset(("signed_in",)),
    "anybody": frozenset(("public",)),
}


def test_every_address_stands_in_the_table_with_those_whom_it_serves(app: Flask) -> None:
    served = {
        rule.rule: frozenset(str(role) for role in reach_of(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    }

    assert told() == served


def told() -> dict[str, frozenset[str]]:
    """The first two columns, words turned into roles."""
    lines = PAGES.read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("| `")]
    return {
        row[1].strip("`"): frozenset().union(*(WORDS[word] for word in row[2].split(", "))) for row in rows
    }
