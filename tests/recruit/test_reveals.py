"""What is kept masked is shown one by one, and the reading is on record before the bytes leave."""

import json

import pytest

from recruit.commands import reveals
from recruit.commands.reveals import Reveal, reveal
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.identity import check_digit
from recruit.log.events import NewEvent
from recruit.log.verify import verify
from tests.homes import ask
from tests.recruit.builders import Township

FIRST = "11010119900518001"
ID_NUMBER = FIRST + check_digit(FIRST)


@pytest.fixture
def dossier(township: Township) -> str:
    return township.open(person=township.person("演示丙", id_number=ID_NUMBER, phone="13800001234"))


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
