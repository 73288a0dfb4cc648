"""The numbers of a year's plan; each one leads to its arithmetic and to the people who make it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.plans import placed_plan_of
from recruit.queries.quota import Counted, ShareCount, counted_people, shares_of
from web.language import language
from web.plans.page import plan_or_none
from web.words import choice_name
from workflows.plans.document import Plan


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    branch: str
    href: str
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Group:
    """People behind a number, under an anchor of the page."""

    id: str
    title: str
    arithmetic: str
    people: tuple[Person, ...]
    unknown: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    title: str
    text: str
    if_all: str
    href: str


@dataclass(frozen=True, slots=True)
class Share:
    title: str
    now: int
    if_all_pass: int
    required: int
    missing: str
    arithmetic: str
    unknown: int
    href: str


@dataclass(frozen=True, slots=True)
class Branch:
    name: str
    decided: int
    in_line: int
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    year: int
    committee: str
    nothing: str
    tiles: tuple[Tile, ...] = ()
    branches: tuple[Branch, ...] = ()
    shares: tuple[Share, ...] = ()
    groups: tuple[Group, ...] = ()
    plan_href: str = ""


def quota_page(context: Context, year: int) -> Page:
    """Only of a plan that can be read whole; a part of one says nothing about shares."""
    placed = placed_plan_of(context, year)
    plan = plan_or_none(placed.document) if placed else None
    if placed is None or plan is None:
        nothing = (
            _("There is no plan for this year yet.")
            if placed is None
            else _("This plan is not complete enough to be checked.")
        )
        return Page(year, placed.place.name if placed else "", nothing)
    people = counted_people(context, placed.place.path, year)
    shares = shares_of(plan, people)
    return Page(
        year=year,
        committee=placed.place.name,
        nothing="",
        tiles=tuple(_tiles(plan, people)),
        branches=tuple(_branches(people)),
        shares=tuple(_share(one) for one in shares),
        groups=(*_place_groups(plan, people), *_branch_groups(people), *(_group(one) for one in shares)),
        plan_href=url_for("plans.year", year=year),
    )


def _tiles(plan: Plan, people: Sequence[Counted]) -> Iterable[Tile]:
    yield _tile(_("Whole plan"), people, plan.total, "all")
    for one in plan.allocations:
        of_it = [person for person in people if person.category == one.category]
        yield _tile(_label(one.label, one.category), of_it, one.places, f"c-{one.category}")


def _tile(title: str, people: Sequence[Counted], places: int, anchor: str) -> Tile:
    decided = sum(one.is_decided for one in people)
    return Tile(
        title=title,
        text=f"{decided}/{places}",
        if_all=_("if all pass %(n)s", n=len(people)),
        href=f"#{anchor}",
    )


def _label(written: str, category: str) -> str:
    return written if language() == "zh" and written else choice_name("category", category)


def _branches(people: Sequence[Counted]) -> list[Branch]:
    names = dict(sorted({one.branch: one.branch_name for one in people}.items(), key=lambda pair: pair[1]))
    return [
        Branch(
            name=name,
            decided=sum(one.is_decided for one in people if one.branch == branch),
            in_line=sum(not one.is_decided for one in people if one.branch == branch),
            href=f"#b-{branch}",
        )
        for branch, name in names.items()
    ]


def _share(one: ShareCount) -> Share:
    composed = one.composed
    return Share(
        title=group_name(composed.group, one.label),
        now=composed.now,
        if_all_pass=composed.if_all_pass,
        required=composed.required,
        missing=_missing(one),
        arithmetic=arithmetic(one),
        unknown=len(one.unknown),
        href=f"#g-{composed.group}",
    )


def _missing(one: ShareCount) -> str:
    """Of whom it is not known may belong to the group: then the number is a span."""
    most = one.composed.missing
    least = max(0, most - len(one.unknown))
    return str(most) if least == most else _("%(least)s to %(most)s", least=least, most=most)


def arithmetic(one: ShareCount) -> str:
    """9 人的 45% = 4.05，取 5 人."""
    composed = one.composed
    whole, hundredths = divmod(composed.exact_hundredths, 100)
    exact = f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")
    return _(
        "%(percent)s%% of %(total)s people = %(exact)s, so %(required)s people",
        percent=composed.percent, total=composed.total, exact=exact, required=composed.required,
    )  # fmt: skip


def group_name(group: str, label: str) -> str:
    """As the plan calls it in Chinese; the groups that are known in English."""
    known = {
        "women": _("Women"),
        "under_35": _("35 and under"),
        "high_school": _("High school and above"),
        "front_line": _("Farmers, herders and workers at the front line"),
        "ethnic_minority": _("Ethnic minorities"),
    }
    return label if language() == "zh" else known.get(group, label)


def _place_groups(plan: Plan, people: Sequence[Counted]) -> list[Group]:
    whole = Group("all", _("Whole plan"), _counting(people, plan.total), _people(people))
    rest = [
        Group(
            f"c-{one.category}",
            _label(one.label, one.category),
            _counting([person for person in people if person.category == one.category], one.places),
            _people(person for person in people if person.category == one.category),
        )
        for one in plan.allocations
    ]
    return [whole, *rest]


def _branch_groups(people: Sequence[Counted]) -> list[Group]:
    return [
        Group(
            branch.href[1:],
            branch.name,
            "",
            _people(one for one in people if f"#b-{one.branch}" == branch.href),
        )
        for branch in _branches(people)
    ]


def _group(one: ShareCount) -> Group:
    composed = one.composed
    counted = _(
        "%(now)s decided + %(line)s in line = %(all)s; required %(required)s; short by %(missing)s",
        now=composed.now, line=composed.if_all_pass - composed.now, all=composed.if_all_pass,
        required=composed.required, missing=composed.missing,
    )  # fmt: skip
    return Group(
        f"g-{composed.group}",
        group_name(composed.group, one.label),
        ("。" if language() == "zh" else ". ").join((arithmetic(one), counted)),
        _people(one.inside),
        _people(one.unknown),
    )


def _counting(people: Sequence[Counted], places: int) -> str:
    decided = sum(one.is_decided for one in people)
    return _(
        "%(places)s places; %(decided)s decided + %(line)s in line = %(all)s",
        places=places, decided=decided, line=len(people) - decided, all=len(people),
    )  # fmt: skip


def _people(counted: Iterable[Counted]) -> tuple[Person, ...]:
    return tuple(
        Person(one.name, one.branch_name, url_for("dossiers.page", dossier=one.dossier), one.is_decided)
        for one in counted
    )
