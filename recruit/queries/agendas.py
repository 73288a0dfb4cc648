"""What a new meeting might decide: who waits for such a decision, who sits, how many are entitled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from recruit.commands.agenda import DECIDES
from recruit.commands.around import roll_of
from recruit.commands.eligible import Eligible, eligible_for
from recruit.commands.sitting import KEEPERS
from recruit.commands.standing import COMMITTEES, Standing, find_standing
from recruit.context import Context
from recruit.queries.organizations import PlaceRow, places
from recruit.queries.rows import DossierRow, dossier_row, within_reach
from recruit.tables import Dossier, Meeting, Person, Seat
from workflows.steps import main_step

MOST = 80
# Where a dossier stands while it waits for one of the decisions; what is due is asked of its facts.
STAGES: Mapping[str, tuple[str, ...]] = {
    "committee": ("proposed", "vetting", "approval", "probation", "extended_probation"),
    "branch_committee": ("applicant", "activist", "vetting"),
    "general_meeting": ("approval", "probation", "extended_probation", "applicant", "activist", "vetting"),
}

# What a general meeting may decide instead on somebody in probation; nobody waits for it.
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "meeting_voted conversion": ("meeting_voted extension", "meeting_voted cancellation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who waits for this decision; `eligible` says whether it can be voted on that day."""

    row: DossierRow
    do: str
    purpose: str
    eligible: Eligible

    @property
    def name(self) -> str:
        return f"{self.do} {self.purpose}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """A branch's roll that day: `full` members, of whom `barred` have no vote, and `probationary` ones."""

    full: int
    barred: int
    probationary: int

    @property
    def entitled(self) -> int:
        return self.full - self.barred


def bodies(context: Context) -> tuple[tuple[str, PlaceRow], ...]:
    """The bodies for which this actor may keep the minutes: kind and organization."""
    found = []
    for place in places(context):
        kinds = ("committee",) if place.kind in COMMITTEES else ("branch_committee", "general_meeting")
        if place.kind != "branch" and kinds != ("committee",):
            continue
        found += [
            (kind, place) for kind in kinds if context.actor.held(KEEPERS[kind], place.path) is not None
        ]
    return tuple(found)


def candidates(context: Context, kind: str, organization: str, on: date) -> tuple[Candidate, ...]:
    """Those whose next step this body decides, by the strokes of the surname; at most `MOST`.

    Somebody in probation comes once for each decision that the meeting may take.
    """
    wanted = (
        within_reach(context)
        .where(Dossier.stage.in_(STAGES[kind]))
        .order_by(Person.strokes, Person.name, Dossier.id)
    )
    if kind != "committee":
        wanted = wanted.where(Dossier.branch == organization)
    found = []
    with context.record.reading() as connection:
        for row in connection.execute(wanted):
            standing = find_standing(connection, context, row.id)
            body = standing.committee.id if kind == "committee" and standing.committee else standing.branch
            name = _next(kind, standing, on)
            if body != organization or name not in DECIDES[kind]:
                continue
            for one in (name, *INSTEAD.get(name, ())):
                do, _, purpose = one.partition(" ")
                judged = eligible_for(connection, context, standing, do=do, purpose=purpose, on=on)
                found.append(Candidate(row=dossier_row(row), do=do, purpose=purpose, eligible=judged))
            if len(found) >= MOST:
                break
    return tuple(found)


def _next(kind: str, standing: Standing, on: date) -> str | None:
    """Whoever is being vetted may be put before the committee; whether it can decide is said beside."""
    if standing.facts is None:
        return None
    if standing.facts.stage == "vetting" and kind == "committee":
        return "preexamined"
    return main_step(standing.facts, standing.ground, on)


def entitled_of(context: Context, branch: str, on: date) -> Entitled | None:
    """None where the branch has no roll."""
    with context.record.reading() as connection:
        roll = roll_of(connection, branch)
    if roll is None:
        return None
    here = [one for one in roll.members.values() if one.is_here(on)]
    full = [one for one in here if one.is_full(on)]
    barred = [one for one in full if one.is_barred(on)]
    return Entitled(full=len(full), barred=len(barred), probationary=len(here) - len(full))


def last_seats(context: Context, branch: str) -> frozenset[str]:
    """The persons who sat on the branch committee the last time."""
    with context.record.reading() as connection:
        last = connection.execute(
            select(Meeting.id)
            .join(Seat, Seat.meeting == Meeting.id)
            .where(Meeting.organization == branch, Meeting.kind == "branch_committee")
            .order_by(Meeting.on.desc(), Meeting.id.desc())
            .limit(1),
        ).scalar_one_or_none()
        if last is None:
            return frozenset()
        seated = select(Seat.person).where(Seat.meeting == last, Seat.person.is_not(None))
        return frozenset(person for person in connection.execute(seated).scalars() if person)
