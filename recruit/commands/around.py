"""What lies around a dossier, loaded for one act: only what its rules ask for."""

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from recruit.commands.standing import Standing
from recruit.context import Context, past
from recruit.discretion import knows_objections
from recruit.log.envelope import act_of
from recruit.prepared import Prepared
from recruit.serial import one_at_a_time
from recruit.stand_ins import are_one, stints_of
from recruit.submissions import ASKS_SUBMISSIONS, unread_purposes
from recruit.tables import Act as ActRow
from recruit.tables import Dossier, Form, Membership, Organization, Penalty, Person, Plan
from workflows.acts import Act
from workflows.around import Around, Member, Places, Roll
from workflows.around import Penalty as Served

ASKS_ROLL = frozenset(("contacts_assigned", "sponsors_named", "meeting_voted"))
ASKS_PLAN = frozenset(("preexamined", "committee_decided"))
_ENDED = ("withdrawn", "closed", "cancelled", "not_recognized", "transferred_out", "deceased", "full_member")

_MEMBERS = Prepared(
    select(Membership.person, Membership.since, Membership.full_since, Membership.until).where(
        Membership.branch == bindparam("branch")
    ),
)
_PENALTIES = Prepared(
    select(Penalty.person, Penalty.kind, Penalty.on, Penalty.until)
    .join(Membership, Membership.person == Penalty.person)
    .where(Membership.branch == bindparam("branch"))
    .distinct(),
)
_FORM = Prepared(select(Form.dossier).where(Form.number == bindparam("number")))
_RECORDER = Prepared(
    select(ActRow.canonical).where(ActRow.dossier == bindparam("dossier"), ActRow.seq == bindparam("seq"))
)
_OPEN = Prepared(
    select(Dossier.id)
    .where(
        Dossier.person == bindparam("person"),
        Dossier.id != bindparam("but"),
        *(Dossier.stage != stage for stage in _ENDED),
    )
    .limit(1),
)
_MEMBERSHIP = Prepared(
    select(Membership.id)
    .where(
        Membership.person == bindparam("person"),
        Membership.since <= bindparam("day"),
        (Membership.until.is_(None)) | (Membership.until > bindparam("day")),
    )
    .limit(1),
)


def load_around(connection: Connection, context: Context, standing: Standing, act: Act) -> Around:
    judged = act.replacement or act
    committee = standing.committee
    return Around(
        roll=roll_of(connection, standing.branch)
        if judged.do in ASKS_ROLL or act.do == "corrected"
        else None,
        is_roll_expected=True,
        committee_kind=committee.kind if committee else None,
        superiors=frozenset(place.id for place in standing.line[:-1]),
        forms_in_use=_forms(connection, standing, judged),
        plan=_places(connection, standing, judged) if committee and judged.do in ASKS_PLAN else None,
        born=born(context, standing),
        is_open_elsewhere=standing.facts is None and _is_open_elsewhere(connection, standing, act),
        corrects_by=_corrects_by(connection, standing, act),
        one_with=_one_with(connection, context, standing, act),
        unread=_unread(connection, context, standing) if judged.do in ASKS_SUBMISSIONS else frozenset(),
        is_discreet=not knows_objections(context, standing.path),
    )


def load_whole_around(connection: Connection, context: Context, standing: Standing) -> Around:
    """What any act of today might be asked by: for the pages, which judge every step at once."""
    act = Act(do="", on=context.on, recorded_at=context.now)
    return replace(
        load_around(connection, context, standing, act),
        roll=roll_of(connection, standing.branch),
        plan=_places(connection, standing, act) if standing.committee else None,
        unread=_unread(connection, context, standing),
    )


def roll_of(connection: Connection, branch: str) -> Roll | None:
    """Everybody who ever was on the branch's roll; None where there is none."""
    rows = _MEMBERS.run(connection, {"branch": branch}).fetchall()
    if not rows:
        return None
    penalties: dict[str, list[Served]] = {}
    for person, kind, on, until in _PENALTIES.run(connection, {"branch": branch}).fetchall():
        penalties.setdefault(person, []).append(Served(kind, _day(on), _day_or_none(until)))
    members = {
        person: Member(
            person,
            _day_or_none(full_since),
            tuple(penalties.get(person, ())),
            _day(since),
            _day_or_none(until),
        )
        for person, since, full_since, until in sorted(rows, key=lambda row: row[1])
    }
    return Roll(members)


