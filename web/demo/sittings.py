"""Meetings held at the counter: opened with their agenda, voted in by name, handed over, confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from recruit.commands.agenda import NewItem
from recruit.commands.ballots import SaveVote, asked_counts, save_vote
from recruit.commands.confirming import Confirmed, ConfirmMeeting, confirm_meeting
from recruit.commands.handing import hand_over_meeting
from recruit.commands.sitting import SittingRow, find_sitting
from recruit.commands.sittings import OpenMeeting, SetAttendance, open_meeting, set_attendance
from web.demo.scenes import MeetingLine, Scene, moment
from web.demo.stage import Stage

SOON = timedelta(minutes=4)
SECOND_PERSON_AFTER = timedelta(minutes=100)


@dataclass(slots=True)
class HeldHere:
    """`scenes`: the decisions of its day; `id`: once it is open."""

    line: MeetingLine
    scenes: list[Scene] = field(default_factory=list)
    id: str = ""

    @property
    def opened_at(self) -> datetime:
        return moment(self.line.on, self.line.opened or self.line.at)

    @property
    def handed_at(self) -> datetime:
        return max(scene.at for scene in self.scenes) + SOON

    @property
    def confirmed_at(self) -> datetime:
        """Whoever keeps a branch's minutes may confirm them, and does so at once."""
        return self.handed_at + (SECOND_PERSON_AFTER if self.line.kind == "committee" else SOON)


@dataclass(slots=True)
class Keeper:
    """Whoever keeps the minutes and whoever confirms them, at the counter."""

    stage: Stage
    dossiers: Mapping[str, str]

    def open(self, held: HeldHere, now: datetime) -> None:
        line = held.line
        opening = OpenMeeting(
            kind=line.kind,
            organization=self.stage.places[line.of],
            on=line.on,
            ballot="secret" if line.kind == "general_meeting" else "named",
            key=f"demo-meeting-{line.of}-{line.on}",
            items=tuple(self._item(scene) for scene in held.scenes),
            seats=self._seats(line),
            place=line.place,
            time=f"{line.at:%H:%M}",
        )
        held.id = open_meeting(self.stage.context(self._keeper(line), now), opening)

    def vote(self, held: HeldHere, scene: Scene, count: Mapping[str, int], now: datetime) -> None:
        """`count` as the act has it; by name whoever of those present is not for this one abstains."""
        self.attend(held, now)
        sitting = self._sitting(held, now)
        item = next(one for one in sitting.items if one.dossier == self.dossiers[scene.who])
        given = SaveVote(
            meeting=held.id,
            item=item.id,
            seen_version=item.version,
            votes=None if sitting.is_general else _by_name(sitting, count["for"]),
            counts=_on_paper(sitting, count) if sitting.is_general else None,
        )
        save_vote(self.stage.context(self._keeper(held.line), now), given)

    def attend(self, held: HeldHere, now: datetime) -> None:
        """Once, with the first ones of the body."""
        sitting, line = self._sitting(held, now), held.line
        if not sitting.is_attended:
            given = SetAttendance(
                meeting=held.id,
                seen_version=sitting.version,
                seats=frozenset(range(1, line.present + 1)) if sitting.seats else None,
                whole_count=line.entitled,
                present_count=line.present,
            )
            set_attendance(self.stage.context(self._keeper(line), now), given)

    def hand_over(self, held: HeldHere, now: datetime) -> None:
        self.attend(held, now)
        seen = self._sitting(held, now).version
        hand_over_meeting(self.stage.context(self._keeper(held.line), now), held.id, seen_version=seen)

    def confirm(self, held: HeldHere, now: datetime) -> Confirmed:
        seen = self._sitting(held, now).version
        command = ConfirmMeeting(meeting=held.id, seen_version=seen)
        return confirm_meeting(self.stage.context(self._confirmer(held.line), now), command)

    def _item(self, scene: Scene) -> NewItem:
        months = scene.details.get("months")
        return NewItem(
            dossier=self.dossiers[scene.who],
            do=scene.do,
            purpose=str(scene.details.get("purpose", "")),
            months=months if isinstance(months, int) else None,
        )

    def _seats(self, line: MeetingLine) -> tuple[str, ...]:
        """A branch committee's: the secretary and the first ones of the roll."""
        if line.kind != "branch_committee":
            return ()
        branch = self.stage.cast.branch(line.of)
        return tuple(
            self.stage.members[line.of, name] for name in self.stage.cast.roll(branch)[: line.members]
        )

    def _sitting(self, held: HeldHere, now: datetime) -> SittingRow:
        context = self.stage.context(self._keeper(held.line), now)
        with self.stage.record.reading() as connection:
            return find_sitting(connection, context, held.id)

    def _keeper(self, line: MeetingLine) -> str:
        if line.kind == "committee":
            return self.stage.officer("organizer").login
        return self.stage.cast.branch(line.of).login

    def _confirmer(self, line: MeetingLine) -> str:
        """A committee takes a second person."""
        if line.kind == "committee":
            return self.stage.officer("committee_secretary").login
        return self._keeper(line)


def _by_name(sitting: SittingRow, votes_for: int) -> Mapping[int, str]:
    present = [one.number for one in sitting.seats if one.is_present]
    return {seat: "for" if place < votes_for else "abstain" for place, seat in enumerate(present)}


def _on_paper(sitting: SittingRow, count: Mapping[str, int]) -> Mapping[str, int]:
    """Everybody present got a ballot and gave it back."""
    ballots = {"issued": sitting.present, "returned": sitting.present}
    return {name: ballots.get(name, count.get(name, 0)) for name in asked_counts(sitting)}


def held_here(lines: Iterable[MeetingLine]) -> Mapping[MeetingLine, HeldHere]:
    """Those that the story holds at the counter; the others are recorded act by act, as from a paper."""
    return {line: HeldHere(line) for line in lines if line.is_here}
