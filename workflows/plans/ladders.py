"""On which days a milestone and a missing calendar year are told, as data."""

from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from workflows.shapes import validated
from workflows.texts import read_yaml_located

_PACKAGED = "plans/ladders.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rungs(_Part):
    """`before_first`: days before the first day; `after_last`: after the last one, negative before it."""

    before_first: tuple[StrictInt, ...] = ()
    after_last: tuple[StrictInt, ...] = ()


class MilestoneLadders(_Part):
    notice: Rungs
    other: Rungs


class DayOfYear(_Part):
    month: StrictInt = Field(ge=1, le=12)
    day: StrictInt = Field(ge=1, le=31)


class CalendarYearLadder(_Part):
    """`ladder`: days after 31 December, before it where negative."""

    opens: DayOfYear
    ladder: tuple[StrictInt, ...]


class Ladders(_Part):
    milestone: MilestoneLadders
    calendar_year: CalendarYearLadder


@lru_cache(maxsize=1)
def ladders() -> Ladders:
    text = files("workflows").joinpath("plans", "ladders.yaml").read_bytes()
    plain, where = read_yaml_located(text, name=_PACKAGED)
    return validated(Ladders, plain, name=_PACKAGED, where=where)
