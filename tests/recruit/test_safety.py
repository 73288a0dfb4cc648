"""What the doctor says of backups, keys, signatures, checkpoints outside and the last verification."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from notifications.heartbeat import beat
from recruit.checked import Checked
from recruit.commands.checkpoints import enqueue_checkpoint, keep_checkpoint
from recruit.doctor import examine
from recruit.lately import BACKUP, TAKEN_OUT, VERIFIED, last, note
from recruit.log.signing import KEY, STATE
from recruit.queries.checkpoints import present_checkpoint
from recruit.record import Record
from recruit.tables import Outbox
from tests.recruit.builders import FOUNDED, Township, at

NOW = at("2016-06-01")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def said(township: Township, name: str, now: datetime = NOW) -> Checked:
    return next(
        one for one in examine(township.record.folder, now, url=township.record.url) if one.id == name
    )


def names(township: Township, now: datetime = NOW) -> set[str]:
    return {one.id for one in looked_at(township, now)}


def looked_at(township: Township, now: datetime) -> tuple[Checked, ...]:
    return examine(township.record.folder, now, url=township.record.url)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("age", "is_ok"), [(25 * HOUR - SECOND, True), (25 * HOUR, True), (25 * HOUR + SECOND, False)]
)
def test_a_backup_may_be_25_hours_old(township: Township, age: timedelta, is_ok: bool) -> None:
    note(township.record.folder, BACKUP, at=NOW - age)

    assert said(township, "backup").ok is is_ok


@pytest.mark.embedded
@pytest.mark.parametrize(("age", "ok"), [(25 * HOUR, None), (25 * HOUR + SECOND, False)])
def test_a_record_without_a_backup_has_25_hours_to_take_one(
    township: Township, age: timedelta, ok: bool | None
) -> None:
    assert said(township, "backup", FOUNDED + age).ok is ok


@pytest.mark.embedded
def test_a_note_that_cannot_be_read_is_no_backup(township: Township) -> None:
    (township.record.folder / BACKUP).write_text("[1]")

    assert last(township.record.folder, BACKUP) is None
    assert "recruit backup" in said(township, "backup").message("zh")


def test_keys_of_another_record_do_not_fit(township: Township, tmp_path: Path) -> None:
    township.act(township.open(), "talk_held", "2014-07-20", talker="演示谈话人")
    assert said(township, "keys_fit").ok is True

    folder = township.record.keys_folder
    with Record.create(tmp_path / "other") as other:
        shutil.copy(other.keys_folder / "master.key", folder / "master.key")

    assert said(township, "keys_fit").ok is False


def test_a_destroyed_key_of_the_newest_text_is_said(township: Township) -> None:
    person = township.person()
    township.act(township.open(person=person), "talk_held", "2014-07-20", talker="演示谈话人")

    township.record.keys.destroy(person)

    assert said(township, "keys_fit").ok is False


def test_where_no_text_is_kept_there_is_nothing_to_open(township: Township) -> None:
    assert "keys_fit" not in names(township)


def test_a_key_that_did_not_sign_the_log_is_said(township: Township, tmp_path: Path) -> None:
    keep_checkpoint(township.record, now=NOW)
    assert said(township, "log_key").ok is True

    with Record.create(tmp_path / "other") as other:
        for name in (KEY, STATE):
            shutil.copy(other.keys_folder / name, township.record.keys_folder / name)

    assert said(township, "log_key").ok is False


def test_where_nothing_is_signed_no_key_is_compared(township: Township) -> None:
    assert "log_key" not in names(township)


@pytest.mark.parametrize(("seconds", "is_ok"), [(59, True), (60, True), (61, False)])
def test_an_act_that_waits_more_than_a_minute_for_a_signature_fails_while_the_clock_runs(
    township: Township, seconds: int, is_ok: bool
) -> None:
    keep_checkpoint(township.record, now=NOW)
    township.open(on="2016-06-01")
    now = NOW + seconds * SECOND
    beat(township.record, "sweep", now, node="演示", done=0)

    assert said(township, "unsigned", now).ok is is_ok


def test_an_act_that_waits_while_nothing_serves_is_a_remark(township: Township) -> None:
    township.open()

    assert said(township, "unsigned").ok is None


def signed(township: Township) -> tuple[int, int]:
    keep_checkpoint(township.record, now=NOW)
    present = present_checkpoint(township.record)
    return present.epoch, present.size


def test_where_nothing_tells_that_a_checkpoint_left_the_house_it_is_a_remark(township: Township) -> None:
    signed(township)

    assert enqueue_checkpoint(township.record, now=NOW) > 0  # they wait in the house
    assert said(township, "unwitnessed", NOW + 9 * DAY).ok is None


@pytest.mark.parametrize(("age", "is_ok"), [(DAY - SECOND, True), (DAY, True), (DAY + SECOND, False)])
def test_a_record_that_no_checkpoint_outside_proves_for_a_day_fails(
    township: Township, age: timedelta, is_ok: bool
) -> None:
    epoch, size = signed(township)
    note(township.record.folder, TAKEN_OUT, at=NOW, epoch=epoch, size=size)
    township.open(on="2016-06-01")

    assert said(township, "unwitnessed", NOW + age).ok is is_ok


def test_while_nothing_new_is_recorded_an_old_checkpoint_outside_is_enough(township: Township) -> None:
    epoch, size = signed(township)
    note(township.record.folder, TAKEN_OUT, at=NOW, epoch=epoch, size=size)

    assert said(township, "unwitnessed", NOW + 300 * DAY).ok is True


def test_a_checkpoint_that_was_sent_is_outside(township: Township) -> None:
    signed(township)
    enqueue_checkpoint(township.record, now=NOW)
    with township.record.writing() as connection:
        connection.execute(update(Outbox).values(state="sent"))

    assert said(township, "unwitnessed", NOW + 9 * DAY).ok is True
    township.open(on="2016-06-01")
    assert said(township, "unwitnessed", NOW + 9 * DAY).ok is False


def test_a_checkpoint_of_another_epoch_proves_nothing_of_this_one(township: Township) -> None:
    epoch, size = signed(township)
    note(township.record.folder, TAKEN_OUT, at=NOW, epoch=epoch + 1, size=size)

    assert said(township, "unwitnessed").ok is None


@pytest.mark.parametrize(
    ("age", "problems", "ok"),
    [(30 * DAY, 0, True), (30 * DAY + SECOND, 0, None), (HOUR, 1, False), (90 * DAY, 1, False)],
)
def test_the_last_verification_is_said_with_what_it_found(
    township: Township, age: timedelta, problems: int, ok: bool | None
) -> None:
    note(township.record.folder, VERIFIED, at=NOW - age, problems=problems)

    assert said(township, "verified").ok is ok


def test_a_log_that_was_never_verified_is_a_remark(township: Township) -> None:
    assert said(township, "verified").ok is None
