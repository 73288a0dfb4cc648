"""What there is to administer, each with how much there is and what is missing."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.plans import PLANNERS
from recruit.context import ADMINISTRATORS, READING_ROLES, Context
from recruit.queries.crew import crews_in_reach
from recruit.queries.organization_tree import organization_tree
from recruit.queries.rolls import rolls
from recruit.queries.years import calendar_years
from web.state.views import WATCHING
from web.visitors import visitor
from workflows.edition import EDITIONS

USERS = "/admin/users"


@dataclass(frozen=True, slots=True)
class Card:
    """`missing` empty: nothing is."""

    title: str
    text: str
    missing: str
    href: str


def cards_of(context: Context) -> list[Card]:
    seen = visitor()
    assert seen is not None
    found = [_organizations(context)]
    if seen.roles & READING_ROLES:
        found.append(_rolls(context))
    if seen.roles & ADMINISTRATORS:
        found.append(Card(_("Users and roles"), _("log-ins, roles, second factor"), "", USERS))
    found.append(
        Card(
            _("Local settings"), _("what is stricter here than in the edition, the list of papers"), "",
            url_for("settings.places"),
        )
    )  # fmt: skip
    found.append(_calendar(context))
    if seen.roles & set(PLANNERS):
        text = _("total, allocations, milestones; checked before they are saved")
        found.append(Card(_("Plans of the year"), text, "", url_for("planning.years")))
    editions = _("the law as data: %(years)s", years=", ".join(EDITIONS))
    found.append(Card(_("Editions of the rules"), editions, "", url_for("editions.every")))
    if seen.roles & set(WATCHING):
        text = _("backup, clock, guards, keys, disk, who is missing")
        found.append(Card(_("System state"), text, "", url_for("state.state")))
    return found


def _organizations(context: Context) -> Card:
    count = len(organization_tree(context))
    short = sum(not crew.is_complete for crew in crews_in_reach(context))
    return Card(
        _("Organizations"),
        ngettext("%(num)s organization", "%(num)s organizations", count),
        ngettext("%(num)s short of people", "%(num)s short of people", short) if short else "",
        url_for("organizations.tree"),
    )


def _rolls(context: Context) -> Card:
    found = [one for one in rolls(context) if not one.is_closed]
    empty = sum(not one.full_count and not one.probationary_count for one in found)
    return Card(
        _("Branch rolls"),
        ngettext("%(num)s branch", "%(num)s branches", len(found)),
        ngettext("%(num)s without members", "%(num)s without members", empty) if empty else "",
        url_for("rolls.every"),
    )


def _calendar(context: Context) -> Card:
    years = calendar_years(context.record, context.now)
    missing = [str(one.year) for one in years if not one.is_known]
    return Card(
        _("Calendar of holidays"),
        _("holidays and make-up days, year by year"),
        _("%(years)s not entered", years=", ".join(missing)) if missing else "",
        url_for("years.every"),
    )
