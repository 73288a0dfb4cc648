"""The sweep of obligations: milestones, duties and the missing calendar year, told by their ladders."""

import json
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from notifications import obligations as sweeping
from notifications import owed
from notifications.ladder import rungs
from notifications.ladders import milestone_ladder
from notifications.obligations import sweep_obligations
from notifications.sweep import sweep
from recruit.commands.calendar import PublishCalendarYear, publish_calendar_year
from recruit.commands.duties import RecordDuty, record_duty
from recruit.commands.organizations import AddOrganization, add_organization
from recruit.commands.plans import SetPlan, set_plan
from recruit.tables import Obligation, Reminder, User
from tests.homes import ask
from tests.notifications.told import Told, told_of_obligations
from tests.recruit.builders import Township, at
from web.demo.local_law import read_plan
from workflows.calendar import LAST_PUBLISHED_YEAR, china_calendar
from workflows.plans.milestones import milestone_deadlines, year_of

PLAN: Mapping[str, Any] = read_plan()
ADOPTED = "2016-01-11"
NEXT = LAST_PUBLISHED_YEAR + 1


def swept(township: Township, day: str, hour: int = 8) -> int:
    """How many reminders of obligations are new."""
    return sweep_obligations(township.record, at(day, hour).astimezone(UTC)).done


def daily(township: Township, first: str, last: str) -> dict[str, list[Told]]:
    """What each day brought."""
    found: dict[str, list[Told]] = {}
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        before = told_of_obligations(township.record)
        swept(township, day.isoformat())
        new = [one for one in told_of_obligations(township.record) if one not in before]
        if new:
            found[day.isoformat()] = new
        day += timedelta(days=1)
    return found


def rungs_told(found: dict[str, list[Told]], name: str, login: str) -> dict[str, str]:
    return {
        day: one.rung
        for day, new in found.items()
        for one in new
        if (one.deadline, one.login) == (name, login)
    }


def days_told(township: Township, name: str, login: str) -> set[tuple[str, str]]:
    """Each rung with the due day that it names."""
    wanted = (
        select(Reminder.rung, Reminder.values)
        .join(User, User.id == Reminder.recipient)
        .where(User.login == login)
    )
    with township.record.reading() as connection:
        told = [(rung, json.loads(values)) for rung, values in connection.execute(wanted)]
    return {(rung, values["due"]) for rung, values in told if values["id"] == name}


def adopt(township: Township, on: str = ADOPTED, **changed: Any) -> None:
    change = SetPlan(committee=township.places["committee"], year=2016, document={**PLAN, **changed})
    set_plan(township.context("organizer", at(on)), change)


def an_activist(township: Township, *, branch: str = "first", since: str = "2014-11-10") -> str:
    by = "secretary" if branch == "first" else "neighbour"
    dossier = township.open(on="2014-07-01", branch=branch)
    township.act(dossier, "talk_held", "2014-07-10", by=by, talker="演示书记")
    township.act(dossier, "recommended", "2014-09-01", by=by, source="members")
    township.act(dossier, "activist_decided", since, by=by, members=5, present=5, for_=5)
    return dossier


def rows(township: Township, kind: str) -> dict[str, tuple[date, date | None, date | None]]:
    """Day due, closed and dropped of each obligation of that kind."""
    wanted = select(Obligation.key, Obligation.due, Obligation.closed_on, Obligation.dropped_on)
    with township.record.reading() as connection:
        found = connection.execute(wanted.where(Obligation.kind == kind).order_by(Obligation.due)).all()
    return {key: (due, closed_on, dropped_on) for key, due, closed_on, dropped_on in found}


def test_every_rung_of_the_townships_year_falls_on_a_working_day() -> None:
    calendar = china_calendar()
    year = year_of(2016, PLAN)
    due = {one.id: one for one in milestone_deadlines(year, date(2016, 1, 11), calendar)}

    listed = [
        f"{one.id} {rung.name}: {rung.on}"
        for one in year.milestones
        for rung in rungs(milestone_ladder(one), due[one.id], calendar)
        if rung.audience == "committee"
    ]

    assert listed == [
        "activist_course -7: 2016-05-27",
        "activist_course -1: 2016-06-03",
        "activist_course 0: 2016-06-03",
        "activist_course +1: 2016-06-06",
        "branches_report -7: 2016-06-01",
        "branches_report -1: 2016-06-07",
        "branches_report 0: 2016-06-08",
        "branches_report +1: 2016-06-12",
        "inspection -7: 2016-06-03",
        "inspection -1: 2016-06-08",
        "inspection 0: 2016-06-12",
        "inspection +1: 2016-06-13",
        "committee_meeting -7: 2016-06-08",
        "committee_meeting -1: 2016-06-14",
        "committee_meeting 0: 2016-06-15",
        "committee_meeting +1: 2016-06-16",
        "publicity -3: 2016-06-15",
        "publicity 0: 2016-06-17",
        "education_test_talk -7: 2016-06-12",
        "education_test_talk -1: 2016-06-17",
        "education_test_talk 0: 2016-06-17",
        "education_test_talk +1: 2016-06-20",
    ]


