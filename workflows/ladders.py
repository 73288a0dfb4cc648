"""A reminder ladder as an edition writes it: whom it tells, and how many days around a deadline."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

Audience = Literal["branch", "committee", "contacts", "sponsors", "person"]
Anchor = Literal["due", "opening"]

_OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Step:
    """`days` after the anchor, before it where negative: after the due day, or after the day of opening."""

    anchor: Anchor
    days: int

    @property
    def name(self) -> str:
        """As the edition writes it: "-10", "0", "+1", "opening-30", "opening"."""
        days = f"{self.days:+d}" if self.days else ""
        return f"{_OPENING}{days}" if self.anchor == "opening" else days or "0"

    def day(self, *, opened_on: date, due: date) -> date:
        return (due if self.anchor == "due" else opened_on) + timedelta(days=self.days)


def read_step(written: Any) -> Any:  # noqa: ANN401 - what a text holds before it is validated
    """A number of days around the due day, or `opening`, `opening-30`, `opening+1`; ValueError otherwise."""
    if isinstance(written, int) and not isinstance(written, bool):
        return Step("due", written)
    if isinstance(written, str) and written.startswith(_OPENING):
        rest = written.removeprefix(_OPENING)
        if not rest or (rest[0] in "+-" and rest[1:].isdecimal()):
            return Step("opening", int(rest or 0))
    raise ValueError("a rung is a number of days around the due day, or opening, opening-30, opening+1")


Ladder = tuple[Annotated[Step, BeforeValidator(read_step)], ...]
