"""After a restore: signing refuses until two administrators have declared what was lost."""

import json
import shutil
from pathlib import Path

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.epochs import DeclareEpoch, declare_epoch
from recruit.commands.exports import ExportLog, console, export_log
from recruit.commands.sessions import actor_of_login
from recruit.context import Context
from recruit.errors import BadInput, BadNote, NotAllowed, NotExtending
from recruit.log.offline.check import check_bundle, read_bundle
from recruit.log.signing import STATE
from recruit.log.verify import verify
from recruit.queries.checkpoints import present_checkpoint
from recruit.record import Record
from tests.recruit.builders import Township, at, reopened

NOON = at("2016-03-01", 12)
RESTORED = DeclareEpoch(reason="restored", paper="青组〔2016〕3号")


@pytest.fixture
def restored(township: Township, folder: Path) -> Path:
    """Signed at 1, copied, signed at 3: then the database of the copy comes back, the keys stay."""
    township.open(on="2014-07-01")
    keep_checkpoint(township.record, now=NOON)
    (folder / "early.txt").write_text(present_checkpoint(township.record).note)
    township.record.close()
    shutil.copy(folder / "recruit.db", folder / "backup.db")
    with Record.open(folder) as record:
        again = reopened(record)
        again.open(on="2014-07-02")
        again.open(on="2014-07-03")
        keep_checkpoint(record, now=NOON)
        (folder / "late.txt").write_text(present_checkpoint(record).note)
    for name in ("recruit.db-wal", "recruit.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "backup.db").replace(folder / "recruit.db")
    return folder


def declare(
    record: Record,
    what: DeclareEpoch = RESTORED,
    *,
    security: str = "security_admin",
    audit: str = "audit_admin",
) -> int:
    one, other = (actor_of_login(record, login, now=NOON) for login in (security, audit))
    assert one is not None
    assert other is not None
    return declare_epoch(record, what, security=one, audit=other, now=NOON)


def test_a_restored_log_is_not_signed_until_an_epoch_is_declared(restored: Path) -> None:
    with Record.open(restored) as record:
        reopened(record).open(on="2014-07-09")
        with pytest.raises(NotExtending):
            keep_checkpoint(record, now=NOON)

        epoch = declare(record)

        signed = present_checkpoint(record)
        assert (epoch, signed.epoch) == (2, 2)
        assert signed.head.origin.endswith("/epoch2")
        reopened(record).open(on="2014-07-10")
        assert keep_checkpoint(record, now=NOON) == signed.size + 1
        assert verify(record).problems == ()


def test_the_first_leaf_of_the_epoch_holds_the_old_checkpoint_the_reason_and_both_approvals(
    restored: Path,
) -> None:
    with Record.open(restored) as record:
        declare(record)
        with record.reading() as connection:
            row = connection.exec_driver_sql(
                'SELECT canonical FROM event JOIN leaf ON leaf.id = event.id ORDER BY "index" DESC LIMIT 1'
            ).scalar_one()
        one, other = (actor_of_login(record, login, now=NOON) for login in ("security_admin", "audit_admin"))
    read = json.loads(row)

    assert read["do"] == "epoch_declared"
    assert read["details"]["last_checkpoint"] == (restored / "late.txt").read_text()
    assert (read["details"]["reason"], read["details"]["paper"]) == ("restored", "青组〔2016〕3号")
    assert one is not None
    assert other is not None
    assert (read["actor"], read["confirmed_by"]) == (one.user_id, other.user_id)


def test_what_was_kept_still_holds_and_what_was_lost_shows(restored: Path) -> None:
    early, late = (restored / "early.txt").read_text(), (restored / "late.txt").read_text()
    with Record.open(restored) as record:
        declare(record)
        reopened(record).open(on="2014-07-09")
        keep_checkpoint(record, now=NOON)
        context = Context(record=record, actor=console(record), now=NOON)
        export_log(context, ExportLog(path=restored / "all.zip"))

        files = read_bundle(restored / "all.zip")
        assert verify(record, outside=early).problems == ()
        assert not verify(record, outside=late).ok
        assert check_bundle(files, early.encode()).problems == []
        assert not check_bundle(files, late.encode()).ok


def test_an_epoch_is_not_declared_where_nothing_was_lost(township: Township) -> None:
    with pytest.raises(BadInput):
        declare(township.record)
    keep_checkpoint(township.record, now=NOON)
    with pytest.raises(BadInput):
        declare(township.record)


def test_a_signer_without_memory_is_given_one_by_an_epoch(township: Township, folder: Path) -> None:
    keep_checkpoint(township.record, now=NOON)
    (folder / "keys" / STATE).unlink()

    assert declare(township.record) == 2
    assert verify(township.record).problems == ()


def test_a_newer_checkpoint_held_outside_counts_where_the_signer_has_forgotten(restored: Path) -> None:
    (restored / "keys" / STATE).unlink()
    late = (restored / "late.txt").read_text()

    with Record.open(restored) as record:
        declare(record, DeclareEpoch(reason="restored", paper="1", outside=late))
        with record.reading() as connection:
            row = connection.exec_driver_sql("SELECT canonical FROM event WHERE do = 'epoch_declared'")
            assert json.loads(row.scalar_one())["details"]["last_checkpoint"] == late


def test_a_checkpoint_of_another_log_is_not_believed(restored: Path) -> None:
    lines = (restored / "late.txt").read_text().split("\n")
    forged = "\n".join([lines[0], str(int(lines[1]) + 1), *lines[2:]])

    with Record.open(restored) as record, pytest.raises(BadNote):
        declare(record, DeclareEpoch(reason="restored", paper="1", outside=forged))


@pytest.mark.parametrize(
    ("security", "audit"),
    [("security_admin", "security_admin"), ("audit_admin", "security_admin"), ("organizer", "audit_admin")],
)
def test_an_epoch_takes_the_security_and_the_audit_administrator(
    restored: Path, security: str, audit: str
) -> None:
    with Record.open(restored) as record, pytest.raises(NotAllowed):
        declare(record, security=security, audit=audit)


@pytest.mark.parametrize("what", [("because", "1"), ("restored", " "), ("restored", "x" * 41)])
def test_an_epoch_takes_a_known_reason_and_the_number_of_a_paper(
    restored: Path, what: tuple[str, str]
) -> None:
    with Record.open(restored) as record, pytest.raises(BadInput):
        declare(record, DeclareEpoch(reason=what[0], paper=what[1]))
