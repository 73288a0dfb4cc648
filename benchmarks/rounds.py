"""Cases measured in turn within a round; what counts is the median of the rounds' ratios to the first."""

from collections.abc import Callable, Mapping
from os import cpu_count, getloadavg
from statistics import median
from time import perf_counter

MICROSECONDS = 1_000_000


def measure(
    cases: Mapping[str, Callable[[], int]], *, rounds: int, clock: Callable[[], float] = perf_counter
) -> str:
    """A table: each case with its median time a step in microseconds and its ratio to the first.

    A case does some steps and says how many. `clock`: `process_time` for what only computes, where other work
    uses the machine.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            began = clock()
            steps = run()
            times[name].append((clock() - began) / steps * MICROSECONDS)
    first = next(iter(cases))
    lines = [f"{'case':<58} {'us a step':>10} {'ratio':>7}"]
    for name, taken in times.items():
        ratios = [one / floor for one, floor in zip(taken, times[first], strict=True)]
        lines.append(f"{name:<58} {median(taken):>10.1f} {median(ratios):>7.2f}")
    return "\n".join(lines)


def load() -> str:
    """How busy the machine was in the last minute: other work stretches every time."""
    return f"{getloadavg()[0]:.1f} on {cpu_count()} cores"
