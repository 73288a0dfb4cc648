"""What lies between two states of a dossier: each fact, old and new; put together it is the later one."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from workflows.facts import Facts

# Kept for counting and finding; what they say stands in the other facts or in the acts.
OF_THE_BOOKS = frozenset(
    {"stages", "version", "last_recorded_on", "first_on", "last_on", "timers", "branches"}
)
_REQUIRED: Mapping[str, Any] = {"stage": "", "stages": (), "opened_on": None}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the facts; an empty value where the dossier had not begun, or the fact is gone."""

    name: str
    old: Any
    new: Any

    @property
    def is_of_the_books(self) -> bool:
        return self.name in OF_THE_BOOKS


def changes(old: Facts | None, new: Facts | None) -> tuple[Change, ...]:
    """Every field that differs, in the order of the facts."""
    return tuple(
        Change(name, _value(old, name), _value(new, name))
        for name in _EMPTY
        if _value(old, name) != _value(new, name)
    )


def applied(old: Facts | None, found: Iterable[Change]) -> Facts | None:
    """The later state; None where it holds nothing."""
    values = {name: _value(old, name) for name in _EMPTY} | {one.name: one.new for one in found}
    return None if values == _EMPTY else Facts(**values)


def _empty(name: str, default: Any, factory: Any) -> Any:  # noqa: ANN401 - values of any field
    if name in _REQUIRED:
        return _REQUIRED[name]
    return default if factory is MISSING else factory()


_EMPTY = {one.name: _empty(one.name, one.default, one.default_factory) for one in fields(Facts)}


def _value(facts: Facts | None, name: str) -> Any:  # noqa: ANN401 - as above
    return _EMPTY[name] if facts is None else getattr(facts, name)
