"""G7 and G8: the log verified beside reading and hashing its bytes, the offline check, the bytes of an act.

uv run python -m benchmarks.verify [ACTS]

The acts are written as direct rows, sixty to a dossier, each with its content, chain and leaf; 100,000
unless another number is given. The full size of the promise is 1,000,000: a quarter of an hour and 1.2 GB.
The times of the table are those of the processor.
"""

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from unittest.mock import patch

from sqlalchemy import insert

from benchmarks.record_act import Ours
from benchmarks.rounds import load, measure
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.exports import ExportLog, console, export_log
from recruit.content import seal_content
from recruit.context import Context
from recruit.ids import microseconds, new_id
from recruit.log.canonical import NO_HASH, canonical_bytes, digest
from recruit.log.merkle import leaf_hash
from recruit.log.offline.main import main as check_offline
from recruit.log.tree import append
from recruit.log.verify import verify
from recruit.record import Record
from recruit.tables import Act, Content, Dossier
from tests.homes import Home
from tests.recruit.builders import at, make_township, reopened

ACTS = 100_000
OF_ONE = 60
AT_ONCE = 2000
ROUNDS = 5
COLUMNS = (
    *(("act", name) for name in ("canonical", "hash", "id", "dossier", "do", "on")),
    *(("content", name) for name in ("act", "person", "salt", "sealed")),
    *(("leaf", name) for name in ("id", "hash")),
)
BEGUN = at("2014-07-01").astimezone(UTC)
CONTENT = {"note": "演示：本季度的思想汇报，字迹清楚，本人签名"}


