"""The log: any changed byte is found, the projections follow from the acts, nothing checked is not ok."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.guards.sqlite import guards
from recruit.log.canonical import FIELDS, canonical_bytes
from recruit.log.envelope import act_of, details_of
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import Township, at, make_township, reopened


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a dossier of five acts, and a refusal; opened for reading only."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    make_township(Home(folder))
    with Record.open(folder) as record:
        township = reopened(record)
        dossier = township.open()
        township.act(dossier, "talk_held", "2014-07-20", talker="演示谈话人")
        assert township.refused(dossier, "activist_decided", "2014-08-01")
        township.act(dossier, "recommended", "2015-01-10", source="members")
        township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
        township.act(dossier, "contacts_assigned", "2015-02-20", contacts="m1, m2")
    return folder


def forge(folder: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    """As somebody with the file in hand would: the guards are dropped and put back."""
    foreign = sqlite3.connect(folder / "recruit.db", isolation_level=None)
    for name in guards():
        foreign.execute(f"DROP TRIGGER {name}")
    foreign.execute(statement, values)
    for made in guards().values():
        foreign.execute(made)
    foreign.close()


def test_a_sound_log_verifies_and_its_projections_follow(kept: Path) -> None:
    with Record.open(kept, write=False) as record:
        verified, compared = verify(record), check_projections(record)

    assert (verified.ok, verified.acts, verified.contents) == (True, 5, 1)
    assert verified.links == verified.acts + verified.events
    assert (compared.ok, compared.dossiers) == (True, 1)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_of_an_act_or_event_is_found(kept: Path, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["act", "event"]))
    column = data.draw(st.sampled_from(["canonical", "hash"]))
    foreign = sqlite3.connect(kept / "recruit.db")
    id_, stored = data.draw(st.sampled_from(foreign.execute(f"SELECT id, {column} FROM {table}").fetchall()))
    foreign.close()
    place = data.draw(st.integers(0, len(stored) - 1))
    changed = bytearray(stored)
    changed[place] ^= data.draw(st.integers(1, 255))

    forge(kept, f"UPDATE {table} SET {column} = ? WHERE id = ?", (bytes(changed), id_))
    with Record.open(kept, write=False) as record:
        verified = verify(record)
    forge(kept, f"UPDATE {table} SET {column} = ? WHERE id = ?", (stored, id_))

    assert not verified.ok
    assert verified.first_bad is not None


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM act WHERE seq = 3",
        "DELETE FROM act WHERE seq = 5",
        "UPDATE act SET do = 'withdrawn' WHERE seq = 4",
        "UPDATE act SET \"on\" = '2014-01-01' WHERE seq = 4",
        "UPDATE act SET recorded_at = recorded_at + 1 WHERE seq = 2",
        "UPDATE content SET salt = zeroblob(32)",
    ],
)
def test_what_a_forger_may_try_is_found(kept: Path, tmp_path: Path, forgery: str) -> None:
    import shutil

    copy = Path(shutil.copytree(kept, tmp_path / "copy"))
    forge(copy, forgery)

    with Record.open(copy, write=False) as record:
        assert not verify(record).ok


def test_a_changed_projection_is_found(kept: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(kept, tmp_path / "copy"))
    forge(copy, "UPDATE dossier SET stage = 'full_member'")

    with Record.open(copy, write=False) as record:
        assert [one.split(": ")[1] for one in check_projections(record).differences] == ["stage"]


def test_an_empty_log_is_not_ok(tmp_path: Path) -> None:
    with Record.create(tmp_path / "empty") as record:
        assert not verify(record).ok
        assert not check_projections(record).ok


def test_the_hashed_bytes_carry_every_field_and_give_the_act_back(township: Township) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20", talker="演示谈话人")

    with township.record.reading() as connection:
        stored = connection.exec_driver_sql("SELECT canonical FROM act WHERE seq = 2").scalar_one()
    read = json.loads(stored)
    act = act_of(stored)

    assert read.keys() == FIELDS
    assert canonical_bytes(read) == stored
    assert (act.do, act.on.isoformat(), details_of(act)) == (read["do"], read["on"], read["details"])
    assert act.recorded_at == at("2014-07-20")


def test_the_canonical_form_is_pinned() -> None:
    composed, decomposed = {"b": [1, True], "a": "é"}, {"a": "e\u0301", "b": (1, True)}

    assert canonical_bytes(composed) == canonical_bytes(decomposed) == '{"a":"é","b":[1,true]}'.encode()


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical_bytes({"a": 1.0})
