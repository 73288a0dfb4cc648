"""What the demonstration's organizations owe beside the dossiers, recorded when it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from recruit.commands.duties import RecordDuty, record_duty
from web.demo.stage import Stage
from workflows.plans.duties import duty_kinds, level_of

# Month and day of each duty in every year, and the first day of its period.
_YEAR, _FIRST_HALF, _SECOND_HALF = (1, 1), (1, 1), (7, 1)
_DONE = {
    (6, 4): ("activist_course", _YEAR),
    (6, 24): ("half_year_report", _FIRST_HALF),
    (11, 20): ("activist_analysis", _YEAR),
    (11, 25): ("register_review", _YEAR),
    (12, 16): ("recruitment_report", _YEAR),
    (12, 18): ("half_year_report", _SECOND_HALF),
}


@dataclass(frozen=True, slots=True)
class _Owing:
    place: str
    kind: str
    login: str


def do_duties(stage: Stage, now: datetime) -> None:
    """Whatever falls on this day, by the seat whose work it is."""
    on = now.date()
    found = _DONE.get((on.month, on.day))
    if found is None:
        return
    kind, (month, day) = found
    key = f"{kind}:{date(on.year, month, day)}"
    for number, one in enumerate(_organizations(stage), start=1):
        if level_of(one.kind) in duty_kinds()[kind].by:
            paper = f"演示〔{on.year}〕{number}号"
            done = RecordDuty(organization=stage.places[one.place], key=key, on=on, paper=paper)
            record_duty(stage.context(one.login, now), done)


def _organizations(stage: Stage) -> Iterator[_Owing]:
    yield _Owing("county", "county", stage.officer("department").login)
    yield _Owing("township", "township", stage.officer("organizer").login)
    for branch in stage.cast.branches:
        yield _Owing(branch.id, "branch", branch.login)
