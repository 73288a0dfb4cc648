"""A stolen file reveals no ID number, no birth day, no text; a destroyed key leaves the log whole."""

from datetime import date
from pathlib import Path

import pytest

from recruit.commands.people import NewPerson, add_person
from recruit.commands.sessions import actor_of_session, log_in, log_out
from recruit.commands.users import NewUser, add_user, change_password, hash_password
from recruit.errors import BadInput, KeysExposed, KeysMissing
from recruit.identity import check_digit, is_id_number
from recruit.log.verify import verify
from recruit.queries.dossiers import dossier_view, dossiers
from recruit.queries.history import history
from recruit.record import Record
from tests.recruit.builders import Township, at

FIRST = "11010119900518001"
ID_NUMBER = FIRST + check_digit(FIRST)
CANARY = "演示考察意见：为人诚恳金丝雀"


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("recruit.db*")))


def test_the_files_hold_no_id_number_and_no_text(township: Township, folder: Path) -> None:
    person = township.person("演示丙", id_number=ID_NUMBER, phone="13800001234")
    dossier = township.open(person=person)
    township.act(dossier, "talk_held", "2014-07-20", talker=CANARY, note=CANARY)
    assert history(township.context("secretary"), dossier)[1].content == {"talker": CANARY, "note": CANARY}

    raw = everything(folder)

    for secret in (ID_NUMBER, "13800001234", "1990-05-18", CANARY, "金丝雀"):
        assert secret.encode() not in raw
    assert "演示丙".encode() in raw


def test_a_person_is_found_by_the_whole_id_number_and_shown_masked(township: Township) -> None:
    dossier = township.open(person=township.person("演示丙", id_number=ID_NUMBER))

    found = dossiers(township.context("secretary"), q=ID_NUMBER.lower())

    assert [row.id for row in found.items] == [dossier]
    masked = dossier_view(township.context("secretary"), dossier).person.id_masked
    assert masked is not None
    assert masked.startswith("1101")
    assert "19900518" not in masked


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

    township.record.keys.destroy(person)

    assert history(township.context("secretary"), dossier)[1].content is None
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
