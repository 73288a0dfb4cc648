"""One random change of one file of a bundle, of any kind that a forger or a failing disk makes."""

from collections.abc import Callable, Mapping
from random import Random

LOG_FILES = (
    "acts.jsonl",
    "events.jsonl",
    "contents.jsonl",
    "leaves.txt",
    "checkpoints.jsonl",
    "checkpoint.txt",
    "proofs.jsonl",
    "consistency.jsonl",
)
Change = Callable[[bytes, Random], bytes]


def mutated(files: Mapping[str, bytes], rng: Random) -> tuple[str, bytes]:
    """The name of a file and what it holds now."""
    while True:
        name = rng.choice([one for one in LOG_FILES if files.get(one)])
        changed = rng.choice(CHANGES)(files[name], rng)
        if changed != files[name]:
            return name, changed


def flipped(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def retyped(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    changed[rng.randrange(len(data))] = rng.choice(b"0123456789abcdefghjkmnpqrstvwxyz")
    return bytes(changed)


def cut(data: bytes, rng: Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + data[place + rng.randint(1, 9) :]


def inserted(data: bytes, rng: Random) -> bytes:
    place = rng.randrange(len(data) + 1)
    return data[:place] + bytes([rng.randrange(256)]) + data[place:]


def line_removed(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def line_repeated(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = rng.randrange(len(lines))
    return b"".join(lines[: place + 1] + lines[place:])


def lines_swapped(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def tail_cut(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: rng.randrange(len(lines))])


CHANGES: tuple[Change, ...] = (
    flipped,
    retyped,
    cut,
    inserted,
    line_removed,
    line_repeated,
    lines_swapped,
    tail_cut,
)
