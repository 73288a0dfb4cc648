"""Who counts against a year's plan: those admitted in the year, and those who stand in line for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_

from recruit.context import Context, reach
from recruit.queries.rows import within_reach
from recruit.tables import Dossier, Organization, Person
from workflows.plans.document import Plan
from workflows.plans.funnel import Composed, composition_of
from workflows.scan.plans import belongs_by_month
from workflows.scan.register import Traits

IN_LINE = ("vetting", "admission_publicity", "approval")  # the stages in which an admission is under way


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """`decided_on` None: in line. `as_of`: the day for the age, that of the vote or today."""

    dossier: str
    name: str
    branch: str
    branch_name: str
    category: str | None
    sex: str | None
    birth_month: str | None
    education: str | None
    decided_on: date | None
    as_of: date

    @property
    def is_decided(self) -> bool:
        return self.decided_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCount:
    """`inside` belong to the group; of `unknown` the directory does not say."""

    composed: Composed
    label: str
    inside: tuple[Counted, ...]
    unknown: tuple[Counted, ...]


def counted_people(context: Context, path: str, year: int) -> tuple[Counted, ...]:
    """Of the plan's subtree within reach: decided in the year, or in line; by the strokes of the surname.

    Nobody is in line for a year that is over.
    """
    is_decided = Dossier.admission_decided_on.between(date(year, 1, 1), date(year, 12, 31))
    is_in_line = and_(Dossier.stage.in_(IN_LINE), Dossier.admission_decided_on.is_(None))
    wanted = (
        within_reach(
            context, Dossier.id, Person.name, Dossier.branch, Organization.name.label("branch_name"),
            Person.category, Person.sex, Person.birth_month, Person.education,
            Dossier.admission_decided_on, Dossier.facts, Dossier.last_hash,
        )
        .where(
            reach(Organization.path, (path,)),
            or_(is_decided, is_in_line) if year == context.on.year else is_decided,
        )
        .order_by(Person.strokes, Person.name, Dossier.id)
    )  # fmt: skip
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
    found = []
    for row in rows:
        facts = context.record.remembered.facts(row.id, bytes(row.last_hash), row.facts)
        found.append(
            Counted(
                dossier=row.id,
                name=row.name,
                branch=row.branch,
                branch_name=row.branch_name,
                category=facts.category or row.category,
                sex=row.sex,
                birth_month=row.birth_month,
                education=row.education,
                decided_on=row.admission_decided_on,
                as_of=facts.admitted_on or context.on,
            )
        )
    return tuple(found)


def shares_of(plan: Plan, people: tuple[Counted, ...]) -> tuple[ShareCount, ...]:
    """Each share of the plan: reached now, reached if all in line pass, required, and who counts."""
    inside = {
        share.group: tuple(one for one in people if _belongs(share.group, one) is True)
        for share in plan.composition
    }
    now = {group: sum(one.is_decided for one in found) for group, found in inside.items()}
    in_line = {group: sum(not one.is_decided for one in found) for group, found in inside.items()}
    labels = {share.group: share.label or share.group for share in plan.composition}
    return tuple(
        ShareCount(
            composed=one,
            label=labels[one.group],
            inside=inside[one.group],
            unknown=tuple(person for person in people if _belongs(one.group, person) is None),
        )
        for one in composition_of(plan, now=now, in_line=in_line)
    )


def _belongs(group: str, one: Counted) -> bool | None:
    """The day of birth is sealed: whoever may have turned too old within the month is not known."""
    traits = Traits(sex=one.sex, education=one.education, category=one.category)
    return belongs_by_month(group, traits, one.birth_month, one.as_of)