def fill(record: Record, count: int) -> None:
    """So many acts of dossiers of one person, as `write_act` leaves them but for the folded facts.

    In the order of their days, so that the acts of one dossier lie far apart, as they do in a record.
    """
    reopened(record).open()
    with record.reading() as connection:
        template = json.loads(connection.exec_driver_sql("SELECT canonical FROM act").scalar_one())
        dossier = dict(connection.exec_driver_sql("SELECT * FROM dossier").mappings().one())
    person = str(dossier["person"])
    last = {new_id(BEGUN + timedelta(minutes=number)): NO_HASH for number in range(-(-count // OF_ONE))}
    with record.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = -300000")
        rows = [{**dossier, "id": name, "version": 0} for name in last]
        connection.exec_driver_sql(_insert(Dossier.__tablename__, dossier), rows)
    places = ((seq, name) for seq in range(1, OF_ONE + 1) for name in last)
    left = islice(enumerate(places), count)
    while some := list(islice(left, AT_ONCE)):
        acts, contents, leaves = [], [], []
        for number, (seq, name) in some:
            now = BEGUN + timedelta(days=seq, milliseconds=number)
            row, content, canonical = plain_act(
                record, template, name, person, seq=seq, last=last[name], now=now
            )
            last[name] = digest(canonical).hex()
            acts.append(row)
            contents.append(content)
            leaves.append((str(row["id"]), False, leaf_hash(canonical)))
        ends = [(row["seq"], row["hash"], row["dossier"]) for row in acts]
        with record.writing() as connection:
            connection.execute(insert(Act), acts)
            connection.execute(insert(Content), contents)
            append(connection, leaves)
            connection.exec_driver_sql("UPDATE dossier SET version = ?, last_hash = ? WHERE id = ?", ends)


def plain_act(
    record: Record,
    template: dict[str, object],
    dossier: str,
    person: str,
    *,
    seq: int,
    last: str,
    now: datetime,
) -> tuple[dict[str, object], dict[str, object], bytes]:
    id_ = new_id(now)
    sealed = seal_content(record.keys, person=person, act=id_, content=CONTENT)
    assert sealed is not None
    own = {"id": id_, "dossier": dossier, "seq": seq, "do": "thought_report_received", "prev": last}
    stamps = {"on": now.date(), "recorded_at": microseconds(now), "content": sealed.commitment}
    canonical = canonical_bytes({**template, **own, **stamps})
    row = {
        "id": id_,
        "dossier": dossier,
        "seq": seq,
        "do": "thought_report_received",
        "on": now.date(),
        "recorded_at": now,
        "is_late": False,
        "hash": digest(canonical),
        "canonical": canonical,
    }
    return row, {"act": id_, "person": person, "salt": sealed.salt, "sealed": sealed.sealed}, canonical


def _insert(table: str, values: dict[str, object]) -> str:
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"


def read_and_hash(folder: Path) -> None:
    """The floor: the bytes of every act through the driver, as they lie, hashed and compared with nothing."""
    driver = sqlite3.connect(folder / "recruit.db")
    for (canonical,) in driver.execute("SELECT canonical FROM act"):
        sha256(canonical).digest()
    driver.close()


def read_rows(folder: Path) -> None:
    """The rows of the chains in their order, looked at by nobody."""
    driver = sqlite3.connect(folder / "recruit.db")
    for _ in driver.execute("SELECT dossier, seq, hash, canonical FROM act ORDER BY dossier, seq"):
        pass
    driver.close()


def seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def kept_bytes(folder: Path, count: int) -> Iterator[str]:
    """Whole pages of each table and index, and what the columns of an act hold, by act."""
    driver = sqlite3.connect(folder / "recruit.db")
    total = 0.0
    for table in ("act", "content", "leaf", "node"):
        rows = driver.execute(
            "SELECT kept.name, sum(pgsize) FROM dbstat AS kept JOIN sqlite_schema AS made USING (name)"
            " WHERE made.tbl_name = ? GROUP BY kept.name ORDER BY kept.name",
            (table,),
        ).fetchall()
        for name, size in rows:
            total += size / count
            columns = driver.execute("SELECT group_concat(name, ', ') FROM pragma_index_info(?)", (name,))
            indexed = columns.fetchone()[0]
            shown = f"index of {table} ({indexed})" if indexed else f"rows of {table}"
            yield f"{shown:<58} {size / count:>10.1f}"
    yield f"{'together':<58} {total:>10.1f}"
    for table, column in COLUMNS:
        found = driver.execute(f'SELECT avg(length(CAST("{column}" AS BLOB))) FROM {table}').fetchone()[0]
        yield f"{f'of which {table}.{column}':<58} {found:>10.1f}"
    driver.close()


def share_of_a_step(folder: Path) -> str:
    """Canonical form, hash, leaf hash and link of one act beside a whole `record_act`."""
    ours = Ours(folder)
    step = seconds(ours.steps) / 40
    with ours.record.reading() as connection:
        read = json.loads(connection.exec_driver_sql("SELECT canonical FROM act LIMIT 1").scalar_one())
    ours.record.close()

    def link() -> None:
        for _ in range(1000):
            canonical = canonical_bytes(read)
            digest(canonical)
            leaf_hash(canonical)

    own = median(seconds(link) for _ in range(ROUNDS)) / 1000
    return f"canonical form, hash and leaf hash: {own * 1e6:.1f} of {step * 1e6:.0f} us, {own / step:.1%}"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ACTS
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name) / "data"
        make_township(Home(folder))
        with Record.open(folder) as record:
            fill(record, count)
            signed = seconds(lambda: keep_checkpoint(record, now=BEGUN))
            print(f"{count} acts; load {load()}")
            cases = {
                "bytes of the acts read as they lie and hashed": lambda: read_and_hash(folder),
                "rows read in the order of the chains, not hashed": lambda: read_rows(folder),
                "verified without contents": lambda: without_contents(record),
                "verified, contents opened and compared": lambda: verified(record),
            }
            counted = {what: counting(run, count) for what, run in cases.items()}
            print(measure(counted, rounds=ROUNDS if count <= ACTS else 3, clock=process_time))
            print(f"load {load()}; one checkpoint signed over them in {signed * 1000:.1f} ms")
            context = Context(record=record, actor=console(record), now=BEGUN)
            bundle = folder / "all.zip"
            print(f"exported in {seconds(lambda: export_log(context, ExportLog(path=bundle))):.1f} s")
        print(f"verify.py in {seconds(lambda: check_offline([str(bundle)])):.1f} s")
        for line in kept_bytes(folder, count):
            print(line)
        print(share_of_a_step(Path(name) / "steps"))


def counting(run: Callable[[], object], count: int) -> Callable[[], int]:
    def counted() -> int:
        run()
        return count

    return counted


def without_contents(record: Record) -> None:
    with patch("recruit.log.verify._check_contents", return_value=0):
        verified(record)


def verified(record: Record) -> None:
    found = verify(record)
    assert found.ok, found.problems[:3]


if __name__ == "__main__":
    main()
