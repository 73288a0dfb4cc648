"""What a person sees of the own dossier: nothing that others have said, voted, examined or held."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from recruit.clock import civil_day
from recruit.commands.around import born
from recruit.commands.erasable import ERASED
from recruit.commands.standing import Standing, own_standing
from recruit.context import Actor, Context
from recruit.queries.dossiers import probation_of
from recruit.record import Record
from recruit.tables import Organization, Person
from workflows.around import Around
from workflows.case import case_of
from workflows.deadlines import deadlines_of
from workflows.explained import explain_cultivation
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.steps import checklist, supposed

# Where papers are still asked of the person, and by which step.
_ASKS_PAPERS = frozenset(("activist", "proposed", "target_publicity", "development_target", "vetting"))
_NEVER_TOLD = {"objections": (), "votes": (), "decisions": (), "review": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """`facts`: without what is never told. `missing`: kinds of papers that are still asked of the person.

    `talk_due`: by when somebody talks with an applicant; `may_propose_on`: from when an activist may be
    proposed; `notice`: first and last day of a notice that is posted; `expires_on`: the day on which
    probation ends, `requested_on`: when the request for full membership came.
    """

    name: str
    branch: str
    facts: Facts
    ground: Ground
    missing: tuple[str, ...]
    contacts: tuple[str, ...]
    sponsors: tuple[str, ...]
    talk_due: date | None
    may_propose_on: date | None
    notice: tuple[date, date] | None
    expires_on: date | None
    requested_on: date | None


def own_view(record: Record, dossier: str, *, now: datetime) -> OwnView:
    """Only for whoever has opened it with the code of that dossier. Raises `NotFound`."""
    on = civil_day(now)
    with record.reading() as connection:
        standing = own_standing(connection, record, dossier)
        facts = standing.facts
        assert facts is not None
        person = select(Person.name).where(Person.id == standing.person)
        branch = select(Organization.name).where(Organization.id == standing.branch)
        name, place = connection.execute(person).scalar_one(), connection.execute(branch).scalar_one()
        contacts, sponsors = _names(connection, facts.contacts), _names(connection, facts.sponsors)
    told = _told(facts)
    probation = probation_of(facts, standing.ground)
    cultivated = explain_cultivation(told, standing.ground, on) if facts.stage == "activist" else None
    return OwnView(
        name=name,
        branch=place,
        facts=told,
        ground=standing.ground,
        missing=_missing(record, standing, told, now),
        contacts=contacts,
        sponsors=sponsors,
        talk_due=_talk_due(told, standing.ground, on),
        may_propose_on=cultivated.due if cultivated else None,
        notice=_notice(told),
        expires_on=probation.expires if probation and facts.stage != "full_member" else None,
        requested_on=facts.requested_on,
    )


def _told(facts: Facts) -> Facts:
    """While something holds the dossier it is told as it would be without."""
    pauses = facts.pauses[:-1] if facts.is_suspended else facts.pauses
    return replace(facts, pauses=pauses, **_NEVER_TOLD)  # type: ignore[arg-type]


def _missing(record: Record, standing: Standing, facts: Facts, now: datetime) -> tuple[str, ...]:
    """By the township's own list of papers; where it has none, nothing is asked here."""
    if facts.stage not in _ASKS_PAPERS:
        return ()
    context = Context(record=record, actor=Actor(user_id="", name=""), now=now)
    around = Around(born=born(context, standing))
    act = supposed("papers_submitted", None, context.on)
    checks = checklist(case_of(facts, act, standing.ground, around))
    found = next((one.finding.found for one in checks if one.rule == "papers_complete" and one.finding), ())
    return found if isinstance(found, tuple) else ()


def _talk_due(facts: Facts, ground: Ground, on: date) -> date | None:
    if facts.stage != "applicant" or facts.talk_on is not None:
        return None
    return next((one.due for one in deadlines_of(facts, ground, on) if one.id == "talk"), None)


def _notice(facts: Facts) -> tuple[date, date] | None:
    """Of the present stage, until its result is on record."""
    purpose = {"target_publicity": "target", "admission_publicity": "admission"}.get(facts.stage)
    posted = facts.open_notices(purpose) if purpose else ()
    return (posted[-1].first, posted[-1].last) if posted else None


def _names(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    wanted = (
        select(Person.name)
        .where(Person.id.in_(tuple(ids)), Person.name != ERASED)
        .order_by(Person.strokes, Person.name)
    )
    return tuple(connection.execute(wanted).scalars())
