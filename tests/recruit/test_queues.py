"""Whom the committee's queues, the quota, the registers and the calendar count along one person's road."""

from datetime import date
from typing import Any

from recruit.commands.plans import SetPlan, set_plan
from recruit.queries.queues import queue_counts, queue_rows
from recruit.queries.quota import counted_people, shares_of
from recruit.queries.registers import register_rows
from recruit.queries.schedule import due_days, meeting_days, notice_days, plan_years
from tests.recruit.builders import Township, at, with_roll
from tests.recruit.test_road import admitted, confirmed, vetted
from workflows.plans.document import Plan
from workflows.texts import read_yaml_located

PLAN = """
plan: demo
year: 2016
total: 9
composition:
  - {group: women, percent: 45}
  - {group: ethnic_minority, percent: 20}
"""


def waiting(township: Township, day: str, *, by: str = "organizer") -> set[str]:
    """The queues in which somebody stands; each agrees with its rows."""
    context = township.context(by, at(day))
    counts = queue_counts(context)
    assert {queue: len(queue_rows(context, queue)) for queue in counts} == counts
    return {queue for queue, count in counts.items() if count}


def test_a_person_waits_in_the_queue_whose_act_is_missing(township: Township) -> None:
    members = with_roll(township, 5)
    dossier = township.open(on="2014-07-01")
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
    township.act(dossier, "contacts_assigned", "2015-02-20", contacts=", ".join(members[:2]))
    for source in ("group", "contacts", "members", "masses"):
        township.act(dossier, "opinions_heard", "2016-03-01", from_=source)
    assert waiting(township, "2016-03-01") == set()

    township.act(dossier, "target_proposed", "2016-03-02", members=3, present=3, for_=3)
    assert waiting(township, "2016-03-02") == {"consent"}
    township.act(dossier, "target_filed", "2016-03-10", by="organizer")
    assert waiting(township, "2016-03-10") == set()
    township.act(dossier, "sponsors_named", "2016-03-11", sponsors=f"{members[0]}, {members[1]}")
    township.act(dossier, "inquiry_sent", "2016-03-12", inquiry="1号", inquiry_to="演示单位")
    township.act(dossier, "inquiry_sent", "2016-03-13", inquiry="2号", inquiry_to="演示单位")
    assert waiting(township, "2016-03-13") == {"review", "inquiries"}

    township.act(dossier, "inquiry_answered", "2016-03-20", inquiry="2号", inquiry_to="演示单位")
    (row,) = queue_rows(township.context("organizer", at("2016-03-20")), "inquiries")
    assert [(one.number, one.answered_on) for one in row.letters] == [
        ("1号", None),
        ("2号", date(2016, 3, 20)),
    ]
    township.act(dossier, "inquiry_answered", "2016-03-21", inquiry="1号", inquiry_to="演示单位")
    assert waiting(township, "2016-03-21") == {"review"}
    township.act(dossier, "political_review_concluded", "2016-04-10", by="organizer", qualified=True)
    township.act(dossier, "training_completed", "2016-04-20", by="organizer", days=3, hours=24)
    township.act(dossier, "papers_submitted", "2016-05-08")
    assert waiting(township, "2016-05-08") == {"papers"}
    township.act(dossier, "papers_returned", "2016-05-09", by="organizer", missing="自传")
    assert waiting(township, "2016-05-09") == {"returned"}
    township.act(dossier, "papers_submitted", "2016-05-20")
    township.act(dossier, "branch_examined", "2016-06-08", passed=True)
    assert waiting(township, "2016-06-08") == {"papers", "preexamination"}
    assert waiting(township, "2016-06-08", by="neighbour") == set()


def test_after_the_vote_talk_and_decision_wait_until_they_are_made(township: Township) -> None:
    members = with_roll(township, 5)
    dossier = vetted(township, members)
    assert waiting(township, "2016-06-15") == set()
    township.act(dossier, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", "2016-06-20", purpose="admission", secret=True, **vote)
    assert waiting(township, "2016-06-20") == {"talk", "decision"}

    township.act(dossier, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    assert waiting(township, "2016-06-22") == {"decision"}
    decision: dict[str, Any] = {
        "purpose": "admission",
        "approved": True,
        "members": 7,
        "present": 7,
        "for": 7,
    }
    outcome = township.act(dossier, "committee_decided", "2016-06-28", by="organizer", **decision)
    confirmed(township, outcome, by="member", on="2016-06-28")
    assert waiting(township, "2016-06-28") == set()


def test_quota_registers_and_calendar_follow_one_admission(township: Township) -> None:
    document: Any = read_yaml_located(PLAN, name="plan")[0]
    wanted = SetPlan(committee=township.places["committee"], year=2016, document=document)
    set_plan(township.context("organizer"), wanted)
    members = with_roll(township, 5)
    admitted(township, members)
    context = township.context("organizer", at("2016-06-29"))
    path = context.paths()[0]

    (counted,) = counted_people(context, path, 2016)
    women, minority = shares_of(Plan.model_validate(document), (counted,))
    assert counted.decided_on == date(2016, 6, 28)
    assert counted_people(context, path, 2017) == ()
    assert (women.composed.required, len(women.unknown), len(minority.unknown)) == (5, 1, 1)

    def names(register: str, day: date, year: int | None = None) -> list[str]:
        listed = register_rows(context, register, on=day, year=year)  # type: ignore[arg-type]
        return [row.name for row in listed.rows]

    for register, first, last in (
        ("applicants", date(2014, 7, 1), date(2015, 2, 9)),
        ("activists", date(2015, 2, 10), date(2016, 3, 9)),
        ("targets", date(2016, 3, 10), date(2016, 6, 27)),
    ):
        around = [
            date.fromordinal(first.toordinal() - 1),
            first,
            last,
            date.fromordinal(last.toordinal() + 1),
        ]
        assert [bool(names(register, day)) for day in around] == [False, True, True, False], register
    assert names("probationary", context.on) == ["演示甲"]
    assert names("probationary", context.on, 2016) == ["演示甲"]
    assert names("probationary", context.on, 2015) == []

    assert plan_years(context) == (2016,)
    due = due_days(context, date(2016, 6, 1), date(2017, 12, 31))
    assert {(one.id, one.count) for one in due} >= {("department_filing", 1)}
    assert due_days(township.context("neighbour", at("2016-06-29")), date(2016, 1, 1), date(2018, 1, 1)) == ()
    assert meeting_days(context, date(2016, 1, 1), date(2016, 12, 31)) == ()
    assert notice_days(context, date(2016, 1, 1), date(2016, 12, 31)) == ()
