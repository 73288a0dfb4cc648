"""Dossiers at every point of both roads, made of acts that the judge accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Self

from workflows.acts import SHANGHAI, Act, Override
from workflows.around import Around, Member, Penalty, Roll
from workflows.calendar import china_calendar
from workflows.case import Mode, case_of
from workflows.deadlines import Deadline, deadlines_of
from workflows.edition import EDITIONS, load_edition
from workflows.facts import Facts
from workflows.fields import parse_details
from workflows.findings import Finding, Judgement
from workflows.fold import fold
from workflows.ground import Ground
from workflows.judge import judge
from workflows.settings import SettingRow

SOURCES = ["group", "contacts", "members", "masses"]
_KEYS = ("by", "confirmed_by", "org", "cites", "meeting")
_DETAILS = {do: kind.details for e in EDITIONS for do, kind in load_edition(e).acts.items()}


def day(text: str) -> date:
    return date.fromisoformat(text)


def act(do: str, on: str, **details: Any) -> Act:
    """An act recorded at the end of its day; a trailing underscore frees a keyword (`for_`, `from_`).

    `recorded` is an instant, `override_by` a name, `replacement` an act.
    """
    recorded = details.pop("recorded", None)
    override_by = details.pop("override_by", None)
    replacement = details.pop("replacement", None)
    keys = {key: details.pop(key, None) for key in _KEYS}
    raw = {name.rstrip("_"): value for name, value in details.items()}
    parsed = parse_details(do, _DETAILS[do], raw)
    wrong = [problem for problem in parsed.problems if problem.id != "field_missing"]
    assert not wrong, wrong
    at = datetime.combine(day(on), time(23, 59), tzinfo=SHANGHAI)
    return Act(
        do=do,
        on=day(on),
        recorded_at=(datetime.fromisoformat(recorded) if recorded else at).astimezone(UTC),
        details=parsed.details,
        override=Override(override_by) if override_by else None,
        replacement=replacement,
        **keys,
    )


def a_ground(settings: Mapping[str, object] | None = None, *, since: str = "1900-01-01") -> Ground:
    rows = [SettingRow(1, name, value, day(since)) for name, value in (settings or {}).items()]
    return Ground(calendar=china_calendar(), settings_rows=rows)


@dataclass(frozen=True, slots=True)
class Dossier:
    facts: Facts | None
    acts: tuple[Act, ...]
    ground: Ground
    around: Around

    def after(self, *acts: Act) -> Self:
        """The dossier after acts that are all accepted."""
        facts = self.facts
        for one in acts:
            judgement = judge(case_of(facts, one, self.ground, self.around))
            assert judgement.accepted, (one.name, one.on, [f.rule for f in judgement.blocking])
            facts = fold(facts, one, self.ground)
        return replace(self, facts=facts, acts=(*self.acts, *acts))

    def among(self, **around: Any) -> Self:
        return replace(self, around=replace(self.around, **around))

    def under(self, settings: Mapping[str, object], *, since: str = "1900-01-01") -> Self:
        return replace(self, ground=a_ground(settings, since=since))

    @property
    def known(self) -> Facts:
        assert self.facts is not None
        return self.facts

    @property
    def stage(self) -> str:
        return self.known.stage


def judged(dossier: Dossier, one: Act, *, mode: Mode = "live") -> Judgement:
    return judge(case_of(dossier.facts, one, dossier.ground, dossier.around, mode=mode))


def blocking(dossier: Dossier, one: Act) -> list[str]:
    """The rules that refuse the act."""
    return [finding.rule for finding in judged(dossier, one).findings if finding.is_blocking]


def warnings(dossier: Dossier, one: Act) -> list[str]:
    """The rules that let it pass and keep a finding."""
    return [finding.rule for finding in judged(dossier, one).findings if not finding.is_blocking]


def finding(dossier: Dossier, one: Act, rule: str, *, mode: Mode = "live") -> Finding | None:
    return next((f for f in judged(dossier, one, mode=mode).findings if f.rule == rule), None)


def irregularity(dossier: Dossier, one: Act, rule: str) -> str | None:
    """Its severity in a file of the past."""
    found = finding(dossier, one, rule, mode="historic")
    return found.severity if found else None


def deadline(dossier: Dossier, name: str, on: str) -> Deadline:
    """The deadline of that name that was opened last, as it is known on that day."""
    return {d.id: d for d in deadlines_of(dossier.known, dossier.ground, day(on))}[name]


def has_deadline(dossier: Dossier, name: str, on: str) -> bool:
    return name in {d.id for d in deadlines_of(dossier.known, dossier.ground, day(on))}


def status(dossier: Dossier, name: str, on: str) -> str:
    return deadline(dossier, name, on).status(day(on))


def a_roll(*members: Member) -> Roll:
    return Roll({member.id: member for member in members})


def a_member(name: str, *, since: str | None = "2001-07-01", penalties: Iterable[Penalty] = ()) -> Member:
    return Member(name, day(since) if since else None, tuple(penalties))


def members(count: int) -> tuple[Member, ...]:
    """Full members m1, m2 ... of a branch."""
    return tuple(a_member(f"m{number}") for number in range(1, count + 1))


_CULTIVATED = (
    act("application_received", "2025-03-19", org="b1"),
    act("talk_held", "2025-04-03"),
    act("recommended", "2025-05-23", source="members"),
    act("activist_decided", "2025-06-02", members=5, present=5, for_=5),
    act("contacts_assigned", "2025-06-07", contacts=["m1", "m2"]),
    act("activist_filed", "2025-06-14"),
    act("review_recorded", "2025-11-14"),
    act("review_recorded", "2026-04-28"),
    act("opinions_heard", "2026-06-21", from_=SOURCES),
    act("target_proposed", "2026-06-24", members=5, present=5, for_=4),
)
_ADMITTED = (
    act("form_issued", "2026-08-16", number="F-2026-017"),
    act("meeting_voted", "2026-08-28", purpose="admission", entitled=9, present=7, for_=7),
    act("committee_talk_held", "2026-09-03", talker_is="organizer"),
    act("committee_decided", "2026-09-10", purpose="admission", members=9, present=8, for_=8),
    act("conversion_requested", "2027-08-20"),
    act("meeting_voted", "2027-08-30", purpose="conversion", entitled=9, present=7, for_=7),
    act("committee_decided", "2027-09-10", purpose="conversion"),
)
_VETTED = (
    act("sponsors_named", "2026-07-11", sponsors=["m1", "m2"]),
    act("political_review_concluded", "2026-07-19", places=["household", "residence"]),
    act("training_completed", "2026-07-23", days=3, hours=24),
    act("branch_examined", "2026-07-29"),
    act("preexamined", "2026-08-14"),
)
_LISTED = (
    act("target_consented", "2026-06-30"),
    act("notice_posted", "2026-07-01", purpose="target", from_="2026-07-01", to="2026-07-07"),
    act("notice_closed", "2026-07-08", purpose="target"),
    act("target_listed", "2026-07-09"),
)
_TEN_YEARS = 10


def _earlier(one: Act) -> Act:
    """The same act ten years before."""
    details = {
        name: value.replace(year=value.year - _TEN_YEARS) if isinstance(value, date) else value
        for name, value in one.details.items()
    }
    on = one.on.replace(year=one.on.year - _TEN_YEARS)
    recorded_at = one.recorded_at.replace(year=one.recorded_at.year - _TEN_YEARS)
    return replace(one, on=on, recorded_at=recorded_at, details=details)


ROADS: Mapping[str, Sequence[Act]] = {
    "2014": (
        *map(_earlier, _CULTIVATED),
        act("target_filed", "2016-06-30"),
        *map(_earlier, (*_VETTED, *_ADMITTED)),
    ),
    "2026": (*_CULTIVATED, *_LISTED, *_VETTED, *_ADMITTED),
}


def road(
    edition: str,
    until: str,
    *,
    settings: Mapping[str, object] | None = None,
    without: Iterable[str] = (),
    **around: Any,
) -> Dossier:
    """The road of an edition up to and with the last act of that name; `without` leaves records out."""
    acts = ROADS[edition]
    last = max(index for index, one in enumerate(acts) if until in {one.name, one.do})
    walked = [one for one in acts[: last + 1] if one.do not in set(without)]
    return a_dossier(*walked, settings=settings, **around)


def a_dossier(*acts: Act, settings: Mapping[str, object] | None = None, **around: Any) -> Dossier:
    """A dossier made of these acts, each of them accepted."""
    return Dossier(None, (), a_ground(settings), Around(**around)).after(*acts)


def an_applicant(
    *, since: str = "2025-03-19", settings: Mapping[str, object] | None = None, **details: Any
) -> Dossier:
    return a_dossier(act("application_received", since, org="b1", **details), settings=settings)


def an_activist(
    *, since: str = "2025-06-02", settings: Mapping[str, object] | None = None, **details: Any
) -> Dossier:
    """An activist of whom nothing but the decision is asked."""
    received, talked = _months_before(since, 3), _months_before(since, 2)
    return an_applicant(since=received, settings=settings, **details).after(
        act("talk_held", talked),
        act("recommended", talked, source="members"),
        act("activist_decided", since, members=5, present=5, for_=5),
    )


def _months_before(text: str, months: int) -> str:
    then = day(text)
    index = then.year * 12 + then.month - 1 - months
    return date(index // 12, index % 12 + 1, min(then.day, 28)).isoformat()


def in_vetting(edition: str = "2026", **options: Any) -> Dossier:
    """Ready for the committee's pre-examination."""
    return road(edition, "branch_examined", **options)


def in_approval(edition: str = "2026", **options: Any) -> Dossier:
    """Pre-examined, with the form issued."""
    return road(edition, "form_issued", **options)


def with_a_passed_vote(edition: str = "2026", **options: Any) -> Dossier:
    return road(edition, "meeting_voted admission", **options)


def on_probation(edition: str = "2026", **options: Any) -> Dossier:
    """Admitted by the meeting of 28 August 2026 (2016), approved on 10 September."""
    return road(edition, "committee_decided admission", **options)


def converted(edition: str = "2026", **options: Any) -> Dossier:
    return road(edition, "committee_decided conversion", **options)


def then(edition: str, text: str) -> str:
    """The day on the road of that edition which corresponds to one on the road of 2026."""
    return text if edition == "2026" else f"{int(text[:4]) - _TEN_YEARS}{text[4:]}"
