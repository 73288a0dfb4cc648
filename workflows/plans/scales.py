"""Grade scales: a grade begins at its bound; a score that has not reached the next one stays below it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from workflows.errors import Sentence
from workflows.shapes import Misshapen, misplaced, validated
from workflows.texts import Path, read_yaml_located

WHOLE = 100


def exact(value: object) -> Decimal:
    """A score as it was written: 89.99 is 89.99. Raises `Misshapen` for what is no number from 0 to 100."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    score = Decimal(str(value)) if is_number else None
    if score is None or not 0 <= score <= WHOLE:
        raise Misshapen(zh=f"“{value}”不是 0 到 100 的分数", en=f"'{value}' is no score from 0 to 100")
    return score


Score = Annotated[Decimal, BeforeValidator(exact)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Grade(_Part):
    grade: str
    label: str
    bound: Score = Field(alias="from")
    consequence: Mapping[str, str] = {}


class Boundary(_Part):
    score: Score
    grade: str


class Section(_Part):
    section: str
    label: str
    points: StrictInt = Field(ge=0)


class Scale(_Part):
    scale: str
    applies_to: tuple[Literal["branch", "member"], ...] = Field(min_length=1)
    every: Literal["year"]
    before: str | None = None
    steps: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    recruitment_items: tuple[Mapping[str, Any], ...] = ()
    grades: tuple[Grade, ...] = Field(min_length=1)
    exemption: str = ""
    publish: Mapping[str, str] = {}
    boundaries: tuple[Boundary, ...] = ()

    def grade(self, score: Decimal | float) -> Grade:
        """The grade of a score from 0 to 100. Raises `Misshapen` for any other value."""
        reached = exact(score)
        return next(one for one in self.grades if one.bound <= reached)


class _Scales(_Part):
    scales: tuple[Scale, ...] = Field(min_length=1)


def read_scales(text: bytes | str, *, name: str) -> tuple[Scale, ...]:
    """Every scale of a text; `UnreadableText` with file, line and how to mend it, and nothing is loaded."""
    plain, where = read_yaml_located(text, name=name)
    scales = validated(_Scales, plain, name=name, where=where).scales
    for index, scale in enumerate(scales):
        for path, what in _wrong(scale):
            raise misplaced(name, where, ("scales", index, *path), what)
    return scales


def _wrong(scale: Scale) -> Iterator[tuple[Path, Sentence]]:
    for index, (one, below) in enumerate(zip(scale.grades, scale.grades[1:], strict=False), start=1):
        if below.bound >= one.bound:
            zh, en = (
                f"{below.grade} 的分数线应低于 {one.grade}",
                f"{below.grade} must begin below {one.grade}",
            )
            yield ("grades", index), Sentence(zh=zh, en=en)
    if scale.grades[-1].bound != 0:
        last = scale.grades[-1].grade
        yield (
            ("grades", len(scale.grades) - 1),
            Sentence(zh=f"最低一档 {last} 应从 0 开始", en=f"the lowest grade {last} must begin at 0"),
        )
    names = [one.grade for one in scale.grades]
    if len(set(names)) != len(names):
        yield ("grades",), Sentence(zh="等级重复", en="a grade stands twice")
    points = sum(one.points for one in scale.sections)
    if scale.sections and points != WHOLE:
        yield (
            ("sections",),
            Sentence(zh=f"各项合计 {points} 分，应为 100", en=f"the sections are {points} points"),
        )
    for index, expected in enumerate(scale.boundaries):
        if expected.grade not in names:
            unknown = Sentence(zh=f"没有“{expected.grade}”这个等级", en=f"unknown grade {expected.grade}")
            yield ("boundaries", index), unknown
