"""Playing the story day by day: the sweep in the morning, then every act at its hour."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from notifications.sweep import sweep
from recruit.clock import MovedClock
from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.meetings import HoldMeeting, hold_meeting, record_meeting_item
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import Refused
from recruit.queries.dossiers import dossier_view
from web.demo.outcomes import Minuted, Outcome, StoryError, Told, ensure_expected, name_of
from web.demo.scenes import MeetingLine, Scene, moment
from web.demo.sittings import SECOND_PERSON_AFTER, HeldHere, Keeper
from web.demo.stage import Stage
from workflows.edition import load_edition

SWEEP_AT = time(8, 0)
DAY = timedelta(days=1)
DECIDED_TOGETHER: Mapping[str, str] = {
    "activist_decided": "branch_committee",
    "target_proposed": "branch_committee",
    "preexamined": "committee",
    "committee_decided": "committee",
    "meeting_voted": "general_meeting",
}
BY_THE_CLERK = frozenset(("thought_report_received", "paper_received"))
BEGINNINGS = frozenset(("application_received", "transferred_in"))


@dataclass(slots=True)
class Play:
    """`told` hears of every act, `reminded` of every morning that brought reminders."""

    stage: Stage
    clock: MovedClock
    meetings: Mapping[tuple[str, str, date], MeetingLine]
    told: Callable[[Told], None]
    reminded: Callable[[date, int], None]
    here: Mapping[MeetingLine, HeldHere] = field(default_factory=dict)
    dossiers: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[tuple[str, str, date], str] = field(default_factory=dict)
    due: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    forms: int = 0
    keys: int = 0

    def morning(self, day: date) -> None:
        """The sweep."""
        self.clock.move_to(moment(day, SWEEP_AT))
        count = sweep(self.stage.record, self.clock.now()).reminders
        if count:
            self.reminded(day, count)
        for held in self.here.values():
            if held.line.on == day:
                self.due.append((held.opened_at, partial(self._open, held)))

    def go_on(self, scenes: list[Scene]) -> None:
        """Play scenes of the day, and what falls due between them."""
        for scene in scenes:
            self.catch_up(scene.at)
            self._play(scene)

    def catch_up(self, until: datetime) -> None:
        """What the second persons confirm, meetings that are opened, handed over, confirmed: in its order."""
        while ready := [one for one in self.due if one[0] <= until]:
            first = min(ready, key=lambda one: one[0])
            self.due.remove(first)
            self.clock.move_to(first[0])
            first[1]()

    def evening(self, day: date) -> None:
        """What still waits."""
        self.catch_up(moment(day, time(23, 0)))

    def _play(self, scene: Scene) -> None:
        self.clock.move_to(scene.at)
        details = self._details(scene)
        held = self.held_here(scene)
        if held is not None and not scene.refused:
            Keeper(self.stage, self.dossiers).vote(held, scene, _numbers(details), self.clock.now())
            return
        try:
            outcome = self._record(scene, details)
        except Refused as refused:
            self._hear(scene, refused, details)
            return
        if isinstance(outcome, Proposed):
            confirm = partial(self._confirm, scene, outcome.proposal, details)
            self.due.append((scene.at + SECOND_PERSON_AFTER, confirm))
        self._hear(scene, outcome, details)

    def _record(self, scene: Scene, details: Mapping[str, object]) -> Recorded | Proposed:
        context = self.stage.context(self._recorder(scene), self.clock.now())
        if scene.do in BEGINNINGS:
            branch = self.stage.places[self.stage.branches[scene.who].id]
            recorded = open_dossier(
                context,
                OpenDossier(
                    branch=branch,
                    person=self.stage.people[scene.who],
                    on=scene.on,
                    do=scene.do,
                    details=details,
                    key=self._key(),
                ),
            )
            self.dossiers[scene.who] = recorded.dossier
            return recorded
        command = RecordAct(
            dossier=self.dossiers[scene.who],
            do=scene.do,
            on=scene.on,
            details=details,
            seen_version=self.versions[scene.who],
            key=self._key(),
        )
        if scene.do not in DECIDED_TOGETHER:
            return record_act(context, command)
        if self.held_here(scene) is not None:
            heads = {name: count for name, count in self._heads(scene).items() if count is not None}
            return record_act(context, replace(command, details={**heads, **details}))
        return record_meeting_item(context, self._meeting(scene), command)

    def _confirm(self, scene: Scene, proposal: str, details: Mapping[str, object]) -> None:
        """By the second person."""
        login = "hejing" if scene.do == "corrected" else self.stage.officer("committee_secretary").login
        context = self.stage.context(login, self.clock.now())
        outcome = confirm_proposal(context, ConfirmProposal(proposal=proposal, key=self._key()))
        self._hear(replace(scene, tell=None), outcome, details)

    def _open(self, held: HeldHere) -> None:
        keeper = Keeper(self.stage, self.dossiers)
        keeper.open(held, self.clock.now())
        self.due.append((held.handed_at, partial(self._hand_over, held)))

    def _hand_over(self, held: HeldHere) -> None:
        Keeper(self.stage, self.dossiers).hand_over(held, self.clock.now())
        self.due.append((held.confirmed_at, partial(self._minute, held)))

    def _minute(self, held: HeldHere) -> None:
        """Confirm the minutes; each decision of theirs is heard of."""
        done = Keeper(self.stage, self.dossiers).confirm(held, self.clock.now())
        settled = {one.dossier: one for one in done.items if one.seq is not None}
        for scene in held.scenes:
            if scene.refused:
                continue
            one = settled.get(self.dossiers[scene.who])
            if one is None or one.seq is None:
                raise StoryError(f"{name_of(scene)} came to nothing")
            context = self.stage.context(self._recorder(scene), self.clock.now())
            row = dossier_view(context, one.dossier).row
            outcome = Minuted(seq=one.seq, stage=row.stage, version=row.version, findings=one.findings)
            self._hear(scene, outcome, self._details(scene))

    def held_here(self, scene: Scene) -> HeldHere | None:
        """The meeting at the counter that decides on it."""
        return self.here.get(self._line(scene)) if scene.do in DECIDED_TOGETHER else None

    def _hear(self, scene: Scene, outcome: Outcome, details: Mapping[str, object]) -> None:
        """Compare with what the story expects, follow the dossier, and tell."""
        ensure_expected(scene, outcome)
        if isinstance(outcome, Recorded | Minuted):
            self.versions[scene.who] = outcome.version
            self.numbers[scene.who, scene.do] = outcome.seq
        if scene.do == "transferred" and isinstance(outcome, Recorded):
            self.stage.branches[scene.who] = self.stage.cast.branch(str(scene.details["to_branch"]))
        counts = {**self._heads(scene), **details}
        self.told(Told(at=self.clock.now(), scene=scene, outcome=outcome, counts=counts))

    def _recorder(self, scene: Scene) -> str:
        """The log-in that the act asks for: secretary (for papers the clerk), organizer, department."""
        if scene.by is not None:
            return scene.by
        letter = load_edition("2014").acts[scene.do].by[0]
        if letter in {"B", "P"}:
            branch = self.stage.branches[scene.who]
            return branch.clerk.login if branch.clerk and scene.do in BY_THE_CLERK else branch.login
        return self.stage.officer("department" if letter == "D" else "organizer").login

    def _details(self, scene: Scene) -> Mapping[str, object]:
        """What the story leaves open: persons of the roll, a form's number, the act that is corrected."""
        branch, given = self.stage.branches[scene.who], dict(scene.details)
        pair = [self.stage.members[branch.id, name] for name in branch.named[:2]]
        if scene.do == "contacts_assigned":
            given.setdefault("contacts", pair)
        if scene.do == "sponsors_named":
            given.setdefault("sponsors", pair)
        if scene.do == "transferred":
            given["to_branch"] = self.stage.places[str(given["to_branch"])]
        if scene.do == "form_issued":
            self.forms += 1
            given["number"] = f"{given['number']}{self.forms:02}"
        if scene.act_of is not None:
            given["act"] = self.numbers[scene.who, scene.act_of]
        if scene.do == "target_proposed" and branch.committee == 0:
            given["body"] = "general_meeting"
        if scene.do == "target_proposed":
            given.setdefault("for", branch.committee or branch.members - 2)
        return given

    def _meeting(self, scene: Scene) -> str:
        """The id of the meeting of that day, held when its first decision is recorded."""
        line = self._line(scene)
        place = (line.kind, line.of, line.on)
        if place not in self.held:
            hold = HoldMeeting(
                kind=line.kind,
                organization=self.stage.places[line.of],
                on=line.on,
                present_count=line.present,
                members_count=line.members,
                entitled_count=line.entitled,
                place=line.place,
            )
            self.held[place] = hold_meeting(self.stage.context(self._recorder(scene), self.clock.now()), hold)
        return self.held[place]

    def _line(self, scene: Scene) -> MeetingLine:
        branch, kind = self.stage.branches[scene.who], DECIDED_TOGETHER[scene.do]
        of = "township" if kind == "committee" else branch.id
        known = self.meetings.get((kind, of, scene.on))
        if known is not None:
            return known
        size = branch.committee or branch.members
        present = branch.committee or branch.members - 2
        return MeetingLine(
            kind=kind if branch.committee else "general_meeting",
            of=of,
            on=scene.on,
            at=time(9, 0),
            members=size,
            present=present,
        )

    def _heads(self, scene: Scene) -> Mapping[str, object]:
        if scene.do not in DECIDED_TOGETHER:
            return {}
        line = self._line(scene)
        return {"entitled": line.entitled, "members": line.members, "present": line.present}

    def _key(self) -> str:
        self.keys += 1
        return f"demo-{self.keys}"


def _numbers(details: Mapping[str, object]) -> Mapping[str, int]:
    return {name: value for name, value in details.items() if isinstance(value, int)}


def days(first: date, last: date) -> Iterator[date]:
    """Each day, both ends included."""
    while first <= last:
        yield first
        first += DAY
