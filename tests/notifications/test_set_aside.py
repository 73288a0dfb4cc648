"""What fails is set aside where it is seen, until it succeeds or is no longer due."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from notifications import batches
from notifications import sweep as sweeping
from notifications.batches import Outcome, in_batches
from notifications.sweep import sweep
from recruit.doctor import examine
from recruit.queries.set_aside import Aside, set_aside
from tests.recruit.builders import Township, at

NOON = datetime(2016, 6, 7, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def run(township: Township, items: Sequence[str], *, failing: Sequence[str], now: datetime = NOON) -> Outcome:
    def handle(connection: Connection, item: str) -> int:
        del connection
        if item in failing:
            raise ValueError("演示：不该出现在记录里的内容")
        return 1

    return in_batches(township.record, after_in(items), handle, name=str, tick="demo", now=now)


def after_in(items: Sequence[str]) -> Callable[[Connection, str | None], Sequence[str]]:
    def fetch(connection: Connection, last: str | None) -> Sequence[str]:
        del connection
        return [item for item in sorted(items) if last is None or item > last][: batches.BATCH]

    return fetch


def test_an_item_that_fails_is_written_down_and_the_others_are_done(township: Township) -> None:
    outcome = run(township, ["a", "b", "c"], failing=["b"])

    assert outcome == Outcome(found=3, done=2, failed=1)
    assert set_aside(township.record) == (Aside("demo", "b", "ValueError", NOON, NOON, 1),)


def test_one_that_fails_again_is_counted_from_its_first_time(township: Township) -> None:
    for minute in range(3):
        run(township, ["b"], failing=["b"], now=NOON + minute * MINUTE)

    assert set_aside(township.record) == (Aside("demo", "b", "ValueError", NOON, NOON + 2 * MINUTE, 3),)


def test_one_that_succeeds_is_gone_and_the_other_stays(township: Township) -> None:
    run(township, ["a", "b"], failing=["a", "b"])

    run(township, ["a", "b"], failing=["a"], now=NOON + MINUTE)

    assert [one.item for one in set_aside(township.record)] == ["a"]


@pytest.mark.parametrize("left", [[], ["a"]])
def test_one_that_is_no_longer_due_is_gone(township: Township, left: list[str]) -> None:
    run(township, ["a", "b"], failing=["b"])

    run(township, left, failing=[], now=NOON + MINUTE)

    assert set_aside(township.record) == ()


def test_what_another_task_has_set_aside_is_left_alone(township: Township) -> None:
    run(township, ["b"], failing=["b"])

    sweep(township.record, NOON)

    assert [one.item for one in set_aside(township.record)] == ["b"]


def test_items_of_more_than_a_batch_are_all_written_down(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    items = [f"item-{number}" for number in range(7)]

    run(township, items, failing=items[:5])

    assert [one.item for one in set_aside(township.record)] == items[:5]


def test_the_doctor_tells_of_a_deadline_that_cannot_be_told(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = township.open(on="2016-05-03")
    day = at("2016-05-24").astimezone(UTC)
    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "_word", fail)
        sweep(township.record, day)
    told = checks(township, day)
    sweep(township.record, day)

    assert told[0] is False
    assert dossier in told[1]
    assert "演示" not in told[1]
    assert checks(township, day)[0] is True


def fail(*_: object) -> None:
    raise ValueError("演示")


def checks(township: Township, now: datetime) -> tuple[bool | None, str]:
    found = examine(township.record.folder, now, url=township.record.url)
    return next((one.ok, one.message("zh")) for one in found if one.id == "set_aside")
