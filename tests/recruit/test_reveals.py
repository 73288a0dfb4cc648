"""What is kept masked is shown one by one, and the reading is on record before the bytes leave."""

import json

import pytest

from recruit.commands import reveals
from recruit.commands.reveals import Reveal, RevealContents, reveal, reveal_contents
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.identity import check_digit
from recruit.log.events import NewEvent
from recruit.log.verify import verify
from tests.homes import ask
from tests.recruit.builders import Township, at

FIRST = "11010119900518001"
ID_NUMBER = FIRST + check_digit(FIRST)
TALK, REVIEW = "演示谈话记录金丝雀", "演示考察意见金丝雀"


@pytest.fixture
def dossier(township: Township) -> str:
    return township.open(person=township.person("演示丙", id_number=ID_NUMBER, phone="13800001234"))


@pytest.fixture
def talked(township: Township, dossier: str) -> str:
    """Two acts with something written (2 and 4), and two without."""
    township.act(dossier, "talk_held", "2014-07-20", talker="演示谈话人", note=TALK)
    township.act(dossier, "recommended", "2015-01-10", source="members")
    township.act(dossier, "talk_held", "2015-02-10", note=REVIEW)
    return dossier


def contents(dossier: str, *acts: int, reason: str = "handling") -> RevealContents:
    return RevealContents(dossier=dossier, acts=acts, reason=reason)


def revealed(township: Township) -> list[dict[str, object]]:
    with township.record.reading() as connection:
        rows = ask(connection, "SELECT canonical FROM event WHERE \"do\" = 'revealed' ORDER BY org, seq")
        return [json.loads(bytes(row[0])) for row in rows]


def wanted(dossier: str, what: str = "id_number", reason: str = "paper_checked") -> Reveal:
    return Reveal(dossier=dossier, what=what, reason=reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "clear"), [("id_number", ID_NUMBER), ("phone", "13800001234"), ("born", "1990-05-18")]
)
def test_a_reveal_gives_the_value_and_leaves_an_event_without_it(
    township: Township, dossier: str, what: str, clear: str
) -> None:
    before = verify(township.record).events

    assert reveal(township.context("secretary"), wanted(dossier, what)) == clear

    assert verify(township.record).events == before + 1
    with township.record.reading() as connection:
        row = ask(connection, "SELECT canonical FROM event WHERE \"do\" = 'revealed'").one()
    event = json.loads(bytes(row[0]))
    assert (event["dossier"], event["details"]["what"]) == (dossier, what)
    assert clear.encode() not in bytes(row[0])


def test_without_its_event_nothing_is_shown(
    township: Township, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: NewEvent) -> str:
        raise OSError("the disk is gone")

    monkeypatch.setattr(reveals, "append_event", fail)

    with pytest.raises(OSError, match="gone"):
        reveal(township.context("secretary"), wanted(dossier))


def test_who_does_not_reach_the_dossier_reveals_nothing(township: Township, dossier: str) -> None:
    before = verify(township.record).events
    for login in ("neighbour", "system_admin", "security_admin"):
        with pytest.raises(NotFound):
            reveal(township.context(login), wanted(dossier))

    assert verify(township.record).events == before


def test_an_audit_administrator_reads_the_log_and_no_numbers(township: Township, dossier: str) -> None:
    with pytest.raises(NotAllowed):
        reveal(township.context("audit_admin"), wanted(dossier))


@pytest.mark.parametrize(("what", "reason"), [("name", "call"), ("phone", "curiosity")])
def test_a_reveal_says_what_and_why_in_the_words_that_there_are(
    township: Township, dossier: str, what: str, reason: str
) -> None:
    with pytest.raises(BadInput):
        reveal(township.context("secretary"), wanted(dossier, what, reason))


def test_what_was_never_kept_is_nothing(township: Township) -> None:
    assert reveal(township.context("secretary"), wanted(township.open(), "phone", "call")) is None


def test_the_contents_of_one_act_are_opened_with_an_event_that_names_it(
    township: Township, talked: str
) -> None:
    opened = reveal_contents(township.context("secretary"), contents(talked, 4))

    assert opened == {4: {"note": REVIEW}}
    (event,) = revealed(township)
    details = event["details"]
    assert isinstance(details, dict)
    assert (event["dossier"], details["what"], details["acts"]) == (talked, "contents", [4])
    assert REVIEW not in json.dumps(event, ensure_ascii=False)


def test_all_contents_of_a_dossier_are_opened_with_one_event_that_names_every_act(
    township: Township, talked: str
) -> None:
    opened = reveal_contents(township.context("auditor"), contents(talked, reason="inspection"))

    assert opened == {2: {"talker": "演示谈话人", "note": TALK}, 4: {"note": REVIEW}}
    assert [event["details"]["acts"] for event in revealed(township)] == [[2, 4]]  # type: ignore[index]


def test_the_secretary_who_wrote_it_leaves_a_trace_like_everybody(township: Township, talked: str) -> None:
    reveal_contents(township.context("secretary"), contents(talked, 2))
    reveal_contents(township.context("secretary"), contents(talked, 2))

    assert len(revealed(township)) == 2


@pytest.mark.parametrize("act", [1, 3, 99])
def test_where_nothing_was_written_nothing_is_opened_and_nothing_is_logged(
    township: Township, talked: str, act: int
) -> None:
    assert reveal_contents(township.context("secretary"), contents(talked, act)) == {}
    assert revealed(township) == []


def test_without_their_event_no_contents_are_shown(
    township: Township, talked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: NewEvent) -> str:
        raise OSError("the disk is gone")

    monkeypatch.setattr(reveals, "append_event", fail)

    with pytest.raises(OSError, match="gone"):
        reveal_contents(township.context("secretary"), contents(talked))


def test_an_event_is_committed_before_the_first_content_is_opened(
    township: Township, talked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def counting(*_: object, **__: object) -> dict[str, object]:
        seen.append(len(revealed(township)))
        return {}

    monkeypatch.setattr(reveals, "unseal_content", counting)

    reveal_contents(township.context("secretary"), contents(talked))

    assert seen == [1, 1]


def test_who_may_not_read_contents_opens_none(township: Township, talked: str) -> None:
    for login in ("neighbour", "system_admin", "security_admin"):
        with pytest.raises(NotFound):
            reveal_contents(township.context(login), contents(talked))
    with pytest.raises(NotAllowed):
        reveal_contents(township.context("audit_admin"), contents(talked))
    with pytest.raises(BadInput):
        reveal_contents(township.context("secretary"), contents(talked, reason="curiosity"))

    assert revealed(township) == []


def test_a_branch_opens_no_objection_and_its_committee_does(township: Township, dossier: str) -> None:
    township.act(
        dossier, "objection_received", "2015-02-10", by="organizer", purpose="letter", note="演示意见"
    )

    assert reveal_contents(township.context("secretary"), contents(dossier)) == {}
    opened = reveal_contents(township.context("organizer", at("2015-02-11")), contents(dossier))

    assert [one["note"] for one in opened.values()] == ["演示意见"]
    assert len(revealed(township)) == 1