def test_a_branch_with_somebody_who_may_be_proposed_is_told_and_one_without_is_not(
    township: Township,
) -> None:
    an_activist(township)
    adopt(township)

    found = daily(township, "2016-05-31", "2016-06-14")

    expected = {"2016-06-01": "-7", "2016-06-07": "-1", "2016-06-08": "0"}  # nobody must propose
    assert rungs_told(found, "branches_report", "secretary") == expected
    assert rungs_told(found, "branches_report", "organizer") == expected
    assert rungs_told(found, "branches_report", "neighbour") == {}


def test_of_what_the_committee_alone_does_a_branch_hears_once_a_week_before(township: Township) -> None:
    an_activist(township)
    adopt(township)

    found = daily(township, "2016-06-02", "2016-06-08")

    assert rungs_told(found, "inspection", "secretary") == {"2016-06-03": "-7"}
    assert rungs_told(found, "inspection", "organizer") == {"2016-06-03": "-7", "2016-06-08": "-1"}


def test_nothing_is_told_any_more_once_the_act_is_recorded(township: Township) -> None:
    dossier = an_activist(township)
    adopt(township)
    daily(township, "2016-05-25", "2016-05-27")
    township.act(dossier, "course_attended", "2016-05-30", by="organizer", course="activist_course")

    found = daily(township, "2016-05-30", "2016-06-07")

    assert rungs_told(found, "activist_course", "secretary") == {}
    assert Told("secretary", "activist_course", "-7") in told_of_obligations(township.record)


def test_a_plan_without_anybody_concerned_tells_nobody_and_one_who_comes_later_is_still_told(
    township: Township,
) -> None:
    adopt(township)
    swept(township, "2016-06-01")
    before = {one.deadline for one in told_of_obligations(township.record)}
    an_activist(township)

    swept(township, "2016-06-02")

    assert before == {"half_year_report"}
    assert Told("secretary", "branches_report", "-7") in told_of_obligations(township.record)


def test_a_changed_plan_moves_drops_and_takes_up_its_milestones_and_tells_the_new_day(
    township: Township,
) -> None:
    an_activist(township)
    adopt(township)
    swept(township, "2016-06-01")
    kept = [one for one in PLAN["milestones"] if one["id"] not in {"branches_report", "inspection"}]
    new_day = {"id": "branches_report", "on": date(2016, 6, 14), "acts": ["target_proposed"]}
    adopt(township, "2016-06-02", milestones=[*kept, new_day])
    daily(township, "2016-06-02", "2016-06-06")
    assert days_told(township, "branches_report", "secretary") == {("-7", "2016-06-08")}

    found = daily(township, "2016-06-07", "2016-06-08")

    stored = rows(township, "milestone")
    assert stored["2016:branches_report"] == (date(2016, 6, 14), None, None)
    assert stored["2016:inspection"] == (date(2016, 6, 12), None, date(2016, 6, 2))
    assert rungs_told(found, "branches_report", "secretary") == {}
    assert days_told(township, "branches_report", "secretary") == {("-7", "2016-06-14")}
    assert rungs_told(found, "inspection", "secretary") == {}
    adopt(township, "2016-06-09")
    assert rows(township, "milestone")["2016:inspection"] == (date(2016, 6, 12), None, None)


def test_duties_are_told_on_1_november_1_december_and_after_the_year(township: Township) -> None:
    found = daily(township, "2015-10-29", "2016-01-06")

    expected = {"2015-10-30": "-60", "2015-12-01": "-30", "2016-01-04": "+1"}  # 1 November was a Sunday
    assert rungs_told(found, "activist_course", "organizer") == expected
    assert rungs_told(found, "activist_analysis", "head") == expected
    assert rungs_told(found, "activist_analysis", "county") == expected
    assert rungs_told(found, "recruitment_report", "county") == expected
    assert rungs_told(found, "register_review", "secretary") == expected
    assert rungs_told(found, "register_review", "neighbour") == expected
    assert rungs_told(found, "recruitment_report", "organizer") == {}
    assert {one.login for new in found.values() for one in new}.isdisjoint({"auditor", "member"})


def test_the_half_yearly_report_is_told_a_month_a_week_and_a_day(township: Township) -> None:
    found = daily(township, "2016-05-30", "2016-07-04")

    expected = {"2016-05-31": "-30", "2016-06-23": "-7", "2016-07-01": "+1"}
    assert rungs_told(found, "half_year_report", "organizer") == expected


def test_a_duty_that_is_done_is_told_no_more_and_one_taken_back_is(township: Township) -> None:
    swept(township, "2016-05-31")
    organization = township.places["committee"]
    done = RecordDuty(
        organization=organization,
        key="half_year_report:2016-01-01",
        on=date(2016, 6, 1),
        paper="演〔2016〕1号",
    )
    record_duty(township.context("organizer", at("2016-06-01")), done)

    found = daily(township, "2016-06-01", "2016-07-04")

    assert rungs_told(found, "half_year_report", "organizer") == {}


