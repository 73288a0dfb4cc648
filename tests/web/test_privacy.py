"""No page shows what is sealed; who asks for it says why, sees it once, and is on record before."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from notifications.sweep import sweep
from recruit.commands import reveals
from recruit.errors import Refused
from recruit.log.events import NewEvent
from tests.web.conftest import Counter
from tests.web.meetings import opened
from tests.web.township import ID_NUMBER, WRITTEN, Township, lettered, proposed, revealed, withdrawn
from web.access import PUBLIC, reach_of

USERS = ("li", "zhao", "liu", "zhang", "wang", "wu", "sysadmin", "secadmin", "audadmin")
PHONE = "13800000000"
SECRETS = (ID_NUMBER, ID_NUMBER[6:14], PHONE, "1990-05-18", "1990年5月18日", "18 May 1990", "金丝雀")
EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
# Of a notice, which hangs in no township of these tests: test_public and test_notices look at them.
HANGING = {"notices.paper", "notices.wall", "notices.closing", "files.picture"}
DOWNLOADS = {"files.download"}  # bytes, put on record before they leave: test_files
PROGRAMS = ("api.", "metrics.")  # answered to tokens alone: test_api_reach walks them for every user
ALIKE = re.compile(
    r"/admin/(settings/[^/]+|calendar|organizations)/[^/]+"
)  # pages that name nobody: one is enough
VARIANTS = 4  # of one address with different questions: months, filters, views
_HREF = re.compile(r'href="(/[^"#]*)')


@pytest.fixture
def dossier(town: Township) -> str:
    """A dossier with number, telephone and day of birth, three written texts, a refusal and an erasure."""
    person = withdrawn(town)
    town.act("王秀兰", "objection_received", date(2016, 6, 6), "liu", purpose="letter", note=WRITTEN)
    with pytest.raises(Refused):
        town.act("王秀兰", "target_proposed", date(2016, 6, 6), members=5, present=5, for_=2, note=WRITTEN)
    proposed(town, person)
    lettered(town, WRITTEN)
    return town.dossiers["陈文"]


def test_the_scanner_finds_an_identity_number_and_no_other_number() -> None:
    assert EIGHTEEN.search(f"<dd>{ID_NUMBER}</dd>")
    assert not EIGHTEEN.search("01HZ4Q7M2N3P4R5S6T7V8W9X0Y 13800000000 2016-06-07")


def pages(counter: Counter, seeds: list[str]) -> dict[str, str]:
    """Every page that links lead to from the seeds, and the seeds; of months and filters some."""
    found: dict[str, str] = {}
    waiting = list(seeds)
    met: set[str] = set()
    seen: dict[str, int] = defaultdict(int)
    while waiting:
        path = waiting.pop()
        kind = "/".join(path.split("/")[:3]) if ALIKE.fullmatch(path) else ""
        plain = path.partition("?")[0]
        if path in found or path.startswith("/static/") or kind in met or seen[plain] == VARIANTS:
            continue
        seen[plain] += 1
        met |= {kind} - {""}
        found[path] = counter.get(path).get_data(as_text=True)
        waiting += [link.replace("&amp;", "&") for link in _HREF.findall(found[path])]
    return found


def test_no_page_that_anybody_opens_shows_what_is_sealed_or_leaves_a_reading(
    app: Flask, town: Township, dossier: str
) -> None:
    sweep(town.record, town.clock.now())  # what is due, and what organizations owe
    person, other = town.people["陈文"], town.dossiers["王秀兰"]
    steps = ("attendance", "votes", "check", "resolution", "tally", "screen")
    meeting = opened(town)
    of_history = ["/history", "/history?verify=all", "/history/changed?from=2014-09-01"]
    of_dossier = ["", *of_history, "/reveal", "/contents", "/acts/talk_held"]
    corrections = [f"/acts/corrected?act={act}&choose=act" for act in (1, 4, 7)]
    seeds = [f"/dossiers/{one}{rest}" for one in (dossier, other) for rest in of_dossier + corrections]
    seeds += [f"/meetings/{meeting}", *(f"/meetings/{meeting}/{step}" for step in steps)]
    visited: set[str] = set()

    for login in USERS:
        counter = Counter(app)
        assert counter.log_in(login).status_code == 302
        found = pages(
            counter,
            ["/", f"/erasures/persons/{person}", "/erasures?q=陈文", f"/dossiers/{other}/history", *seeds],
        )
        visited |= {path.partition("?")[0] for path in found}

        for path, text in found.items():
            assert [secret for secret in SECRETS if secret in text] == [], (login, path)
            assert not EIGHTEEN.search(text), (login, path)
    assert revealed(town) == []
    assert behind_the_door(app) - set(map(endpoint_of(app), visited)) == HANGING | DOWNLOADS


def behind_the_door(app: Flask) -> set[str]:
    """Every page that a log-in opens."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and PUBLIC not in reach_of(app, rule.endpoint)
        if not rule.endpoint.startswith(PROGRAMS)
    }


def endpoint_of(app: Flask) -> Callable[[str], str]:
    adapter = app.url_map.bind("localhost")

    def found(path: str) -> str:
        try:
            return str(adapter.match(path)[0])
        except HTTPException:
            return ""

    return found


@pytest.mark.parametrize("login", ["li", "liu", "wu"])
@pytest.mark.parametrize(
    ("what", "clear"), [("id_number", ID_NUMBER), ("phone", PHONE), ("born", "1990年5月18日")]
)
def test_a_value_is_shown_once_to_a_reason_and_kept_by_no_cache(
    app: Flask, town: Township, dossier: str, login: str, what: str, clear: str
) -> None:
    counter = Counter(app)
    counter.log_in(login)
    page = f"/dossiers/{dossier}"

    answer = counter.post(f"{page}/reveal", {"what": what, "reason": "paper_checked"}, page=page)

    assert answer.status_code == 200
    assert clear in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = revealed(town)
    assert (event["dossier"], event["actor"]) == (dossier, town.users[login])
    assert (event["details"]["what"], event["details"]["reason"]) == (what, "paper_checked")
    assert clear not in counter.text(page)


