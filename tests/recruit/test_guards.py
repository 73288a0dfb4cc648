"""Acts and events are never changed, removed or replaced, and nothing is written without the guards."""

import sqlite3
from pathlib import Path

import pytest

from recruit.errors import GuardsMissing
from recruit.record import Record
from tests.recruit.builders import Township

CHANGES = (
    "UPDATE {table} SET hash = x'00'",
    "UPDATE {table} SET hash = x'00' WHERE id = (SELECT min(id) FROM {table})",
    "DELETE FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT OR REPLACE INTO {table} (rowid, {columns}) SELECT rowid, {others} FROM {table}",
)

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("table", ["act", "event", "leaf"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_foreign_program_cannot_change_what_is_recorded(
    township: Township, change: str, table: str
) -> None:
    township.open()
    foreign = sqlite3.connect(township.record.folder / "recruit.db", isolation_level=None)
    columns = [row[1] for row in foreign.execute(f"PRAGMA table_info({table})")]
    before = foreign.execute(f"SELECT * FROM {table}").fetchall()
    others = ", ".join("'new' || id" if one == "id" else f'"{one}"' for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        foreign.execute(change.format(table=table, columns=names, others=others))

    assert foreign.execute(f"SELECT * FROM {table}").fetchall() == before
    foreign.close()


def test_a_record_without_its_guards_is_not_opened_for_writing(folder: Path) -> None:
    foreign = sqlite3.connect(folder / "recruit.db")
    foreign.execute("DROP TRIGGER event_no_update")
    foreign.commit()
    foreign.close()

    with pytest.raises(GuardsMissing, match="event_no_update"):
        Record.open(folder)

    Record.open(folder, write=False).close()
