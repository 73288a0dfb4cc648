"""The story in words: a line for each day, and the moments that show the procedure at work in full."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from recruit.clock import civil_day
from recruit.commands.acts import Proposed
from recruit.errors import Refused
from web.demo.cast import Cast
from web.demo.outcomes import Told
from workflows.edition import load_edition
from workflows.findings import Finding
from workflows.votes import Outcome, Tally
from workflows.words import label, render_finding

_WEEKDAYS = "一二三四五六日"
_OUTCOMES: Mapping[Outcome, str] = {"passed": "通过", "not_passed": "没有通过", "void": "会议无效"}
_MOST_NAMES = 8
CONFIRMED = frozenset(("preexamined", "committee_decided", "corrected"))


@dataclass(slots=True)
class Teller:
    """Prints through `say`, when a day is over."""

    say: Callable[[str], None]
    day: date | None = None
    done: dict[str, list[str]] = field(default_factory=dict)
    moments: list[str] = field(default_factory=list)
    reminders: int = 0
    admitted: list[str] = field(default_factory=list)

    def told(self, told: Told) -> None:
        self._turn_to(civil_day(told.at))
        scene, outcome = told.scene, told.outcome
        act = label("act", scene.do, "zh")
        if scene.tell is not None:
            self.moments.append(f"★ {scene.tell.zh} [{scene.tell.en}]")
        if isinstance(outcome, Refused):
            self.moments.append(f"✕ {scene.who}：{act}，被拒绝，档案没有变 [refused]")
            self.moments += [_reason(one) for one in outcome.findings if one.is_blocking]
            return
        if isinstance(outcome, Proposed):
            return
        act += "（第二人已确认）" if scene.do in CONFIRMED else ""
        act += _window(told) if scene.do == "notice_posted" else ""
        self.done.setdefault(act, []).append(scene.who + _numbers(told))
        self.moments += [f"！ {scene.who}：{render_finding(one, 'zh')}" for one in outcome.findings]
        if scene.do == "committee_decided" and outcome.stage == "probation":
            self.admitted.append(scene.who)

    def noted(self, day: date, line: str) -> None:
        """Something beside the dossiers."""
        self._turn_to(day)
        self.moments.append(f"★ {line}")

    def reminded(self, day: date, count: int) -> None:
        self._turn_to(day)
        self.reminders = count

    def finish(self) -> None:
        """Say the last day."""
        if self.day is None:
            return
        parts = [f"{act}：{_names(who)}" for act, who in self.done.items()]
        if self.reminders:
            parts.append(f"提醒 {self.reminders} 条")
        self.say(f"{self.day} 周{_WEEKDAYS[self.day.weekday()]}  " + "；".join(parts))
        for moment in self.moments:
            self.say(f"    {moment}")

    def _turn_to(self, day: date) -> None:
        if self.day == day:
            return
        self.finish()
        self.day, self.done, self.moments, self.reminders = day, {}, [], 0


def _reason(finding: Finding) -> str:
    return f"  {render_finding(finding, 'zh')} [{render_finding(finding, 'en')}]"


def _names(who: list[str]) -> str:
    """A few by name; a repeated one once."""
    names = list(dict.fromkeys(who))
    shown = "、".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown} 等 {len(names)} 人"


def _numbers(told: Told) -> str:
    """The counts of a vote or a decision."""
    counts, do = told.counts, told.scene.do
    if do == "meeting_voted":
        return _vote(counts)
    if do in {"preexamined", "committee_decided"}:
        return f"（应到 {counts['members']}，实到 {counts['present']}，赞成 {counts['for']}）"
    return ""


def _window(told: Told) -> str:
    return f"（{told.counts['from']} 至 {told.counts['to']}）"


def _vote(counts: Mapping[str, object]) -> str:
    def count(name: str) -> int:
        value = counts.get(name, 0)
        return value if isinstance(value, int) else 0

    tally = Tally(
        entitled=count("entitled"),
        present=count("present"),
        for_=count("for"),
        against=count("against"),
        abstain=count("abstain"),
        invalid=count("invalid"),
        written_for=count("written_for"),
    )
    heads = f"应到 {tally.entitled}，实到 {tally.present}，赞成 {tally.votes_for}"
    return f"（{heads}：{_OUTCOMES[tally.outcome()]}）"


def summary(counts: Mapping[str, object], title: str) -> list[str]:
    """The table at the end."""
    stages, log = counts["stages"], counts["log"]
    assert isinstance(stages, Mapping)
    assert isinstance(log, Mapping)
    checked = "校验通过" if log["verified"] else "校验没有通过"
    rows = [f"    {label('stage', stage, 'zh'):　<10}{count:>4}" for stage, count in _by_road(stages)]
    heads = (
        f"档案 {counts['dossiers']} 份，记录 {counts['acts']} 条，被拒绝 {counts['refused']} 次，"
        f"提醒 {counts['reminders']} 条；日志 {log['size']} 条，{checked}"
    )
    return [title, f"  {heads}", *rows]


def composition(cast: Cast, admitted: list[str], plan: Mapping[str, object]) -> list[str]:
    """The year's new members against the plan's places and shares."""
    people = [one for _, one in cast.applicants() if one.name in admitted]
    found = Counter[str]()
    for one in people:
        found["women"] += one.sex == "female"
        found["under_35"] += one.born > date(1981, 6, 30)
        found["high_school"] += one.education not in {"primary", "junior_high"}
        found["front_line"] += one.category == "farmer_herder"
        found["ethnic_minority"] += one.ethnic != "汉族"
    groups = plan["composition"]
    assert isinstance(groups, list)
    rows = [f"    {row['label']} {found[row['group']]}，要求 {row['required']}" for row in groups]
    return [f"  2016 年接收预备党员 {len(people)} 人，计划 {plan['total']} 人", *rows]


def _by_road(stages: Mapping[str, int]) -> list[tuple[str, int]]:
    order = list(load_edition("2014").stages)
    return sorted(stages.items(), key=lambda item: order.index(item[0]))
