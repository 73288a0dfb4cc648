"""G3: a historic audit of many files of sixty acts, one core, beside folding the same acts.

uv run python -m benchmarks.audit [10000]
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter

from benchmarks.judging import AROUND, GROUND, folded, road
from workflows.acts import Act
from workflows.past import judge_past

MANY = 10_000
BATCH = 100


def files(count: int) -> Iterator[list[Act]]:
    """Files that differ in their days, made one by one: no more than a batch is held."""
    base = road()
    for number in range(count):
        shift = timedelta(days=number % 300)
        yield [replace(one, on=one.on + shift, recorded_at=one.recorded_at + shift) for one in base]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    folding, auditing, found = [], [], 0
    batch: list[list[Act]] = []
    for acts in files(count):
        batch.append(acts)
        if len(batch) < BATCH:
            continue
        began = perf_counter()
        for one in batch:
            folded(one)
        between = perf_counter()
        for one in batch:
            found += len(judge_past(one, GROUND, AROUND)[1])
        ended = perf_counter()
        folding.append(between - began)
        auditing.append(ended - between)
        batch = []
    ratio = median(audit / fold for audit, fold in zip(auditing, folding, strict=True))
    seconds = sum(auditing)
    sys.stdout.write(
        f"{count} files of 60 acts: audited in {seconds:.1f} s ({count / seconds:.0f} files/s), "
        f"folded in {sum(folding):.1f} s; median ratio {ratio:.2f}; {found} irregularities\n"
    )


if __name__ == "__main__":
    main()
