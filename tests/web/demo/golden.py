"""Every reminder of the demonstration's year as a list that a person can read and check against the ladders.

uv run python -m tests.web.demo.golden var/demo/year    writes the list anew; then read its difference
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recruit.clock import civil_day
from recruit.ids import instant
from recruit.record import Record
from tests.homes import ask
from workflows.words import label

LIST = Path(__file__).parent / "reminders-2016.txt"
HEAD = """\
# 演示数据 2016 年的全部提醒：哪天、对哪个支部的哪一位、哪件事、何时到期、梯级、提醒谁。
# Every reminder of 2016 in the demonstration: the day, branch, person, deadline, due day, rung, who is told.
# 梯级 rung: -10 = 到期前 10 天；0 = 到期当天；+1 = 过期 1 天；opening = 从打开那天数。
# 请转告 = 没有账号的人由收到提醒的人转告。
"""
YEAR = 2016
_WEEKDAYS = "一二三四五六日"
_QUERY = """
SELECT r.at, r.deadline, r.rung, r."values", u.login, p.name
FROM reminder r JOIN "user" u ON u.id = r.recipient
LEFT JOIN dossier d ON d.id = r.dossier LEFT JOIN person p ON p.id = d.person
WHERE r.rung <> 'act'
"""


@dataclass(frozen=True, slots=True, order=True)
class _Line:
    branch: str
    name: str
    what: str
    due: str
    rung: str
    persons: str


def listed(record: Record, year: int) -> str:
    """The list of a year, as `LIST` holds it."""
    days: dict[date, dict[_Line, list[str]]] = defaultdict(lambda: defaultdict(list))
    with record.reading() as connection:
        names = {one.id: one.name for one in ask(connection, "SELECT id, name FROM person")}
        branches = {one.id: one.name for one in ask(connection, "SELECT id, name FROM organization")}
        for row in ask(connection, _QUERY).mappings():
            on = civil_day(instant(row["at"]))
            if on.year == year:
                values = json.loads(row["values"])
                persons = "、".join(names[one] for one in values.get("persons", ()))
                line = _Line(
                    branches[values["branch"]],
                    row["name"] or "-",
                    _what(values),
                    values["due"],
                    row["rung"],
                    f"（请转告 {persons}）" if persons else "",
                )
                days[on][line].append(row["login"])
    return HEAD + "".join(_day(on, lines) for on, lines in sorted(days.items()))


def _what(values: dict[str, str]) -> str:
    kind = values["kind"]
    return label("deadline", values["id"], "zh") if kind == "deadline" else f"{kind} {values['id']}"


def _day(on: date, lines: dict[_Line, list[str]]) -> str:
    head = f"\n{on} 周{_WEEKDAYS[on.weekday()]}\n"
    return head + "".join(_said(line, users) for line, users in sorted(lines.items()))


def _said(line: _Line, users: list[str]) -> str:
    to = ", ".join(sorted(users))
    return f"  {line.branch} {line.name} | {line.what} | 到期 {line.due} | {line.rung} | {to}{line.persons}\n"


if __name__ == "__main__":
    with Record.open(Path(sys.argv[1]), write=False) as finished:
        LIST.write_text(listed(finished, YEAR), "utf-8")
