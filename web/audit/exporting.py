"""What leaves as an Excel file or as lines: rows with both dates, late marks, who took them out and when."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext as _

from recruit.commands.extracts import Extract
from recruit.context import Context
from recruit.ids import microseconds
from recruit.queries.checkpoints import present_checkpoint
from recruit.queries.extract import canonical_acts, refused_attempts
from recruit.queries.found import dossiers_by_id
from recruit.queries.history import Entry, history
from recruit.queries.rows import DossierRow
from recruit.queries.scan import Scanned
from web import dates
from web.acts.refusal import severity_word
from web.audit.register import edition_at
from web.audit.sheets import Sheet, Value, workbook_bytes
from web.history.items import tags_of
from web.history.moments import moment_text
from web.language import language
from web.sayings import act_lines, act_title, article_text, check_text, late_days, rule_line
from web.words import edition_of_today, word
from workflows.acts import Act
from workflows.calendar import Calendar
from workflows.words import finding_sentence

NOBODY: Mapping[str, str] = {}
_ACT_WIDTHS = (20, 12, 6, 13, 18, 36, 50, 14, 10, 20, 14, 40, 40, 14)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took what out, when and why; `code` is of the checkpoint under which it lies."""

    name: str
    when: str
    reason: str
    dossiers: int
    code: str


def taken(context: Context, extract: Extract, dossiers: Sequence[str]) -> Taken:
    return Taken(
        name=context.actor.name,
        when=moment_text(context.now),
        reason=reason_name(extract.reason),
        dossiers=len(dossiers),
        code=check_text(present_checkpoint(context.record).head.root),
    )


def reason_name(reason: str) -> str:
    return {
        "inspection": _("inspection or audit"),
        "superior": _("asked for by the superior committee"),
        "self_check": _("the house's own check"),
        "archive": _("for the archive"),
    }[reason]


def excel(
    context: Context,
    dossiers: Sequence[str],
    about: Taken,
    *,
    scanned: Scanned | None,
    calendar: Calendar,
) -> bytes:
    """Sheets: what this is, the dossiers, their acts, refused attempts, problems."""
    rows = dossiers_by_id(context, dossiers)
    order = [rows[one] for one in dossiers if one in rows]
    entries = [(row, history(context, row.id)) for row in order]
    sheets = [
        Sheet(_("About this file"), [_("What"), _("Value")], _about(about), (24, 60)),
        Sheet(_("Dossiers"), _dossier_heads(), _of_dossiers(entries), (24, 12, 18, 13, 8, 10, 30)),
        Sheet(_("Acts on record"), _act_heads(), _of_acts(entries, calendar), _ACT_WIDTHS),
        Sheet(_("Refused"), _refused_heads(), _of_refused(entries), (20, 12, 18, 13, 30, 14, 60)),
        Sheet(_("Problems"), _problem_heads(), _of_problems(scanned, rows), (8, 20, 12, 8, 60, 36, 24)),
    ]
    foot = _("%(who)s, %(when)s, check code %(code)s", who=about.name, when=about.when, code=about.code)
    return workbook_bytes(sheets, foot=foot)


