"""The seven phases as people see them: what is done, where the dossier stands, what is to come."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from web import dates
from web.language import language
from web.words import word
from workflows.edition import Edition
from workflows.facts import Facts
from workflows.settings import Settings

PHASES = ("application", "activist", "development target", "vetting", "publicity", "approval", "probation")
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Step:
    mark: str
    text: str
    small: str
    css: str


def place_of(stage: str, edition: Edition) -> int:
    """The number of the phase, from 1; 8 for a full member, 0 for the other ways out."""
    if stage == "target_publicity":
        return PHASES.index("development target") + 1
    if stage == "full_member":
        return len(PHASES) + 1
    phase = edition.stages[stage].phase
    return PHASES.index(phase) + 1 if phase in PHASES else 0


def marks(stage: str, edition: Edition) -> list[str]:
    """The bar of seven: `d` done, `n` now, empty to come."""
    place = place_of(stage, edition)
    return ["d" if number < place else "n" if number == place else "" for number in range(1, len(PHASES) + 1)]


def position(stage: str, edition: Edition) -> str:
    """政审预审（第 4 步，共 7 步）; a way out has only its name."""
    place = place_of(stage, edition)
    if not 1 <= place <= len(PHASES):
        return word("stage", stage, edition)
    return _(
        "%(phase)s (step %(place)s of %(all)s)",
        phase=word("phase", PHASES[place - 1], edition), place=place, all=len(PHASES),
    )  # fmt: skip


def steps(facts: Facts, edition: Edition, settings: Settings) -> list[Step]:
    """The seven with their days."""
    place = place_of(facts.stage, edition)
    return [_step(facts, edition, settings, number, place) for number in range(1, len(PHASES) + 1)]


def _step(facts: Facts, edition: Edition, settings: Settings, number: int, place: int) -> Step:
    phase = PHASES[number - 1]
    text = word("phase", phase, edition)
    if number == place:
        return Step(str(number), text, _("now"), "now")
    if number > place:
        return Step(str(number), text, _ahead(phase, facts, settings), "")
    began = _began(facts, edition, number)
    if began is None:
        return Step("–", text, _("not needed"), "d")
    return Step("✓", text, dates.month(began, language()), "d")


def _began(facts: Facts, edition: Edition, number: int) -> date | None:
    return next((on for on, stage in facts.stages if place_of(stage, edition) == number), None)


def _ahead(phase: str, facts: Facts, settings: Settings) -> str:
    match phase:
        case "publicity":
            open_notices = facts.open_notices("admission")
            if open_notices:
                return dates.span(open_notices[0].first, open_notices[0].last, language())
            if not settings.publicity_admission_days:
                return _("not needed")
            unit = settings.publicity_admission_unit
            days = settings.publicity_admission_days
            return _("%(n)s working days", n=days) if unit == "working" else _("%(n)s days", n=days)
        case "approval":
            return _("general meeting, committee")
        case "probation":
            return _("one year")
        case _:
            return ""
