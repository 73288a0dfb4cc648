"""What the values of the interface have in common: strict where they come in, named in both languages."""

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LARGEST = 9_999_999

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
DossierId = Annotated[str, StringConstraints(min_length=1, max_length=26)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Edition = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
LongText = Annotated[str, StringConstraints(max_length=4000)]


def _with_offset(value: object) -> object:
    """In an address a plus sign that is not written as %2B arrives as a space."""
    return value.replace(" ", "+") if isinstance(value, str) else value


Instant = Annotated[AwareDatetime, BeforeValidator(_with_offset)]


class Sent(BaseModel):
    """What a program sends: nothing that has no name here, and nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """The query of an address: each name once, none that has no meaning."""

    model_config = ConfigDict(extra="forbid")


def said(zh: str, en: str, **limits: Any) -> Any:  # noqa: ANN401 - pydantic's own signature
    """A field with what it means, Chinese and English."""
    return Field(json_schema_extra={"x-zh": zh, "x-en": en}, **limits)


def cursor() -> Any:  # noqa: ANN401 - as `said`
    """Where a page begins."""
    return said("上一页给的 next_cursor", "next_cursor of the page before", default=None, max_length=500)
