"""Cases that need no dossier: the calendar's windows, the counts of a vote, the arithmetic of a plan."""

from collections.abc import Callable, Iterator, Mapping
from datetime import time
from typing import TYPE_CHECKING, Any

from workflows.calendar import china_calendar, window
from workflows.plans.arithmetic import head_count_duty, required, reserve
from workflows.votes import Tally

if TYPE_CHECKING:
    from workflows.case_files import CaseFile

Row = Mapping[str, Any]


def plain_differences(case: "CaseFile") -> tuple[str, ...] | None:
    """What differs in the rows of a case that has no acts; None for a case of acts."""
    raw = case.raw
    if raw.windows is not None:
        return _all(raw.windows, _window)
    if raw.votes is not None:
        return _all(raw.votes, _vote)
    if raw.plans is not None:
        return _all(raw.plans, _plan)
    return None


def _all(rows: tuple[Row, ...], compare: Callable[[Row], Iterator[str]]) -> tuple[str, ...]:
    return tuple(f"row {number}: {line}" for number, row in enumerate(rows, start=1) for line in compare(row))


def _compared(row: Row, found: Row) -> Iterator[str]:
    for key, value in found.items():
        if key in row and row[key] != value:
            yield f"{key}: expected {row[key]}, found {value}"


def _window(row: Row) -> Iterator[str]:
    calendar = china_calendar()
    if "to" in row:
        days = (row["to"] - row["start"]).days + 1
        found = calendar.count(row["start"], row["to"]) if row.get("unit", "working") == "working" else days
        yield from _compared(row, {"count": found})
        return
    posted, cutoff = row.get("time"), row.get("cutoff")
    held = window(
        calendar,
        row["start"],
        row["days"],
        row.get("unit", "working"),
        posted_time=time.fromisoformat(posted) if posted else None,
        cutoff=time.fromisoformat(cutoff) if cutoff else None,
    )
    yield from _compared(row, {"last": held.last, "next": held.next, "provisional": held.provisional})


def _vote(row: Row) -> Iterator[str]:
    counts = {("for_" if key == "for" else key): value for key, value in row.items() if key != "outcome"}
    tally = Tally(**{"present": 0, "for_": 0, **counts})
    yield from _compared(row, {"outcome": "inconsistent" if tally.problems() else tally.outcome()})


def _plan(row: Row) -> Iterator[str]:
    if "required" in row:
        asked = row["required"]
        yield from _compared(asked, {"is": required(asked["percent"], asked["of"])})
    if "headcount" in row:
        asked = row["headcount"]
        activists, admissions = head_count_duty(asked["staff"])
        yield from _compared(asked, {"activists": activists, "admissions": admissions})
    if "reserve" in row:
        asked = row["reserve"]
        first, last = reserve(asked["admissions"], asked["min"], asked["max"])
        yield from _compared(asked, {"from": first, "to": last})