def lines(context: Context, dossiers: Sequence[str], about: Taken) -> bytes:
    """A zip: the very bytes of each act on a line, their SHA-256 beside, and the refused attempts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        acts, hashes = [], []
        for place, canonical, hashed in canonical_acts(context, dossiers):
            acts.append(canonical)
            hashes.append(f"{hashed.hex()}  {place}".encode())
        refused = [
            json.dumps(one, ensure_ascii=False, sort_keys=True).encode()
            for one in refused_attempts(context, dossiers)
        ]
        for name, found in (("acts.jsonl", acts), ("hashes.txt", hashes), ("refused.jsonl", refused)):
            packed.writestr(name, b"".join(line + b"\n" for line in found))
        told = {
            "exported_by": context.actor.user_id, "at": microseconds(context.now), "dossiers": list(dossiers),
            "acts": len(acts), "refused": len(refused), "check_code": about.code,
            "hashes": "SHA-256 of each line of acts.jsonl, without its line feed",
        }  # fmt: skip
        packed.writestr("export.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return file.getvalue()


def _about(about: Taken) -> Iterator[Sequence[Value]]:
    yield _("Exported by"), about.name
    yield _("When"), about.when
    yield _("Reason"), about.reason
    yield _("Dossiers"), about.dossiers
    yield _("Check code"), about.code
    yield (
        _("Noted"),
        _("This export is on record, with each of its %(n)s dossiers by itself.", n=about.dossiers),
    )
    yield _("Left out"), _("What is sealed: ID numbers, telephones, days of birth, written texts.")


Entries = Sequence[tuple[DossierRow, tuple[Entry, ...]]]


def _of_dossiers(entries: Entries) -> Iterator[Sequence[Value]]:
    for row, found in entries:
        acts = sum(not entry.is_refused for entry in found)
        stage = word("stage", row.stage, edition_of_today())
        yield row.branch_name, row.name, stage, row.opened_on, acts, row.late_count, row.id


def _dossier_heads() -> list[str]:
    counted = [_("Acts"), _("Late entries"), _("Number of the dossier")]
    return [_("Branch"), _("Name"), _("Stage"), _("Begun on"), *counted]


def _refused_heads() -> list[str]:
    found = [_("Act"), _("Who"), _("Findings")]
    return [_("Branch"), _("Name"), _("Tried on"), _("Day of the act"), *found]


def _problem_heads() -> list[str]:
    found = [_("Act"), _("Finding"), _("Rule"), _("Rule id")]
    return [_("Severity"), _("Branch"), _("Name"), *found]


def _act_heads() -> list[str]:
    return [
        _("Branch"), _("Name"), _("No."), _("Happened"), _("Recorded"), _("Act"), _("Details"), _("Who"),
        _("Late entry"), _("Marks"), _("Confirmed by"), _("Rule"), _("Findings"), _("Check code"),
    ]  # fmt: skip


def _of_acts(entries: Entries, calendar: Calendar) -> Iterator[Sequence[Value]]:
    for row, found in entries:
        for entry in found:
            if entry.act is None:
                continue
            edition = edition_at(entry.on)
            late = (
                _("late entry, %(n)s working days", n=late_days(entry.act, calendar)) if entry.is_late else ""
            )
            marks = "；".join(tag.text for tag in tags_of(entry) if tag.css != "late")
            yield (
                row.branch_name, row.name, entry.seq, entry.on, moment_text(entry.recorded_at),
                act_title(entry.act, edition), " ".join(act_lines(entry.act, NOBODY)), entry.by_name, late,
                marks, entry.confirmed_by_name or "", rule_line(entry.act, edition), _findings(entry),
                check_text(bytes.fromhex(entry.hash or "")),
            )  # fmt: skip


def _late(act: Act, calendar: Calendar) -> str:
    return _("late entry, %(n)s working days", n=late_days(act, calendar))


def _of_refused(entries: Entries) -> Iterator[Sequence[Value]]:
    for row, found in entries:
        for entry in found:
            if entry.is_refused:
                act = word("act", entry.do, edition_at(entry.on))
                yield (
                    row.branch_name, row.name, moment_text(entry.recorded_at), entry.on, act, entry.by_name,
                    _findings(entry),
                )  # fmt: skip


def _findings(entry: Entry) -> str:
    return "\n".join(
        f"{severity_word(one.severity)} {finding_sentence(one, language())} [{one.rule}]"
        for one in entry.findings
    )


def _of_problems(scanned: Scanned | None, rows: Mapping[str, DossierRow]) -> Iterator[Sequence[Value]]:
    """Of the dossiers that leave; where no list was made that is said in its place."""
    if scanned is None:
        yield (
            "",
            "",
            "",
            "",
            _("The list of problems was not made yet: open it first, then export again."),
            "",
            "",
        )
        return
    for one in scanned.irregularities:
        row = rows.get(one.dossier or "")
        if row is None:
            continue
        finding = one.finding
        yield (
            severity_word(finding.severity), row.branch_name, row.name,
            None if one.act is None else one.act + 1,
            finding_sentence(finding, language(), names=scanned.names),
            article_text(finding.article, finding.edition), finding.rule,
        )  # fmt: skip
    yield "", "", "", "", _("As of %(day)s", day=dates.long_day(scanned.on, language())), "", ""
