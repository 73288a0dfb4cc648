"""The year's plan beside a meeting: decided now, if everybody passes, and required; counted, never ranked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, or_, select

from recruit.commands.sitting import REFUSED, SittingRow, count_of
from recruit.context import Context, past
from recruit.tables import Dossier, Organization, Person, Plan
from workflows.plans.arithmetic import required
from workflows.plans.funnel import Composed
from workflows.scan.plans import belongs_by_month
from workflows.scan.register import Traits

_Counted = Mapping[str, Any]
_LEADS_TO_ADMISSION = frozenset((("preexamined", ""), ("committee_decided", "admission")))
_ON_THE_WAY = ("admission_publicity", "approval")
_OUT = frozenset(("deferred", "barred", REFUSED, "not_passed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """`label` as the plan has it; `unknown`: of how many of those counted the record does not say."""

    label: str
    share: Composed
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """`now`: admitted this year, and pre-examined before this meeting; `if_all`: with those who may pass."""

    year: int
    total: int
    now: int
    if_all: int
    places: tuple[tuple[str, int, int], ...]
    lines: tuple[QuotaLine, ...]


def quota_of(context: Context, sitting: SittingRow) -> Quota | None:
    """None for a meeting that leads to no admission, or where the year has no plan."""
    on_agenda = [one for one in sitting.items if (one.do, one.purpose) in _LEADS_TO_ADMISSION]
    if not on_agenda or sitting.kind != "committee":
        return None
    in_line = [one.dossier for one in on_agenda if one.state not in _OUT and not _has_failed(sitting, one.id)]
    with context.record.reading() as connection:
        plan = _plan(connection, sitting)
        if plan is None:
            return None
        listed = frozenset(one.dossier for one in on_agenda)
        before = _before(connection, context, sitting, but=listed)
        coming = _persons(connection, context, in_line)
    document = json.loads(plan["document"])
    return Quota(
        year=sitting.on.year,
        total=plan["total"],
        now=len(before),
        if_all=len(before) + len(coming),
        places=tuple(_places(document, before + coming)),
        lines=tuple(_line(one, plan["total"], before, coming, sitting.on) for one in _shares(document)),
    )


def _has_failed(sitting: SittingRow, item: str) -> bool:
    count = count_of(sitting, sitting.item(item))
    return count is not None and count.outcome != "passed"


def _plan(connection: Connection, sitting: SittingRow) -> RowMapping | None:
    wanted = (
        select(Plan.total, Plan.document)
        .where(Plan.committee == sitting.place.id, Plan.year == sitting.on.year)
        .order_by(Plan.version.desc())
        .limit(1)
    )
    return connection.execute(wanted).mappings().one_or_none()


_PERSON = (
    Dossier.id, Dossier.facts, Dossier.last_hash,
    Person.sex, Person.birth_month, Person.education, Person.category,
)  # fmt: skip


def _counted(context: Context, row: RowMapping) -> _Counted:
    """With the category that the acts say, as everywhere; of the directory where none does."""
    facts = context.record.remembered.facts(row["id"], bytes(row["last_hash"]), row["facts"])
    return {**row, "category": facts.category or row["category"]}


def _before(
    connection: Connection, context: Context, sitting: SittingRow, *, but: frozenset[str]
) -> list[_Counted]:
    year, path = sitting.on.year, sitting.place.path
    wanted = (
        select(*_PERSON)
        .join(Person, Person.id == Dossier.person)
        .join(Organization, Organization.id == Dossier.branch)
        .where(
            Organization.path >= path,
            Organization.path < past(path),
            or_(
                Dossier.admission_decided_on.between(date(year, 1, 1), date(year, 12, 31)),
                Dossier.stage.in_(_ON_THE_WAY),
            ),
        )
    )
    rows = connection.execute(wanted).mappings().all()
    return [_counted(context, row) for row in rows if row["id"] not in but]


def _persons(connection: Connection, context: Context, dossiers: Sequence[str]) -> list[_Counted]:
    wanted = select(*_PERSON).join(Person, Person.id == Dossier.person).where(Dossier.id.in_(dossiers))
    return [_counted(context, row) for row in connection.execute(wanted).mappings()]


def _shares(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = document.get("composition") or ()
    return [one for one in listed if isinstance(one.get("percent"), int) and one.get("group")]


def _places(document: Mapping[str, Any], rows: Sequence[_Counted]) -> list[tuple[str, int, int]]:
    """Each category of the plan: its label, how many if all pass, its places."""
    counted = [row["category"] for row in rows]
    return [
        (str(one.get("label") or one.get("category")), counted.count(one.get("category")), one["places"])
        for one in document.get("allocations") or ()
        if isinstance(one.get("places"), int)
    ]


def _line(
    share: Mapping[str, Any], total: int, before: list[_Counted], coming: list[_Counted], on: date
) -> QuotaLine:
    group, percent = str(share["group"]), int(share["percent"])
    now = [_belongs(group, row, on) for row in before]
    later = [_belongs(group, row, on) for row in coming]
    composed = Composed(
        group=group,
        percent=percent,
        total=total,
        exact_hundredths=percent * total,
        required=required(percent, total),
        now=now.count(True),
        if_all_pass=now.count(True) + later.count(True),
    )
    return QuotaLine(
        label=str(share.get("label") or group), share=composed, unknown=(now + later).count(None)
    )


def _belongs(group: str, row: Mapping[str, Any], on: date) -> bool | None:
    """The day of birth is sealed: by its month, and not known where only the day would tell."""
    traits = Traits(sex=row["sex"], education=row["education"], category=row["category"])
    return belongs_by_month(group, traits, row["birth_month"], on)
