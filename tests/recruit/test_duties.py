"""Duties of organizations: done once in a period with a paper, late or in time, and corrected."""

import json
from datetime import UTC, date

import pytest

from notifications.sweep import sweep
from recruit.commands.duties import CorrectDuty, RecordDuty, correct_duty, record_duty
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.log.verify import verify
from recruit.queries.obligations import find_obligation, obligations, own_obligations
from tests.homes import ask
from tests.recruit.builders import Township, at

REPORT = "half_year_report:2016-01-01"
REVIEW = "register_review:2016-01-01"
PAPER = "演〔2016〕金丝雀7号"


@pytest.fixture
def owing(township: Township) -> Township:
    """The clock has written the duties of 2016."""
    sweep(township.record, at("2016-03-01").astimezone(UTC))
    return township


def record(
    township: Township, on: str, *, by: str = "organizer", now: str | None = None, **given: str
) -> None:
    place, key = given.get("place", "committee"), given.get("key", REPORT)
    done = RecordDuty(
        organization=township.places[place],
        key=key,
        on=date.fromisoformat(on),
        paper=given.get("paper", PAPER),
    )
    record_duty(township.context(by, at(now or on, 12)), done)


def status(township: Township, on: str, key: str = REPORT, place: str = "committee") -> str:
    row = find_obligation(township.context("county", at(on)), township.places[place], key)
    return row.status(date.fromisoformat(on))


def events(township: Township, do: str) -> list[dict[str, object]]:
    with township.record.reading() as connection:
        rows = ask(connection, f"SELECT canonical FROM event WHERE \"do\" = '{do}' ORDER BY seq").all()
    return [json.loads(bytes(row[0]))["details"] for row in rows]


@pytest.mark.parametrize(
    ("on", "found"), [("2016-06-29", "met"), ("2016-06-30", "met"), ("2016-07-01", "met_late")]
)
def test_a_duty_done_by_the_last_day_of_its_period_is_in_time(owing: Township, on: str, found: str) -> None:
    record(owing, on)

    assert status(owing, "2016-07-05") == found


def test_a_duty_is_overdue_from_the_day_after(owing: Township) -> None:
    assert [status(owing, on) for on in ("2016-06-19", "2016-06-20", "2016-06-30", "2016-07-01")] == [
        "open", "due_soon", "due_soon", "overdue",
    ]  # fmt: skip


def test_it_is_not_recorded_before_it_is_done_nor_before_its_period_nor_without_a_paper(
    owing: Township,
) -> None:
    for on, now, paper, wrong in (
        ("2016-05-11", "2016-05-10", PAPER, "not_yet_done"),
        ("2015-12-31", "2016-05-10", PAPER, "before_its_period"),
        ("2016-05-09", "2016-05-10", "  ", "missing"),
    ):
        with pytest.raises(BadInput) as refused:
            record(owing, on, now=now, paper=paper)
        assert [one.id for one in refused.value.problems] == [wrong]
    record(owing, "2016-01-01", now="2016-05-10")
    assert status(owing, "2016-05-10") == "met"


def test_a_period_is_done_once_and_the_same_request_twice_changes_nothing(owing: Township) -> None:
    record(owing, "2016-05-09")
    record(owing, "2016-05-09")

    with pytest.raises(BadInput) as refused:
        record(owing, "2016-05-10")

    assert [one.id for one in refused.value.problems] == ["done_before"]
    assert len(events(owing, "duty_done")) == 1


def test_the_log_tells_the_day_and_a_digest_of_the_paper_and_not_its_words(owing: Township) -> None:
    record(owing, "2016-05-09")

    (details,) = events(owing, "duty_done")
    assert (details["duty"], details["period"], details["day"]) == (
        "half_year_report",
        "2016-01-01",
        "2016-05-09",
    )
    assert PAPER not in json.dumps(details, ensure_ascii=False)
    assert verify(owing.record).ok


def test_a_correction_puts_another_day_and_keeps_the_first_in_the_log(owing: Township) -> None:
    record(owing, "2016-05-09")
    new = CorrectDuty(
        organization=owing.places["committee"],
        key=REPORT,
        reason="wrong_day",
        on=date(2016, 7, 1),
        paper="别的",
    )
    correct_duty(owing.context("head", at("2016-07-04")), new)

    row = find_obligation(owing.context("organizer", at("2016-07-05")), owing.places["committee"], REPORT)
    (details,) = events(owing, "duty_corrected")
    assert (row.status(date(2016, 7, 5)), row.paper, row.done_by) == ("met_late", "别的", "演示head")
    assert (details["was"], details["day"], details["reason"]) == ("2016-05-09", "2016-07-01", "wrong_day")


def test_what_was_not_done_after_all_is_open_again_and_may_be_recorded_anew(owing: Township) -> None:
    record(owing, "2016-05-09")
    back = CorrectDuty(organization=owing.places["committee"], key=REPORT, reason="not_done")
    correct_duty(owing.context("organizer", at("2016-05-10")), back)
    before = status(owing, "2016-06-25")

    record(owing, "2016-06-25")

    assert (before, status(owing, "2016-06-26")) == ("due_soon", "met")


def test_only_what_is_recorded_is_corrected_and_for_a_reason_of_the_list(owing: Township) -> None:
    place = owing.places["committee"]
    for reason, wrong in (("not_done", "not_done_yet"), ("mood", "not_one_of")):
        with pytest.raises(BadInput) as refused:
            correct_duty(
                owing.context("organizer"), CorrectDuty(organization=place, key=REPORT, reason=reason)
            )
        assert [one.id for one in refused.value.problems] == [wrong]


def test_each_seat_records_for_its_own_organization(owing: Township) -> None:
    record(owing, "2016-05-09", by="secretary", place="first", key=REVIEW)
    record(owing, "2016-05-09", by="organizer", place="second", key=REVIEW)
    record(owing, "2016-05-09", by="county", place="county", key="recruitment_report:2016-01-01")

    for by in ("member", "auditor", "county"):
        with pytest.raises(NotAllowed):
            record(owing, "2016-05-09", by=by)
    for by, place, key in (
        ("neighbour", "first", REVIEW),
        ("secretary", "committee", REPORT),
        ("organizer", "committee", "half_year_report:2016-01-02"),
    ):
        with pytest.raises(NotFound):
            record(owing, "2016-05-09", by=by, place=place, key=key)


def test_the_list_ends_at_the_readers_reach(owing: Township) -> None:
    seen = {
        login: {(row.organization_name, row.deadline.id) for row in obligations(owing.context(login), 2016)}
        for login in ("secretary", "organizer", "county")
    }

    assert seen["secretary"] == {("一村党支部", "register_review")}
    assert ("二村党支部", "register_review") in seen["organizer"]
    assert ("青河县", "recruitment_report") not in seen["organizer"]
    assert ("青河县", "recruitment_report") in seen["county"]


def test_ones_own_work_is_what_is_due_within_ten_days(owing: Township) -> None:
    found = {
        on: [row.deadline.id for row in own_obligations(owing.context("organizer", at(on)))]
        for on in ("2016-06-19", "2016-06-20", "2016-07-20")
    }

    assert found == {
        "2016-06-19": [],
        "2016-06-20": ["half_year_report"],
        "2016-07-20": ["half_year_report"],
    }
    assert own_obligations(owing.context("auditor", at("2016-07-20"))) == ()
