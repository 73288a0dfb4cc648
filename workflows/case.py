"""Everything that a judgement depends on, as one frozen value."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.acts import Act
from workflows.around import Around
from workflows.calendar import Calendar
from workflows.dates import plus_months
from workflows.edition import Edition
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.settings import Settings

Mode = Literal["live", "historic"]
YEAR = 12


@dataclass(frozen=True, slots=True)
class Case:
    """One act before the facts that it meets; edition and settings are those of the act's own day."""

    facts: Facts | None
    act: Act
    ground: Ground
    around: Around
    edition: Edition
    settings: Settings
    mode: Mode = "live"

    @property
    def known(self) -> Facts:
        """The facts of a dossier that has begun; an act that begins one meets an empty dossier."""
        return self.facts or Facts(stage="-", stages=(), opened_on=self.act.on)

    @property
    def calendar(self) -> Calendar:
        return self.ground.calendar

    @property
    def on(self) -> date:
        return self.act.on

    @property
    def is_positive(self) -> bool:
        """Whether its result, where it has one, is the one hoped for: a refusal needs nothing to rest on."""
        return self.act.flag("passed", default=True) and self.act.flag("approved", default=True)

    def months(self, day: date, count: int) -> date:
        """`count` months after `day`, by the leap rule in force."""
        return plus_months(day, count, leap_rule=self.settings.leap_rule)


def case_of(facts: Facts | None, act: Act, ground: Ground, around: Around, *, mode: Mode = "live") -> Case:
    return Case(facts, act, ground, around, ground.edition_on(act.on), ground.settings_on(act.on), mode)