def test_an_organization_owes_the_running_period_only_where_its_first_word_is_still_to_come(
    township: Township,
) -> None:
    early = added(township, "2016-05-31", "演示早到支部")
    late = added(township, "2016-11-02", "演示晚到支部")

    swept(township, "2016-06-01")
    swept(township, "2016-11-03")
    swept(township, "2016-12-20")

    assert owed_by(township, early) == ["register_review:2016-01-01", "register_review:2017-01-01"]
    assert owed_by(township, late) == ["register_review:2017-01-01"]


def added(township: Township, on: str, name: str) -> str:
    add = AddOrganization(name=name, kind="branch", parent=township.places["committee"])
    return add_organization(township.context("organizer", at(on)), add)


def owed_by(township: Township, organization: str) -> list[str]:
    wanted = select(Obligation.key).where(Obligation.organization == organization).order_by(Obligation.key)
    with township.record.reading() as connection:
        return list(connection.execute(wanted).scalars())


def test_a_record_that_was_founded_years_ago_shows_no_duty_of_the_years_before(township: Township) -> None:
    swept(township, "2016-03-01")

    assert min(due for due, _closed, _dropped in rows(township, "duty").values()) == date(2016, 6, 30)


@pytest.mark.parametrize(
    ("day", "rung"),
    [
        (f"{NEXT - 1}-11-14", None),
        (f"{NEXT - 1}-11-16", "-46"),  # 15 November is a Sunday
        (f"{NEXT - 1}-12-01", "-30"),
        (f"{NEXT - 1}-12-15", "-16"),
        (f"{NEXT - 1}-12-31", "-16"),
        (f"{NEXT}-01-04", "+1"),
    ],
)
def test_the_missing_calendar_is_told_to_the_system_administrator(
    township: Township, day: str, rung: str | None
) -> None:
    swept(township, day)

    found = [one for one in told_of_obligations(township.record) if one.deadline == "calendar_year"]
    assert found == ([Told("system_admin", "calendar_year", rung)] if rung else [])


def test_a_published_year_is_told_no_more(township: Township) -> None:
    swept(township, f"{NEXT - 1}-11-16")
    published = PublishCalendarYear(year=NEXT, source="演示通知")
    publish_calendar_year(township.context("system_admin", at(f"{NEXT - 1}-11-20")), published)

    swept(township, f"{NEXT - 1}-12-01")

    ((key, (_due, closed_on, _dropped)),) = rows(township, "calendar").items()
    assert (key, closed_on) == (f"calendar_year:{NEXT}", date(NEXT - 1, 11, 20))
    assert Told("system_admin", "calendar_year", "-30") not in told_of_obligations(township.record)


def test_a_year_that_the_package_has_come_to_know_is_closed(
    township: Township,
) -> None:
    swept(township, f"{NEXT - 1}-11-16")
    with township.record.writing() as connection:
        ask(connection, f"INSERT INTO calendar_year VALUES ({NEXT}, '演示', 0)")
    township.record.laws.forget()

    swept(township, f"{NEXT - 1}-12-01")

    assert [closed for _due, closed, _dropped in rows(township, "calendar").values()] == [
        date(NEXT - 1, 12, 1)
    ]


def test_repeated_it_adds_nothing_and_after_days_of_silence_only_the_most_urgent_word(
    township: Township,
) -> None:
    an_activist(township)
    adopt(township)

    first = swept(township, "2016-06-20")
    again = swept(township, "2016-06-20", hour=9)

    assert first > 0
    assert again == 0
    mine = [one.rung for one in told_of_obligations(township.record) if one.login == "secretary"]
    assert mine == ["+1"]  # the course; the others concern nobody any more


def test_the_sweep_of_a_quiet_day_looks_at_nothing(township: Township) -> None:
    an_activist(township)
    adopt(township)
    sweep(township.record, at("2016-03-01").astimezone(UTC))

    assert [sweep(township.record, at(f"2016-03-{day:02}").astimezone(UTC)).found for day in (2, 3)] == [0, 0]


@pytest.mark.embedded
def test_both_steps_ask_an_index(township: Township) -> None:
    with township.record.reading() as connection:
        for wanted, index in (
            (sweeping._wanted(date(2016, 5, 24), None), "ix_obligation_open_rung"),
            (owed._owing_select(before=date(2016, 5, 24), last=None), "ix_organization_duties_until_id"),
        ):
            compiled = str(wanted.compile(connection, compile_kwargs={"literal_binds": True}))
            lines = [
                row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").fetchall()
            ]
            assert any(index in line for line in lines)
            assert not any(line.startswith(("SCAN", "USE TEMP B-TREE")) for line in lines)


def test_a_reminder_of_an_obligation_holds_ids_and_days_only(township: Township) -> None:
    an_activist(township)
    adopt(township)

    swept(township, "2016-06-07")

    with township.record.reading() as connection:
        found = ask(connection, 'SELECT deadline, dossier, "values" FROM reminder').all()
    assert {row[1] for row in found} == {None}
    assert all("演示" not in row[2] and "村" not in row[2] for row in found)
    assert {row[0].partition("/")[0] for row in found} == {township.places["committee"]}
