"""The acts and events of a bundle: their exact bytes, numbers and links, contents and late marks."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from typing import NamedTuple

from recruit.log.offline.exact import Wrong, exactly, lines, sha, unhex

FIELDS = frozenset(
    ("v", "id", "dossier", "seq", "do", "on", "recorded_at", "actor", "confirmed_by", "role", "org",
     "edition", "calendar", "settings", "key", "details", "content", "prev"),
)  # fmt: skip
MOST_PROBLEMS = 100
DAY = 86_400_000_000
SHANGHAI = 8 * 3_600_000_000


class Leaf(NamedTuple):
    hash: bytes
    where: str
    id: str


class Report:
    """What was checked, and every problem: "dossier/seq: what", "org/seq: what" or "file: what"."""

    def __init__(self) -> None:
        self.acts = self.events = self.links = self.leaves = self.checkpoints = 0
        self.contents = self.hidden = self.late = 0
        self.first_bad: str | None = None
        self.problems: list[str] = []

    def bad(self, where: str, what: str) -> None:
        self.first_bad = self.first_bad or where
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{where}: {what}")

    @property
    def ok(self) -> bool:
        return not self.problems and self.links > 0 and self.checkpoints > 0

    def answer(self) -> dict[str, object]:
        names = ("ok", "acts", "events", "links", "leaves", "checkpoints", "first_bad", "problems")
        return {name: getattr(self, name) for name in names}


class Chain:
    """The acts of all dossiers, or the events of all organizations, in their order."""

    def __init__(self, name: str, report: Report) -> None:
        self.name, self.report = name, report
        self.place: tuple[str, int] = ("", 0)
        self.last = ""
        self.leaves: list[Leaf] = []
        self.read: dict[str, dict[str, object]] = {}

    def add(self, line: bytes, number: int) -> None:
        where, id_ = f"{self.name} {number}", ""
        try:
            read = recorded(line)
            where, id_ = f"{read[self.name]}/{read['seq']}", str(read["id"])
            self.check(read, id_)
            self.report.links += 1
            self.read[id_] = read
            self.place, self.last = (str(read[self.name]), int(str(read["seq"]))), sha(line).hex()
        except Wrong as wrong:
            self.report.bad(where, str(wrong))
        self.leaves.append(Leaf(sha(b"\0" + line), where, id_))

    def check(self, read: dict[str, object], id_: str) -> None:
        chain, seq = str(read[self.name]), read["seq"]
        is_next = chain == self.place[0]
        if chain < self.place[0]:
            raise Wrong("out of order / 顺序不对")
        if seq != (self.place[1] + 1 if is_next else 1):
            raise Wrong("a number is missing before it / 前面缺号")
        if read["prev"] != (self.last if is_next else "0" * 64):
            raise Wrong("the link to the one before is broken / 与前一条的链接断了")
        if id_ in self.read:
            raise Wrong("recorded twice / 重复")


def recorded(line: bytes) -> dict[str, object]:
    """The act or event of which these are the hashed bytes."""
    read = exactly(line)
    if read.keys() != FIELDS or type(read["seq"]) is not int or type(read["recorded_at"]) is not int:
        raise Wrong("not the bytes of an act / 不是一条记录")
    return read


def chained(files: dict[str, bytes], kind: str, name: str, report: Report) -> Chain:
    chain = Chain(name, report)
    for number, line in enumerate(lines(files, f"{kind}.jsonl"), 1):
        chain.add(line, number)
    return chain


def check_contents(files: dict[str, bytes], acts: Chain, report: Report) -> None:
    order = {leaf.id: at for at, leaf in enumerate(acts.leaves)}
    last = -1
    for line in lines(files, "contents.jsonl"):
        read = exactly(line)
        act = acts.read.get(str(read.get("act")), {})
        at = order.get(str(read.get("act")), -1)
        salt, clear = unhex(str(read.get("salt"))), str(read.get("content")).encode()
        right = hmac.new(salt, clear, hashlib.sha256).hexdigest() == act.get("content")
        if not right or at <= last or read.keys() != {"act", "salt", "content"}:
            where = f"{act.get('dossier')}/{act.get('seq')}" if act else "contents.jsonl"
            report.bad(where, "not the content that the act committed itself to / 内容与记录的承诺不符")
        last = at
        report.contents += 1


def check_marks(files: dict[str, bytes], acts: Chain, report: Report) -> None:
    """A late entry was recorded on a later day than it happened: both days stand in the hashed bytes."""
    last = ""
    for line in lines(files, "marks.jsonl"):
        id_ = str(exactly(line).get("act"))
        act = acts.read.get(id_)
        if act is None or id_ == last or civil_day(act["recorded_at"]) <= day(act["on"]):
            report.bad("marks.jsonl", f"{id_}: no late entry / 不是补录")
        last = id_
        report.late += 1


def civil_day(recorded_at: object) -> int:
    """The day in Shanghai of microseconds since 1970, counted from 1970."""
    return (int(str(recorded_at)) + SHANGHAI) // DAY


def day(text: object) -> int:
    """A civil day, counted from 1970."""
    try:
        return date.fromisoformat(str(text)).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError as wrong:
        raise Wrong(f"{text}: no day / 不是日期") from wrong
