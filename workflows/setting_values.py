"""How a setting's value is read, and which of two values is the stricter one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from math import inf
from typing import Any, Literal

from workflows.dates import ReportEvery
from workflows.errors import Sentence

When = Literal["before_meeting", "before_decision"]

_KIND = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DIGITS = re.compile(r"\d{1,6}", re.ASCII)
_OFTEN: dict[ReportEvery | None, int] = {None: 0, "half_year": 1, "quarter": 2}


@dataclass(frozen=True, slots=True)
class PaperCondition:
    """Whom and how often a paper is asked of; None: everybody, once."""

    age_at_most: int | None = None  # full years, included
    league_member: bool | None = None
    every: ReportEvery | None = None


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One kind of paper that a dossier must hold."""

    kind: str
    condition: PaperCondition = PaperCondition()


@dataclass(frozen=True, slots=True)
class Form:
    """The values that a setting takes: `read` raises ValueError, `combine` gives the stricter of two.

    `is_looser(upper, lower)` never holds where neither value is the stricter one; the lower one counts.
    """

    read: Callable[[object], Any]
    allowed: Sentence
    is_looser: Callable[[Any, Any], bool]
    merge: Callable[[Any, Any], Any] | None = None

    def combine(self, upper: Any, lower: Any) -> Any:  # noqa: ANN401 - as typed as the setting
        if self.merge is not None:
            return self.merge(upper, lower)
        return upper if self.is_looser(upper, lower) else lower


def whole(
    least: int, most: int, *, stricter: Literal["higher", "lower"], zero_is_no_limit: bool = False
) -> Form:
    """Whole numbers `least`..`most`, both included; with `zero_is_no_limit` 0 is the loosest."""

    def strictness(number: int) -> float:
        if zero_is_no_limit and number == 0:
            return -inf
        return number if stricter == "higher" else -number

    def read(value: object) -> int:
        number = _number(value)
        if not least <= number <= most:
            raise ValueError(f"{number} is not within {least} to {most}")
        return number

    allowed = Sentence(zh=f"{least} 到 {most} 的整数", en=f"a whole number from {least} to {most}")
    return Form(read, allowed, _by(strictness))


def truth() -> Form:
    """Yes or no; yes is stricter."""
    return Form(_truth, Sentence(zh="true（是）或 false（否）", en="true or false"), _by(int))


def choice(*words: str, stricter_last: bool) -> Form:
    """One of `words`, from the loosest to the strictest; without an order none is looser."""

    def read(value: object) -> str:
        if value not in words:
            raise ValueError(f"{value!r} is not a choice")
        return str(value)

    allowed = Sentence(zh="、".join(words), en=", ".join(words))
    return Form(read, allowed, _by(words.index) if stricter_last else _never)


def frequency() -> Form:
    """None, half_year or quarter, from the loosest to the strictest."""
    return Form(_every, Sentence(zh="none、half_year、quarter", en="none, half_year, quarter"), _by(_often))


def clock() -> Form:
    """A time of the day or None; earlier is stricter, None the loosest."""
    return Form(
        _clock, Sentence(zh="none 或“18:00”这样的时间", en="none or a time such as 18:00"), _by(_early)
    )


def day() -> Form:
    """A civil date or None; none is stricter than another."""
    return Form(
        _day, Sentence(zh="none 或 2026-05-11 这样的日期", en="none or a day such as 2026-05-11"), _never
    )


def papers() -> Form:
    """Paper rules; a list is looser that leaves out or narrows a paper which the upper one asks for."""
    allowed = Sentence(
        zh="材料列表，每项为 kind，可带 condition（age_at_most、league_member、every）",
        en="a list of papers, each a kind, with a condition if need be (age_at_most, league_member, every)",
    )
    return Form(_papers, allowed, _asks_less, _asked_by_either)


def _by(strictness: Callable[[Any], float]) -> Callable[[Any, Any], bool]:
    return lambda upper, lower: strictness(lower) < strictness(upper)


def _never(upper: object, lower: object) -> bool:
    del upper, lower
    return False


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    raise ValueError(f"{value!r} is not a whole number")


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueError(f"{value!r} is neither true nor false")


def _every(value: object) -> ReportEvery | None:
    if value in (None, "none"):
        return None
    for every in _OFTEN:
        if every == value:
            return every
    raise ValueError(f"{value!r} is no period")


def _often(every: ReportEvery | None) -> float:
    return _OFTEN[every]


def _clock(value: object) -> time | None:
    if value in (None, "none"):
        return None
    if isinstance(value, time) and value.tzinfo is None:
        return value
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    raise ValueError(f"{value!r} is not a time of the day")


def _early(cutoff: time | None) -> float:
    return -inf if cutoff is None else -(cutoff.hour * 3600 + cutoff.minute * 60 + cutoff.second)


def _day(value: object) -> date | None:
    if value in (None, "none"):
        return None
    if type(value) is date:  # a datetime is an instant, not a day
        return value
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a day")


def _papers(value: object) -> tuple[PaperRule, ...]:
    if value in (None, "none"):
        return ()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_paper(item) for item in value)
    raise ValueError(f"{value!r} is not a list")


def _paper(item: object) -> PaperRule:
    if isinstance(item, PaperRule):
        return item
    if isinstance(item, str):
        item = {"kind": item}
    if not isinstance(item, Mapping) or not item.keys() <= {"kind", "label", "every", "condition"}:
        raise ValueError(f"{item!r} is not a paper")
    kind = item.get("kind")
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is not a kind of paper")
    condition = _condition(item.get("condition"))
    every = _every(item.get("every")) or condition.every
    return PaperRule(kind, replace(condition, every=every))


def _condition(value: object) -> PaperCondition:
    given = {} if value is None else value
    if not isinstance(given, Mapping) or not given.keys() <= {"age_at_most", "league_member", "every"}:
        raise ValueError(f"{value!r} is not a condition")
    age, league_member = given.get("age_at_most"), given.get("league_member")
    return PaperCondition(
        age_at_most=None if age is None else _number(age),
        league_member=None if league_member is None else _truth(league_member),
        every=_every(given.get("every")),
    )


def _asks_less(upper: tuple[PaperRule, ...], lower: tuple[PaperRule, ...]) -> bool:
    return not all(any(_covers(own, rule) for own in lower) for rule in upper)


def _asked_by_either(upper: tuple[PaperRule, ...], lower: tuple[PaperRule, ...]) -> tuple[PaperRule, ...]:
    kept = tuple(rule for rule in upper if not any(_covers(own, rule) for own in lower))
    return kept + lower


def _covers(own: PaperRule, rule: PaperRule) -> bool:
    """Whether `own` asks the paper of everybody of whom `rule` asks it, at least as often."""
    age, asked_age = own.condition.age_at_most, rule.condition.age_at_most
    return (
        own.kind == rule.kind
        and (age is None or (asked_age is not None and age >= asked_age))
        and own.condition.league_member in (None, rule.condition.league_member)
        and _often(own.condition.every) >= _often(rule.condition.every)
    )
