"""A plan under the law of its days: the edition in force, its own settings, the calendar."""

from dataclasses import dataclass
from datetime import date

from workflows.calendar import Calendar
from workflows.edition import Edition
from workflows.ground import Ground
from workflows.plans.document import ADMISSION, Milestone, Plan
from workflows.settings import SettingRow, Settings

_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Planned:
    """What every rule of the linter reads."""

    plan: Plan
    ground: Ground

    @property
    def calendar(self) -> Calendar:
        return self.ground.calendar

    @property
    def reference(self) -> date:
        """The day by whose law the plan as a whole is read: its first milestone, else 1 January."""
        return min((one.span.first for one in self.plan.milestones), default=date(self.plan.year, 1, 1))

    @property
    def edition(self) -> Edition:
        return self.ground.edition_on(self.reference)

    @property
    def settings(self) -> Settings:
        return self.ground.settings_on(self.reference)

    @property
    def steps(self) -> frozenset[str]:
        """Every step that has a day."""
        return frozenset(step for one in self.plan.milestones for step in one.steps)

    def milestone_of(self, step: str) -> Milestone | None:
        """The first milestone of that step, by its day."""
        found = [one for one in self.plan.milestones if step in one.steps]
        return min(found, key=lambda one: one.span.first, default=None)

    def notices(self) -> tuple[Milestone, ...]:
        return tuple(one for one in self.plan.milestones if "notice_posted" in one.acts)


def planned(plan: Plan, calendar: Calendar) -> Planned:
    rows = [SettingRow(1, name, value, _LONG_AGO) for name, value in plan.local.items()]
    return Planned(plan, Ground(calendar=calendar, settings_rows=rows))


def purpose_of(one: Milestone) -> str:
    """What a notice of the plan is about: the admission, unless it says otherwise."""
    return one.purpose or ADMISSION