def born(context: Context, standing: Standing) -> date | None:
    if standing.born_sealed is None:
        return None
    clear = context.record.keys.unseal(
        standing.person, f"person:born_sealed:{standing.person}", standing.born_sealed
    )
    return date.fromisoformat(clear.decode())


def _unread(connection: Connection, context: Context, standing: Standing) -> frozenset[str]:
    committee = standing.committee.id if standing.committee else None
    return unread_purposes(connection, context.record, dossier=standing.id, committee=committee)


def _forms(connection: Connection, standing: Standing, act: Act) -> frozenset[str]:
    """The act's own number where another dossier has it: nothing else is asked."""
    number = act.text("number") if act.do == "form_issued" else None
    if number is None:
        return frozenset()
    one_at_a_time(connection, f"form:{number}")
    row = _FORM.run(connection, {"number": number}).fetchone()
    return frozenset((number,)) if row is not None and row[0] != standing.id else frozenset()


def _places(connection: Connection, standing: Standing, act: Act) -> Places | None:
    """The newest version of the year's plan, and the admissions already decided under it."""
    committee = standing.committee
    assert committee is not None
    year = act.on.year
    one_at_a_time(connection, f"plan:{committee.id}:{year}")
    plan = connection.execute(
        select(Plan.total, Plan.document)
        .where(Plan.committee == committee.id, Plan.year == year)
        .order_by(Plan.version.desc())
        .limit(1),
    ).one_or_none()
    if plan is None:
        return None
    rows = connection.execute(
        select(Person.category, func.count())
        .select_from(Dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .join(Person, Person.id == Dossier.person)
        .where(
            Organization.path >= committee.path,
            Organization.path < past(committee.path),
            Dossier.admission_decided_on.between(date(year, 1, 1), date(year, 12, 31)),
            Dossier.id != standing.id,
        )
        .group_by(Person.category),
    )
    used = {category: count for category, count in rows}  # noqa: C416 - rows are not pairs to the type checker
    category = (standing.facts.category if standing.facts else None) or standing.category
    return Places(
        total=plan.total,
        used=sum(used.values()),
        category_total=allocated(plan.document, category),
        category_used=used.get(category, 0),
    )


def allocated(document: str, category: str | None) -> int | None:
    """The places that a plan gives to a category; None where it names none."""
    allocations = json.loads(document).get("allocations") or ()
    return next((one.get("places") for one in allocations if one.get("category") == category), None)


def _is_open_elsewhere(connection: Connection, standing: Standing, act: Act) -> bool:
    if _OPEN.run(connection, {"person": standing.person, "but": standing.id}).fetchone() is not None:
        return True
    day = act.on.isoformat()
    return _MEMBERSHIP.run(connection, {"person": standing.person, "day": day}).fetchone() is not None


def _corrects_by(connection: Connection, standing: Standing, act: Act) -> str | None:
    named = act.count("act") if act.do == "corrected" else None
    row = _RECORDER.run(connection, {"dossier": standing.id, "seq": named}).fetchone() if named else None
    return act_of(bytes(row[0])).by if row else None


def _one_with(connection: Connection, context: Context, standing: Standing, act: Act) -> frozenset[str]:
    """Whoever recorded what is corrected or decided, where a person of this act counts as one with them."""
    seq, recorder = _rests_on(connection, standing, act)
    row = _RECORDER.run(connection, {"dossier": standing.id, "seq": seq}).fetchone() if recorder else None
    persons = {act.confirmed_by, act.by if act.do == "corrected" else None} - {None}
    if row is None or recorder is None or not persons:
        return frozenset()
    instants = (act_of(bytes(row[0])).recorded_at, context.now)
    stints = stints_of(connection, (recorder, *(one for one in persons if one)))
    is_one = any(are_one(stints, one, recorder, *instants) for one in persons if one)
    return frozenset((recorder,)) if is_one else frozenset()


def _rests_on(connection: Connection, standing: Standing, act: Act) -> tuple[int | None, str | None]:
    """The act that this one corrects, or the vote that it decides on, and who recorded that."""
    if act.do == "corrected":
        return act.count("act"), _corrects_by(connection, standing, act)
    votes = standing.facts.votes if standing.facts and act.do == "committee_decided" else ()
    vote = next((one for one in reversed(votes) if one.purpose == act.purpose), None)
    return (vote.seq, vote.by) if vote else (None, None)


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _day_or_none(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
