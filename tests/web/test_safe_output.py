"""What people write stays text on every page that shows it; and what an answer says of itself."""

import re

import pytest
from flask import Flask

from tests.web.conftest import Counter
from tests.web.township import Township
from web.access import PUBLIC, reach_of

CORPUS = (
    "<script>alert('canary')</script>",
    "\"><img src=x onerror=alert('canary')>",
    "'><svg onload=alert('canary')>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "</textarea></title><b>canary</b>",
    "javascript:alert('canary')",
    "&lt;b&gt;canary&lt;/b&gt;",
)
_ALIVE = ("<script", "onerror=", "onload=", "<img", "</textarea></title>", "javascript:")


def is_alive(page: str) -> list[str]:
    """The tags that were written by somebody: what stands in the quotes of an attribute is text."""
    tags = (re.sub(r'"[^"]*"', '""', tag) for tag in re.findall(r"<[^>]*>", page))
    return [tag for tag in tags if any(mark in tag for mark in _ALIVE)]


@pytest.mark.parametrize("written", CORPUS)
def test_what_is_written_stays_text(
    app: Flask, town: Township, secretary: Counter, organizer: Counter, written: str
) -> None:
    """As a name, in the note of an act, in a search, in a refused form."""
    entries = {"name": written[:60], "sex": "female", "category": "farmer_herder", "source": "local"}
    page = f"/dossiers/{town.dossiers['王秀兰']}"
    form = secretary.form(f"{page}/acts/review_recorded")
    secretary.send(
        f"{page}/acts/review_recorded", {**form, "on": "2016-06-06", "result": written, "note": written}
    )
    opened = secretary.hidden(secretary.get("/dossiers/new"))
    made = secretary.send("/dossiers/new", {**opened, **entries, "on": "2016-06-06", "note": written})
    refused = secretary.send(f"{page}/acts/review_recorded", {**form, "on": written, "result": written})

    shown = [made.text, refused.text]
    shown += [secretary.text(path) for path in ("/", "/dossiers", page, f"{page}/history", "/messages")]
    shown += [organizer.text("/dossiers"), secretary.get("/dossiers", query_string={"q": written}).text]
    shown.append(Counter(app).get("/login", query_string={"next": written}).text)
    shown.append(Counter(app).post("/login", {"account": written, "password": "x"}).text)

    assert [is_alive(one) for one in shown] == [[]] * len(shown)
    if "7*7" in written:
        assert any("{{7*7}}" in one for one in shown)


def test_the_scanner_sees_what_is_alive() -> None:
    assert is_alive(f"<p>{CORPUS[0]}</p>")
    assert is_alive(f'<input value="{CORPUS[1]}">')
    assert is_alive(f"<input value='{CORPUS[2]}'>")
    assert not is_alive("<p>&lt;script&gt;alert(&#39;canary&#39;)&lt;/script&gt;</p>")


def test_every_answer_names_its_type_and_charset(app: Flask, secretary: Counter) -> None:
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or set()):
            continue
        answer = secretary.get(rule.rule)
        kind = answer.headers["Content-Type"]
        assert kind == "text/html; charset=utf-8" or kind.startswith("application/"), rule.rule
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_address_answers_to_trace(app: Flask, secretary: Counter) -> None:
    assert secretary.client.open("/", method="TRACE").status_code == 405
    assert [rule.rule for rule in app.url_map.iter_rules() if "TRACE" in (rule.methods or set())] == []


def test_no_address_carries_more_than_ids_and_words_of_the_procedure(app: Flask) -> None:
    """A name, a number or a telephone has no place in an address behind the log-in."""
    used = {
        name
        for rule in app.url_map.iter_rules()
        if PUBLIC not in reach_of(app, rule.endpoint)
        for name in rule.arguments
    }
    assert not used & {"name", "id_number", "phone", "login", "q", "address"}
    assert used
