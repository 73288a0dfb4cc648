"""Who may stand on a notice: everybody near it within reach, each tried against the rules without writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from recruit.commands.acts import RecordAct, record_act
from recruit.commands.notices import NewNotice
from recruit.commands.rights import BRANCH, COMMITTEE
from recruit.context import Context, reach
from recruit.errors import NotFound, RecordError, Refused
from recruit.queries.notices import Paper, posted_people
from recruit.queries.rows import COLUMNS, DossierRow, dossier_row, within_reach
from recruit.tables import Dossier, Organization, Person
from workflows.facts import Notice
from workflows.findings import Finding
from workflows.rules.publicity import last_day_needed

MOST = 200
_BEFORE = {"admission": ("vetting",)}  # who comes next, shown with what is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Postable:
    """`findings`: what refuses or is remarked; `refusal`: why not. `hangs_until`: posted already."""

    row: DossierRow
    is_ready: bool
    findings: tuple[Finding, ...]
    refusal: RecordError | None
    hangs_until: date | None


def postable(context: Context, new: NewNotice) -> tuple[Postable, ...]:
    """By the strokes of the surnames, the ready ones first; tried is a posting in the first place."""
    with context.record.reading() as connection:
        ground = context.record.laws.ground(connection, _top(context))
        edition = ground.edition_on(new.on)
        kind = edition.acts["notice_posted"]
        stages = {*kind.stages(new.purpose), *_BEFORE.get(new.purpose, ())}
        rows = connection.execute(
            within_reach(context, *COLUMNS, Dossier.facts, Dossier.last_hash)
            .where(Dossier.stage.in_(stages), reach(Organization.path, context.paths()))
            .order_by(Person.strokes, Person.name, Dossier.id)
            .limit(MOST)
        ).all()
    found = []
    for row in rows:
        facts = context.record.remembered.facts(row.id, bytes(row.last_hash), row.facts)
        hanging = [one.last for one in facts.open_notices(new.purpose)]
        found.append(_tried(context, new, dossier_row(row), max(hanging, default=None)))
    return tuple(sorted(found, key=lambda one: (not one.is_ready, one.hangs_until is not None)))


def last_day_of(context: Context, purpose: str, first: date) -> date:
    """The earliest last day that every length allows for a paper that hangs from `first`."""
    with context.record.reading() as connection:
        ground = context.record.laws.ground(connection, _top(context))
    drafted = Notice(0, purpose, "home", first, first, first)
    needed = last_day_needed(ground.calendar, ground.settings_on(first), drafted)
    return needed[0] if needed else first


def draft_of(context: Context, new: NewNotice, dossiers: Sequence[str], *, place: str) -> Paper:
    """The paper as it would hang, with whom of these the actor reaches. Raises `NotFound` for nobody."""
    with context.record.reading() as connection:
        wanted = (
            within_reach(
                context, Dossier.id.label("dossier"), Dossier.facts, Dossier.last_hash, Person.name,
                Person.sex, Person.birth_month, Person.education, Organization.name.label("branch"),
                Organization.path,
            )
            .where(Dossier.id.in_(dossiers))
            .order_by(Person.strokes, Person.name, Dossier.id)
        )  # fmt: skip
        rows = connection.execute(wanted).all()
        held = context.actor.held((*BRANCH, *COMMITTEE), rows[0].path) if rows else None
        if held is None:
            raise NotFound(what="dossier")
        name = connection.execute(
            select(Organization.name).where(Organization.id == held.organization)
        ).scalar_one()
        return Paper(
            code="", organization=name, purpose=new.purpose, place=place, first=new.from_on, last=new.to_on,
            people=posted_people(connection, context.record, new.purpose, rows),
            calendar=context.record.laws.ground(connection, held.path).calendar, kept=None,
        )  # fmt: skip


def _tried(context: Context, new: NewNotice, row: DossierRow, hangs_until: date | None) -> Postable:
    command = RecordAct(
        dossier=row.id,
        do="notice_posted",
        on=new.on,
        details=new.details(new.places[0]),
        seen_version=row.version,
        key="tried",
        dry_run=True,
    )
    findings: tuple[Finding, ...] = ()
    refusal: RecordError | None = None
    try:
        findings = record_act(context, command).findings
    except Refused as refused:
        findings, refusal = refused.findings, refused
    except RecordError as error:
        refusal = error
    return Postable(
        row=row, is_ready=refusal is None, findings=findings, refusal=refusal, hangs_until=hangs_until
    )


def _top(context: Context) -> str:
    paths = context.paths()
    if not paths:
        raise NotFound(what="organization")
    return paths[0]
