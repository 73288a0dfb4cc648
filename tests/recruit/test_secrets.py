"""A stolen file reveals no ID number, no birth day, no text; a destroyed key leaves the log whole."""

import json
import os
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from notifications.ticker import TICKS, Ticker
from recruit.backups.taking import take_backup
from recruit.clock import MovedClock
from recruit.commands.acts import record_act
from recruit.commands.exports import ExportLog, export_log
from recruit.commands.people import NewPerson, add_person
from recruit.commands.reveals import Reveal, RevealContents, reveal, reveal_contents
from recruit.commands.sessions import actor_of_session, log_in, log_out
from recruit.commands.users import NewUser, add_user, change_password, hash_password
from recruit.errors import BadInput, KeysExposed, KeysMissing
from recruit.identity import check_digit, is_id_number
from recruit.log.offline.check import read_bundle
from recruit.log.verify import verify
from recruit.queries.dossiers import dossier_view, dossiers
from recruit.queries.history import history
from recruit.record import Record
from tests.recruit.builders import Township, at
from web.cli.log import log_to_stderr

FIRST = "11010119900518001"
ID_NUMBER = FIRST + check_digit(FIRST)
CANARY = "演示考察意见：为人诚恳金丝雀"


@dataclass(frozen=True, slots=True)
class Planted:
    """What nobody may find: by a name for the answer, each text once."""

    texts: dict[str, str] = field(default_factory=dict)

    def plant(self, kind: str, text: str) -> str:
        self.texts[f"{kind} {len(self.texts)}"] = text
        return text


def planted(township: Township, people: int) -> Planted:
    """Ten canaries for each person, through the real commands: recorded, refused, proposed, asked again."""
    found = Planted()
    for number in range(people):
        first = f"110101{1950 + number % 40}{1 + number % 12:02}{1 + number % 28:02}{number:03}"
        born = date(1950 + number % 40, 1 + number % 12, 1 + number % 28)
        person = township.person(
            "演示金丝雀",
            id_number=found.plant("ID number", first + check_digit(first)),
            phone=found.plant("phone", f"139{number:04}{77_777 - number:05}"[:11]),
            born=born,
        )
        found.plant("day of birth", born.isoformat())

        def text(kind: str, number: int = number) -> str:
            return found.plant(kind, f"{kind}：金丝雀第{number}号，为人诚恳 canary-{kind}-{number}")

        dossier = township.open(person=person)
        township.act(dossier, "talk_held", "2014-07-20", talker=text("谈话人"), note=text("谈话记录"))
        township.act(dossier, "recommended", "2015-01-10", source="members", note=text("推荐意见"))
        township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
        township.act(dossier, "review_recorded", "2015-08-08", note=text("考察意见"))
        township.act(dossier, "opinions_heard", "2016-03-01", from_="masses", note=text("群众意见"))
        assert township.refused(
            dossier, "target_filed", "2016-03-02", by="organizer", note=text("被拒的说明")
        )
        waiting = township.command(dossier, "corrected", "2016-03-03", act=2, reason=text("更正原因"))
        for _ in range(2):  # the second one is answered from memory
            record_act(township.context("clerk", at("2016-03-03")), waiting)
        reveal(township.context("secretary"), Reveal(dossier=dossier, what="id_number", reason="call"))
        assert reveal_contents(
            township.context("secretary"), RevealContents(dossier=dossier, reason="handling")
        )
        assert dossiers(township.context("secretary"), q=first + check_digit(first)).items
    return found


