"""Backups at set times: which stay, and that nothing but backups is ever removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.backups import taking
from recruit.backups.folder import back_up_into
from recruit.backups.restoring import restore_backup
from recruit.backups.rotation import LONGEST, staying
from recruit.backups.taking import KEYS
from recruit.errors import RecordError
from recruit.lately import BACKUP, last
from tests.recruit.builders import Township, at

pytestmark = pytest.mark.embedded

PASSPHRASE = "seven made-up words for one backup"
NOW = datetime(2016, 6, 30, 12, 5, tzinfo=UTC)  # a Thursday, five past eight in the evening in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
instants = st.integers(min_value=0, max_value=70 * 24 * 60).map(
    lambda minutes: NOW - timedelta(minutes=minutes)
)


def hourly(days: int) -> list[datetime]:
    return [NOW - number * HOUR for number in range(days * 24)]


def test_of_hourly_backups_24_hours_14_days_and_the_weeks_of_30_days_stay() -> None:
    stay = sorted(staying(hourly(60), now=NOW), reverse=True)

    assert stay[:24] == hourly(1)
    days = {one.date() for one in stay}
    assert {(NOW - number * DAY).date() for number in range(14)} <= days
    assert [one.isoformat() for one in stay if NOW - one > 14 * DAY] == [
        "2016-06-12T15:05:00+00:00",  # the last hour of a Sunday in Shanghai
        "2016-06-05T15:05:00+00:00",
    ]


@pytest.mark.parametrize(("hours", "stays"), [(22, True), (23, True), (24, False)])
def test_the_24th_hour_is_the_last_one_of_which_the_newest_stays(hours: int, stays: bool) -> None:
    only_one = NOW - hours * HOUR

    assert (only_one in staying(hourly(2), now=NOW)) is stays


@pytest.mark.parametrize(("days", "stays"), [(12, True), (13, True), (14, False)])
def test_the_14th_day_is_the_last_one_of_which_the_newest_stays(days: int, stays: bool) -> None:
    last_of_its_day = NOW + 3 * HOUR - days * DAY

    # 16 June is the 15th day back, and no Sunday: no week keeps it.
    assert (last_of_its_day in staying(hourly(20), now=NOW)) is stays


@pytest.mark.parametrize(
    ("age", "stays"),
    [(LONGEST - timedelta(seconds=1), True), (LONGEST, True), (LONGEST + timedelta(seconds=1), False)],
)
def test_no_backup_stays_longer_than_its_keys_may(age: timedelta, stays: bool) -> None:
    assert (NOW - age in staying([NOW, NOW - age], now=NOW)) is stays


def test_the_newest_stays_however_old_it_is() -> None:
    old = NOW - 400 * DAY

    assert staying([old, old - DAY], now=NOW) == {old}


def test_what_is_dated_ahead_stays_and_takes_no_place() -> None:
    ahead = NOW + DAY

    assert staying([ahead, *hourly(3)], now=NOW) == {ahead} | staying(hourly(3), now=NOW)


@given(taken=st.lists(instants, max_size=60))
def test_letting_go_after_each_backup_leaves_the_same_as_letting_go_once(taken: list[datetime]) -> None:
    kept: frozenset[datetime] = frozenset()
    for one in sorted(taken):
        kept = staying({*kept, one}, now=one)

    assert staying(kept, now=NOW) == staying(taken, now=NOW)


@given(taken=st.lists(instants, min_size=1, max_size=60))
def test_the_newest_is_never_let_go_and_nothing_too_old_is_kept_beside_it(taken: list[datetime]) -> None:
    stay = staying(taken, now=NOW)

    assert max(taken) in stay
    assert stay <= set(taken)
    assert all(NOW - one <= LONGEST for one in stay - {max(taken)})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def into(township: Township, folder: Path, now: datetime) -> tuple[str, ...]:
    rotated = back_up_into(township.record.folder, folder, passphrase=PASSPHRASE, now=now)
    return tuple(path.name for path in rotated.removed)


def test_each_backup_is_named_by_its_instant_and_noted_in_the_record(
    township: Township, tmp_path: Path
) -> None:
    into(township, tmp_path / "kept", NOW)

    assert names(tmp_path / "kept") == [
        "recruit-20160630T120500Z.backup",
        "recruit-20160630T120500Z.backup.keys",
    ]
    noted = last(township.record.folder, BACKUP)
    assert noted is not None
    assert noted.at == NOW


def test_what_goes_goes_with_its_keys_and_what_stays_can_be_restored(
    township: Township, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    into(township, kept, NOW - timedelta(minutes=5))

    removed = into(township, kept, NOW + timedelta(minutes=5))

    assert removed == ("recruit-20160630T120000Z.backup.keys", "recruit-20160630T120000Z.backup")
    assert names(kept) == ["recruit-20160630T121000Z.backup", "recruit-20160630T121000Z.backup.keys"]
    restore_backup(kept / "recruit-20160630T121000Z.backup", tmp_path / "new", passphrase=PASSPHRASE, now=NOW)


def test_only_files_are_removed_whose_name_and_header_say_that_they_are_backups(
    township: Township, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    into(township, kept, NOW - 60 * DAY)
    old = kept / "recruit-20160501T120500Z.backup"
    strange = {
        "recruit-20160401T120500Z.backup": b"not a backup at all",
        "recruit-20160402T120500Z.backup": old.read_bytes(),  # a backup of another instant than it says
        "recruit-20160403T120500Z.backup.keys": b"notes of somebody",
        "my-recruit-20160501T120500Z.backup": old.read_bytes(),
        "recruit-20160501T120500Z.backup.txt": b"remarks",
    }
    for name, content in strange.items():
        (kept / name).write_bytes(content)
    stray = kept / "recruit-20160404T120500Z.backup.keys"
    stray.write_bytes(old.with_name(old.name + KEYS).read_bytes())

    removed = into(township, kept, NOW)

    assert sorted(removed) == sorted([old.name, old.name + KEYS, stray.name])
    assert set(strange) <= set(names(kept))


@pytest.mark.parametrize(
    ("age", "is_gone"),
    [(LONGEST - DAY, False), (LONGEST, False), (LONGEST + timedelta(seconds=1), True)],
)
def test_keys_whose_backup_is_gone_stay_30_days_at_most(
    township: Township, tmp_path: Path, age: timedelta, is_gone: bool
) -> None:
    kept = tmp_path / "kept"
    into(township, kept, NOW - age)
    next(kept.glob("*.backup")).unlink()
    keys = next(kept.glob("*.keys"))

    into(township, kept, NOW)

    assert keys.exists() is not is_gone


def test_a_backup_that_fails_removes_nothing_and_is_not_noted(
    township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    into(township, kept, NOW - 60 * DAY)
    before = names(kept)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(kept))

    monkeypatch.setattr(taking, "seal", full)
    with pytest.raises(RecordError):
        into(township, kept, NOW)

    assert names(kept) == before
    noted = last(township.record.folder, BACKUP)
    assert noted is not None
    assert noted.at == NOW - 60 * DAY


def test_a_folder_that_cannot_be_made_is_said(township: Township, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")

    with pytest.raises(RecordError) as refusal:
        into(township, tmp_path / "kept", at("2016-06-30"))

    assert "kept" in refusal.value.message("zh")
