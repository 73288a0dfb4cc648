"""The form of a case file: validated before anything is judged, with the line of what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from workflows.acts import SHANGHAI, Act, Override, Value
from workflows.around import Around, Member, Penalty, Places, Roll
from workflows.calendar import china_calendar
from workflows.case_forms import ROWS, RawAct, RawCase, RawExpect, RawMember
from workflows.edition import EDITIONS, load_edition
from workflows.errors import Sentence, SettingsError, UnreadableText
from workflows.fields import parse_details
from workflows.ground import Ground
from workflows.settings import SettingRow, read_setting
from workflows.shapes import misplaced, validated
from workflows.texts import Locator, Path, read_yaml_located

FIRST_BRANCH = "b1"
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case, ready to be judged: every act has been read once, so that nothing is loaded by half."""

    raw: RawCase

    @property
    def case(self) -> str:
        return self.raw.case

    @property
    def mode(self) -> Literal["live", "historic"]:
        return self.raw.mode

    @property
    def acts(self) -> tuple[RawAct, ...]:
        return self.raw.acts

    @property
    def expect(self) -> tuple[Mapping[str, Any], ...]:
        return self.raw.expect

    def ground(self) -> Ground:
        rows = [SettingRow(1, name, value, LONG_AGO) for name, value in self.raw.settings.items()]
        return Ground(calendar=china_calendar(), settings_rows=rows)

    def around(self, *, corrects_by: str | None = None) -> Around:
        raw = self.raw
        return Around(
            roll=_roll(raw.members) if raw.members is not None else None,
            committee_kind=raw.committee.kind if raw.committee else None,
            forms_in_use=frozenset(raw.forms),
            plan=Places(raw.plan.total, raw.plan.used) if raw.plan else None,
            born=raw.person.born,
            corrects_by=corrects_by,
        )

    def act_of(self, raw: RawAct, *, numbers: Mapping[int, int]) -> Act:
        """The act as it was recorded.

        A correction's number in the list becomes the act's number in the dossier.
        """
        details: dict[str, Value] = dict(_parsed(raw))
        if raw.do == "corrected":
            listed = details.get("act")
            details["act"] = numbers.get(listed, 0) if isinstance(listed, int) else 0
        begins = load_edition(EDITIONS[-1]).acts[raw.do].begins
        if begins:
            details = {**self._person(), **details}
        return Act(
            do=raw.do,
            on=raw.on,
            recorded_at=_recorded_at(raw),
            details=details,
            by=raw.by,
            confirmed_by=raw.confirmed_by,
            org=raw.org or (FIRST_BRANCH if begins else None),
            cites=str(raw.cites) if raw.cites is not None else None,
            meeting=raw.meeting,
            override=Override(raw.override.by) if raw.override else None,
            replacement=self.act_of(raw.replacement, numbers=numbers) if raw.replacement else None,
        )

    def _person(self) -> dict[str, Value]:
        person = self.raw.person
        given = {
            "league_member": person.league_member,
            "floating": person.floating,
            "leaves_on": person.leaves_on,
            "category": person.category,
        }
        return {name: value for name, value in given.items() if value is not None}


def _roll(members: tuple[RawMember, ...]) -> Roll:
    return Roll(
        {
            m.id: Member(
                m.id,
                m.full_since,
                tuple(Penalty(p.kind, p.on, p.until) for p in m.penalties),
                m.since,
                m.until,
            )
            for m in members
        }
    )


def _recorded_at(raw: RawAct) -> datetime:
    """On its own day, at its end, unless the case says when."""
    if raw.recorded is not None:
        return raw.recorded.astimezone(UTC)
    return datetime.combine(raw.on, time(23, 59), tzinfo=SHANGHAI).astimezone(UTC)


def _parsed(raw: RawAct) -> Mapping[str, Value]:
    kind = _kinds()[raw.do]
    return parse_details(raw.do, kind, raw.details).details