def test_every_reveal_is_an_event_of_its_own(secretary: Counter, town: Township, dossier: str) -> None:
    page = f"/dossiers/{dossier}"
    for count in (1, 2, 3):
        secretary.post(f"{page}/reveal", {"what": "phone", "reason": "call"}, page=page)

        assert len(revealed(town)) == count


def test_what_was_written_is_opened_act_by_act_or_all_at_once(
    secretary: Counter, town: Township, dossier: str
) -> None:
    page = f"/dossiers/{dossier}"
    shown = secretary.text(page)
    assert "内容已加密，查看须留痕" in shown
    assert 'form="contents" name="act" value="2"' in shown

    one = secretary.post(f"{page}/contents", {"reason": "handling", "act": 3}, page=page)
    whole = secretary.post(f"{page}/contents", {"reason": "handling"}, page=f"{page}/history")

    assert one.get_data(as_text=True).count(WRITTEN) == 1
    assert whole.get_data(as_text=True).count(WRITTEN) == 2
    assert whole.headers["Cache-Control"] == "no-store"
    assert [event["details"]["acts"] for event in revealed(town)] == [[3], [2, 3]]
    assert WRITTEN not in secretary.text(page)


def test_without_its_event_no_answer_shows_anything(
    secretary: Counter, town: Township, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: NewEvent) -> str:
        raise OSError("the disk is gone")

    monkeypatch.setattr(reveals, "append_event", fail)
    page = f"/dossiers/{dossier}"
    for rest, entries in (
        ("/reveal", {"what": "id_number", "reason": "call"}),
        ("/contents", {"reason": "handling"}),
    ):
        answer = secretary.post(page + rest, dict(entries), page=page)

        assert answer.status_code == 500
        assert [one for one in SECRETS if one in answer.get_data(as_text=True)] == []


@pytest.mark.parametrize(
    ("rest", "entries"),
    [
        ("/reveal", {"what": "phone", "reason": ""}),
        ("/reveal", {"what": "phone", "reason": "curiosity"}),
        ("/reveal", {"what": "name", "reason": "call"}),
        ("/contents", {"reason": ""}),
        ("/contents", {"reason": "handling", "act": "all"}),
        ("/contents", {"reason": "handling", "act": "9" * 5000}),
    ],
)
def test_without_a_reason_or_with_a_number_that_is_none_nothing_is_shown(
    secretary: Counter, town: Township, dossier: str, rest: str, entries: dict[str, object]
) -> None:
    answer = secretary.post(f"/dossiers/{dossier}{rest}", entries, page=f"/dossiers/{dossier}")

    assert answer.status_code == 400
    assert "没有显示任何内容" in answer.get_data(as_text=True)
    assert revealed(town) == []


@pytest.mark.parametrize(
    ("login", "code"), [("zhao", 404), ("sysadmin", 403), ("secadmin", 403), ("audadmin", 403)]
)
def test_who_may_not_see_it_is_answered_without_a_word_of_it(
    app: Flask, town: Township, dossier: str, login: str, code: int
) -> None:
    counter = Counter(app)
    counter.log_in(login)
    page = f"/dossiers/{dossier}"
    for rest, entries in (
        ("/reveal", {"what": "phone", "reason": "call"}),
        ("/contents", {"reason": "handling"}),
    ):
        assert counter.post(page + rest, dict(entries), page="/").status_code == code
    assert revealed(town) == []


def test_an_audit_administrator_is_offered_nothing_to_press(app: Flask, town: Township, dossier: str) -> None:
    counter = Counter(app)
    counter.log_in("audadmin")

    for page in (f"/dossiers/{dossier}", f"/dossiers/{dossier}/history"):
        text = counter.text(page)
        assert "内容已加密" in text
        assert "/reveal" not in text
        assert "/contents" not in text


def test_a_branch_is_told_that_an_objection_is_not_for_it(
    secretary: Counter, organizer: Counter, town: Township, dossier: str
) -> None:
    page = f"/dossiers/{town.dossiers['王秀兰']}"

    own = secretary.post(f"{page}/contents", {"reason": "handling", "act": 7}, page=page)
    above = organizer.post(f"{page}/contents", {"reason": "handling", "act": 7}, page=page)

    assert "内容由上级党组织掌握" in secretary.text(page)
    assert "这里没有您可以查看的内容" in own.get_data(as_text=True)
    assert WRITTEN in above.get_data(as_text=True)
    assert [event["details"]["acts"] for event in revealed(town)] == [[7]]


def test_a_correction_opens_what_was_written_only_when_the_act_is_chosen(
    secretary: Counter, town: Township, dossier: str
) -> None:
    path = f"/dossiers/{dossier}/acts/corrected?act=2"
    assert "选定后会打开" in secretary.text(path)

    chosen = secretary.act(path, act="2")

    assert WRITTEN in chosen.get_data(as_text=True)
    (event,) = revealed(town)
    assert (event["details"]["acts"], event["details"]["reason"]) == ([2], "correction")


def test_a_correction_of_what_has_no_text_is_no_reading(secretary: Counter, town: Township) -> None:
    chosen = secretary.act(f"/dossiers/{town.dossiers['王秀兰']}/acts/corrected", act="3")

    assert 'name="new.do"' in chosen.get_data(as_text=True)
    assert revealed(town) == []
