"""G3: judging one act of a 60-act dossier beside a durable step, and a whole file beside its bare fold.

uv run python -m benchmarks.judging
"""

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.record_act import Floor
from benchmarks.rounds import measure
from workflows.acts import Act, Value
from workflows.around import Around
from workflows.calendar import china_calendar
from workflows.case import case_of
from workflows.facts import Facts
from workflows.fold import fold
from workflows.ground import Ground
from workflows.judge import judge
from workflows.past import judge_past

ROUNDS = 25
ACTS = 60
FILES = 10
GROUND = Ground(calendar=china_calendar())
AROUND = Around(committee_kind="township")


def act(do: str, on: date, **details: Value) -> Act:
    recorded_at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    named = {name.rstrip("_"): value for name, value in details.items()}
    return Act(do=do, on=on, recorded_at=recorded_at, details=named, by="u1", org="b1")


def road() -> list[Act]:
    """A legal dossier of 2014 with sixty acts up to the committee's talk; thought reports fill it up."""
    begin = [
        act("application_received", date(2014, 7, 1)),
        act("talk_held", date(2014, 7, 10)),
        act("recommended", date(2014, 7, 20), source="members"),
        act("activist_decided", date(2014, 8, 1), members=5, present=5, for_=5),
        act("contacts_assigned", date(2014, 8, 5), contacts=("m1", "m2")),
        act("activist_filed", date(2014, 8, 8)),
    ]
    end = [
        act("opinions_heard", date(2016, 5, 1), from_whom=("group", "contacts", "members", "masses")),
        act("target_proposed", date(2016, 5, 5), members=5, present=5, for_=5),
        act("target_filed", date(2016, 5, 10)),
        act("sponsors_named", date(2016, 5, 12), sponsors=("m1", "m2")),
        act("political_review_concluded", date(2016, 5, 20), qualified=True),
        act("training_completed", date(2016, 5, 25), days=3, hours=24, passed=True),
        act("branch_examined", date(2016, 6, 1), passed=True),
        act("preexamined", date(2016, 6, 5), passed=True),
        act("form_issued", date(2016, 6, 6), number="F-1"),
        act(
            "meeting_voted",
            date(2016, 6, 20),
            purpose="admission",
            entitled=9,
            present=9,
            for_=9,
            secret=True,
        ),
        act("committee_talk_held", date(2016, 6, 22), talker_is="organizer"),
    ]
    reviews = [
        act("review_recorded", day) for day in (date(2015, 1, 20), date(2015, 7, 10), date(2016, 1, 5))
    ]
    count = ACTS - 1 - len(begin) - len(reviews) - len(end)
    reports = [
        act("thought_report_received", date(2014, 9, 1) + timedelta(days=14 * number))
        for number in range(count)
    ]
    middle = sorted([*reviews, *reports], key=lambda one: one.on)
    return [*begin, *middle, *end]


def folded(acts: list[Act]) -> Facts:
    facts: Facts | None = None
    for one in acts:
        facts = fold(facts, one, GROUND)
    assert facts is not None
    return facts


def main() -> None:
    acts = road()
    facts = folded(acts)
    decision = act(
        "committee_decided",
        date(2016, 6, 29),
        purpose="admission",
        approved=True,
        members=9,
        present=8,
        for_=8,
    )
    assert judge(case_of(facts, decision, GROUND, AROUND)).accepted

    def judging() -> int:
        for _ in range(200):
            judge(case_of(facts, decision, GROUND, AROUND))
        return 200

    def folding() -> int:
        for _ in range(FILES):
            folded(acts)
        return FILES

    def auditing() -> int:
        for _ in range(FILES):
            judge_past(acts, GROUND, AROUND)
        return FILES

    with tempfile.TemporaryDirectory(dir=".") as name:
        floor = Floor(Path(name))
        first = {"durable step: three inserts, one update (SQLite FULL)": floor.steps}
        table = measure({**first, "judging one act of a 60-act dossier": judging}, rounds=ROUNDS)
        floor.driver.close()
    sys.stdout.write(table + "\n\n")
    cases = {"bare fold of 60 acts": folding, "historic audit of the same 60 acts, all rules": auditing}
    sys.stdout.write(measure(cases, rounds=ROUNDS) + "\n")


if __name__ == "__main__":
    main()