def _kinds() -> Mapping[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for edition_id in EDITIONS:
        for do, kind in load_edition(edition_id).acts.items():
            kinds[do] = kind.details
    return kinds


def read_cases(text: bytes | str, *, name: str) -> list[CaseFile]:
    """Every case of a file; UnreadableText with file, line and how to mend it, and then nothing is loaded."""
    plain, where = read_yaml_located(text, name=name)
    if not isinstance(plain, list):
        raise _wrong(name, where, (), "a case file is a list of cases", "案例文件应当是案例的列表")
    return [_read_case(item, name, where, index) for index, item in enumerate(plain)]


def _read_case(item: object, name: str, where: Locator, index: int) -> CaseFile:
    raw = validated(RawCase, item, name=name, where=where, path=(index,))
    if sum(rows is not None for rows in (raw.acts or None, raw.windows, raw.votes, raw.plans)) > 1:
        en, zh = "a case has acts or one list of rows", "一个案例只有记录或一种列表"
        raise _wrong(name, where, (index,), en, zh)
    _check_settings(raw, name, where, index)
    for number, act in enumerate(raw.acts):
        _check_act(act, name, where, (index, "acts", number))
        _check_correction(act, number, name, where, (index, "acts", number))
    for number, expected in enumerate(raw.expect):
        _check_expect(expected, name, where, (index, "expect", number))
    for kind, form in ROWS.items():
        for number, row in enumerate(getattr(raw, kind) or ()):
            validated(form, row, name=name, where=where, path=(index, kind, number))
    return CaseFile(raw)


def _check_correction(act: RawAct, index: int, name: str, where: Locator, path: Path) -> None:
    """A correction names an act that stands before it in the list."""
    if act.do != "corrected":
        return
    number = act.details.get("act")
    if not isinstance(number, int) or not 1 <= number <= index:
        en, zh = f"no act {number} before this one", f"在这之前没有第{number}条记录"
        raise _wrong(name, where, (*path, "act"), en, zh)


def _check_settings(raw: RawCase, name: str, where: Locator, index: int) -> None:
    for setting, value in raw.settings.items():
        try:
            read_setting(setting, value)
        except SettingsError as error:
            path = (index, "settings", setting)
            raise _wrong(name, where, path, error.message("en"), error.message("zh")) from error


def _check_act(act: RawAct, name: str, where: Locator, path: Path) -> None:
    if act.do not in _kinds():
        raise _wrong(name, where, (*path, "do"), f"unknown act {act.do}", f"没有“{act.do}”这种记录")
    if act.recorded is not None and act.recorded.tzinfo is None:
        en, zh = "an instant needs its offset, as +08:00", "时刻要写时区，如 +08:00"
        raise _wrong(name, where, (*path, "recorded"), en, zh)
    problems = parse_details(act.do, _kinds()[act.do], act.details).problems
    wrong = next((p for p in problems if p.id != "field_missing" and p.field != "to_branch"), None)
    if wrong is not None:
        what = f"{act.do}: {wrong.field}: {wrong.id} {wrong.values.get('value', '')}".strip()
        raise _wrong(name, where, (*path, wrong.field), what, what)
    rules = set().union(*(load_edition(e).rules for e in EDITIONS))
    unknown = [rule for rule in (*(act.refused or ()), *(act.warns or ())) if rule not in rules]
    if unknown:
        raise _wrong(name, where, path, f"unknown rule {unknown[0]}", f"没有“{unknown[0]}”这条规则")
    if act.replacement is not None:
        _check_act(act.replacement, name, where, (*path, "replacement"))


def _check_expect(expected: Mapping[str, Any], name: str, where: Locator, path: Path) -> None:
    unknown = validated(RawExpect, expected, name=name, where=where, path=path).unknown()
    if unknown is not None:
        raise _wrong(name, where, path, f"unknown {unknown}", f"没有“{unknown}”")


def _wrong(name: str, where: Locator, path: Path, en: str, zh: str) -> UnreadableText:
    return misplaced(name, where, path, Sentence(zh=zh, en=en))
