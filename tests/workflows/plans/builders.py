"""Plans to lint: a good one of 2016 and one of 2027, and what a change does to them."""

from pathlib import Path

from workflows.calendar import china_calendar
from workflows.plans.document import Plan, read_plan
from workflows.plans.findings import PlanFinding
from workflows.plans.linter import lint
from workflows.plans.planned import Planned, planned

DATA = Path(__file__).parent / "data"
TOWNSHIP = (DATA / "township-2016.yaml").read_text(encoding="utf-8")

# Nothing odd: every step has a working day, in its order, and the notice hangs for five working days.
GOOD = """
plan: demo
year: 2016
total: 4
allocations: [{category: farmer, places: 3}, {category: school, places: 1}]
composition: [{group: women, percent: 50, comparison: about, given: 2}]
reserve: {per_admission: {min: 2, max: 3}, activists: {min: 8, max: 12}}
eligible_pool: {activist_decided_in: 2014}
settings: {publicity.admission.days: 5, publicity.admission.unit: working}
milestones:
  - {id: proposal, on: 2016-03-01, acts: [target_proposed]}
  - {id: vetting, from: 2016-03-07, to: 2016-03-11, acts: [political_review_concluded, training_completed]}
  - {id: examination, on: 2016-03-14, acts: [branch_examined]}
  - {id: committee, on: 2016-03-15, acts: [preexamined]}
  - {id: notice, from: 2016-03-16, to: 2016-03-22, acts: [notice_posted, notice_closed], purpose: admission}
  - {id: forms, on: 2016-03-23, acts: [form_issued]}
  - {id: meeting, on: 2016-03-24, acts: [meeting_voted]}
  - {id: talk, on: 2016-03-25, acts: [committee_talk_held]}
  - {id: decision, on: 2016-03-28, acts: [committee_decided, filed_with_department]}
"""


def good() -> Plan:
    return read_plan(GOOD, name="plan.yaml")


def changed(old: str, new: str, text: str = GOOD) -> Plan:
    assert old in text, old
    return read_plan(text.replace(old, new), name="plan.yaml")


def found(of: Plan) -> list[PlanFinding]:
    return list(lint(of, china_calendar()))


def named(of: Plan) -> list[tuple[str, str, str]]:
    """(place, rule, severity) of every finding."""
    return [(one.at, one.rule, one.severity) for one in found(of)]


def law_of(of: Plan) -> Planned:
    return planned(of, china_calendar())