def forms(text: str) -> Iterator[bytes]:
    """The text in every form in which it could lie in a file: encoded, those as hexadecimal and base64."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        clear = text.encode(encoding)
        yield from (clear, clear.hex().encode(), clear.hex().upper().encode())
        for before in range(3):  # wherever it begins within three bytes, without what its neighbours change
            encoded = b64encode(b"\0" * before + clear)
            yield encoded[(0, 2, 3)[before] : len(encoded) - (0, 3, 2)[(len(clear) + before) % 3]]
    yield json.dumps(text)[1:-1].encode()


def found_in(raw: bytes, secrets: Mapping[str, str]) -> list[str]:
    return [name for name, text in secrets.items() if any(form in raw for form in forms(text))]


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"(" + b64encode(text.encode()) + b")",
        lambda text: b64encode(b"x" + text.encode() + b"yz"),
        lambda text: b64encode(b"xy" + text.encode("utf-16-le") + b"z"),
        lambda text: text.encode().hex().encode(),
        lambda text: json.dumps({"note": text}).encode(),
    ],
)
def test_a_canary_is_found_in_whatever_form_it_lies(form: Callable[[str], bytes]) -> None:
    raw = os.urandom(100) + form(CANARY) + os.urandom(100)

    assert found_in(raw, {"canary": CANARY, "another": ID_NUMBER}) == ["canary"]


@pytest.mark.parametrize("people", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_none_of_the_planted_secrets_lies_in_any_file_backup_bundle_or_log(
    township: Township, folder: Path, tmp_path: Path, people: int, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr()
    secrets = planted(township, people).texts
    ticker = Ticker(township.record, MovedClock(start=at("2016-03-04")))
    for tick in TICKS:
        ticker.run(tick)
    export_log(township.context("auditor"), ExportLog(path=tmp_path / "log.zip"))
    take_backup(folder, tmp_path / "a.backup", passphrase=CANARY, now=at("2016-03-04"))

    places = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    places |= {path.name: path.read_bytes() for path in sorted(tmp_path.glob("a.backup*"))}
    places |= {f"log.zip/{name}": content for name, content in read_bundle(tmp_path / "log.zip").items()}
    places["log"] = "".join(capsys.readouterr()).encode()

    assert len(secrets) == 10 * people
    assert {"recruit.db", "recruit.db-wal", "person.db", "a.backup", "a.backup.keys"} <= places.keys()
    assert {name: found for name, raw in places.items() if (found := found_in(raw, secrets))} == {}
    assert "演示金丝雀".encode() in places["recruit.db"] + places["recruit.db-wal"]


def test_what_goes_out_with_its_contents_is_found(township: Township, tmp_path: Path) -> None:
    secrets = planted(township, 1).texts

    export_log(township.context("auditor"), ExportLog(path=tmp_path / "log.zip", has_contents=True))

    contents = read_bundle(tmp_path / "log.zip")["contents.jsonl"]
    assert {name.split()[0] for name in found_in(contents, secrets)} == {
        "谈话人",
        "谈话记录",
        "推荐意见",
        "考察意见",
        "群众意见",
    }


def test_a_person_is_found_by_the_whole_id_number_and_no_digit_of_it_is_shown(township: Township) -> None:
    dossier = township.open(person=township.person("演示丙", id_number=ID_NUMBER))

    found = dossiers(township.context("secretary"), q=ID_NUMBER.lower())

    assert [row.id for row in found.items] == [dossier]
    view = dossier_view(township.context("secretary"), dossier)
    assert view.person.kept == ("id_number", "born")
    assert ID_NUMBER[-4:] not in repr(view)


def test_a_sealed_value_does_not_open_in_another_place(township: Township) -> None:
    keys = township.record.keys
    keys.make(["p1", "p2"])
    sealed = keys.seal("p1", "person:phone_sealed:p1", b"138")

    assert keys.unseal("p1", "person:phone_sealed:p1", sealed) == b"138"
    for person, place in (("p1", "person:id_sealed:p1"), ("p2", "person:phone_sealed:p1")):
        with pytest.raises(KeysMissing):
            keys.unseal(person, place, sealed)


def test_a_destroyed_key_makes_the_text_unreadable(township: Township) -> None:
    person = township.person()
    dossier = township.open(person=person)
    township.act(dossier, "talk_held", "2014-07-20", talker=CANARY)
    secretary = township.context("secretary")
    assert [entry.written for entry in history(secretary, dossier)] == ["nothing", "sealed"]

    township.record.keys.destroy(person)

    assert [entry.written for entry in history(secretary, dossier)] == ["nothing", "erased"]
    assert reveal_contents(secretary, RevealContents(dossier=dossier, reason="call")) == {}
    assert not [one for one in verify(township.record).problems if "hash" in one]


def test_the_master_key_is_readable_by_its_owner_only(folder: Path) -> None:
    assert (folder / "keys" / "master.key").stat().st_mode & 0o077 == 0


def test_an_id_number_in_use_or_with_a_wrong_digit_is_refused(township: Township) -> None:
    township.person(id_number=ID_NUMBER)
    wrong = ID_NUMBER[:-1] + ("0" if ID_NUMBER[-1] != "0" else "1")

    assert is_id_number(ID_NUMBER)
    for number in (ID_NUMBER, wrong, "123", "110101199013450010"):
        with pytest.raises(BadInput):
            township.person(id_number=number)


def test_the_surname_is_read_as_a_surname(township: Township) -> None:
    new = NewPerson(name="曾演示", organization=township.places["first"], born=date(1990, 1, 1))
    dossier = township.open(person=add_person(township.context("secretary"), new))

    for q in ("zeng", "zys", "曾"):
        assert [row.id for row in dossiers(township.context("secretary"), q=q).items] == [dossier]


def test_a_session_ends_with_the_log_out(township: Township) -> None:
    now = at("2016-03-01")
    entered = log_in(township.record, login="secretary", password="a-made-up-password", now=now)
    assert entered is not None
    assert actor_of_session(township.record, entered.token, now=now) == entered.actor

    log_out(township.record, entered.token, now=now)

    assert actor_of_session(township.record, entered.token, now=now) is None
    assert log_in(township.record, login="secretary", password="another-password", now=now) is None
    assert log_in(township.record, login="nobody", password="a-made-up-password", now=now) is None


def test_a_new_password_ends_every_session_and_the_old_one_opens_none(township: Township) -> None:
    now, old, new = at("2016-03-01"), "a-made-up-password", "another-made-up-one"
    entered = log_in(township.record, login="secretary", password=old, now=now)
    assert entered is not None

    change_password(township.context("secretary"), old=old, new=new)

    assert actor_of_session(township.record, entered.token, now=now) is None
    assert log_in(township.record, login="secretary", password=old, now=now) is None
    assert log_in(township.record, login="secretary", password=new, now=now) is not None


@pytest.mark.parametrize(
    ("old", "new"), [("a-wrong-password", "long-enough-now"), ("a-made-up-password", "short")]
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_short_one(
    township: Township, old: str, new: str
) -> None:
    with pytest.raises(BadInput):
        change_password(township.context("secretary"), old=old, new=new)

    now = at("2016-03-01")
    assert log_in(township.record, login="secretary", password="a-made-up-password", now=now) is not None


def test_log_ins_that_share_a_hashed_password_each_open_with_it(township: Township) -> None:
    shared, now = hash_password("one-for-the-whole-office"), at("2016-03-01")
    system, place = township.context("system_admin"), township.places["committee"]
    for login in ("first_desk", "second_desk"):
        add_user(system, NewUser(login=login, name="演示", password=shared), organization=place)

    entered = [
        log_in(township.record, login=login, password="one-for-the-whole-office", now=now)
        for login in ("first_desk", "second_desk")
    ]

    assert all(entered)


def test_a_short_password_is_not_hashed() -> None:
    with pytest.raises(BadInput):
        hash_password("eleven-char")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_master_key_that_others_may_read_opens_nothing(township: Township, mode: int) -> None:
    folder, url = township.record.folder, township.record.url
    township.record.close()
    (folder / "keys" / "master.key").chmod(mode)

    with pytest.raises(KeysExposed) as refusal:
        Record.open(folder, url=url, write=False)

    assert "master.key" in refusal.value.message("zh")


def test_keys_are_made_for_their_owner_alone(township: Township) -> None:
    for file in (township.record.folder / "keys").iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name
