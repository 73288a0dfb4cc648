"""What came to be known of a dossier between two instants: facts, deadlines, acts, corrections, refusals."""

from dataclasses import dataclass
from datetime import date, datetime

from recruit.context import Context
from recruit.queries.as_known import AsKnown, dossier_as_known
from recruit.queries.history import Entry, history
from workflows.changes import Change, changes
from workflows.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """By the deadline's key; None on the side on which there was none."""

    old: Deadline | None
    new: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`entries`: what was recorded after `earlier` and by `later`, refused attempts included."""

    earlier: AsKnown
    later: AsKnown
    changes: tuple[Change, ...]
    deadlines: tuple[DeadlineChange, ...]
    entries: tuple[Entry, ...]


def difference(context: Context, dossier: str, *, earlier: datetime, later: datetime) -> Difference:
    """Each side is everything known at its instant, as of its own day in Shanghai. Raises `NotFound`."""
    old = dossier_as_known(context, dossier, known_at=earlier)
    new = dossier_as_known(context, dossier, known_at=later)
    recorded = history(context, dossier, known_at=later)
    return Difference(
        earlier=old,
        later=new,
        changes=changes(old.facts, new.facts),
        deadlines=deadline_changes(old.deadlines, new.deadlines),
        entries=tuple(entry for entry in recorded if entry.recorded_at > earlier),
    )


def deadline_changes(old: tuple[Deadline, ...], new: tuple[Deadline, ...]) -> tuple[DeadlineChange, ...]:
    """Those that opened, closed, moved or are gone, by their days."""
    before, after = ({one.key: one for one in side} for side in (old, new))
    changed = [
        DeadlineChange(before.get(key), after.get(key))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    ]
    return tuple(sorted(changed, key=_day))


def _day(change: DeadlineChange) -> tuple[date, str]:
    one = change.new or change.old
    assert one is not None
    return one.due, one.key
