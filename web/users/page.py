"""The list of users and one user, as administrators and auditors see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.factor_losses import REPORTERS
from recruit.context import ROLES, Context
from recruit.queries.users import GrantRow, LossRow, UserPage, UserRow, UserView, grant_places
from web import dates
from web.acts.fields import Box, Choice, filled
from web.language import language
from web.words import joined, word

INVITERS = ("system_admin",)
KEEPERS = ("system_admin", "security_admin")
GRANTERS = ("security_admin",)
_ORDER = (
    "branch_secretary", "branch_clerk", "general_branch", "organizer", "committee_member",
    "committee_secretary", "department", "auditor", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip
ROLES_IN_ORDER = (*_ORDER, *sorted(ROLES - set(_ORDER)))


@dataclass(frozen=True, slots=True)
class Row:
    href: str
    name: str
    login: str
    roles: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    rows: list[Row]
    q: str
    next_href: str
    invite: tuple[Box, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class GrantItem:
    role: str
    place: str
    days: str
    css: str
    state: str
    end_action: str
    today: str


@dataclass(frozen=True, slots=True)
class LossItem:
    text: str
    may_confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPageShown:
    """What may be pressed; `may_...` by the visitor's role, and never on the own account."""

    id: str
    name: str
    login: str
    marks: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    grants: list[GrantItem]
    form: tuple[Box, ...]
    loss: LossItem | None
    is_disabled: bool
    is_locked: bool
    is_own: bool
    may_keep: bool
    may_unlock: bool
    may_report: bool
    problem: str


def list_page(context: Context, page: UserPage, q: str, form: MultiDict[str, str], problem: str) -> ListPage:
    following = url_for("users.listed", q=q or None, after=page.after) if page.after else ""
    may_invite = bool(context.actor.roles() & set(INVITERS))
    return ListPage(
        rows=[_row(row) for row in page.rows],
        q=q,
        next_href=following,
        invite=_invite_boxes(context, form) if may_invite else (),
        problem=problem,
    )


def user_page(
    context: Context,
    view: UserView,
    form: MultiDict[str, str],
    problems: Mapping[str, str],
    problem: str = "",
) -> UserPageShown:
    roles, is_own = context.actor.roles(), view.row.id == context.actor.user_id
    may_grant = bool(roles & set(GRANTERS)) and not is_own
    return UserPageShown(
        id=view.row.id,
        name=view.row.name,
        login=view.row.login,
        marks=_marks(view.row),
        facts=_facts(view),
        grants=[
            _grant(context, view.row.id, one, may_end=bool(roles & set(GRANTERS))) for one in view.grants
        ],
        form=_grant_boxes(context, form, problems) if may_grant else (),
        loss=_loss(view.loss),
        is_disabled=view.row.is_disabled,
        is_locked=view.locked_until is not None,
        is_own=is_own,
        may_keep=bool(roles & set(KEEPERS)) and not is_own,
        may_unlock=bool(roles & set(GRANTERS)) and view.locked_until is not None,
        may_report=view.row.has_factor and not is_own and bool(roles & set(REPORTERS)),
        problem=problem,
    )


def moment(at: datetime) -> str:
    return f"{dates.long_day(dates.local(at).date(), language())} {dates.clock_time(at)}"


def _row(row: UserRow) -> Row:
    return Row(
        href=url_for("users.user", user=row.id),
        name=row.name,
        login=row.login,
        roles=joined(word("role", role) for role in row.roles) or _("no role yet"),
        marks=_marks(row),
    )


def _marks(row: UserRow) -> tuple[tuple[str, str], ...]:
    """Each with its level, in words."""
    if row.is_disabled:
        return (("bad", _("disabled")),)
    marks = [] if row.has_password else [("warn", _("link not used yet"))]
    return (*marks, ("ok", _("with code"))) if row.has_factor else tuple(marks)


def _facts(view: UserView) -> tuple[tuple[str, str], ...]:
    password = _("chosen") if view.row.has_password else _("none yet: the link was not used")
    code = _("set up") if view.row.has_factor else _("not set up")
    facts = [(_("User name"), view.row.login), (_("Password"), password), (_("Code at log-in"), code)]
    if view.link_until is not None:
        facts.append((_("Link handed over"), _("opens until %(when)s", when=moment(view.link_until))))
    if view.locked_until is not None:
        facts.append((_("Locked"), _("until %(when)s, after failed log-ins", when=moment(view.locked_until))))
    return tuple(facts)


def _grant(context: Context, user: str, row: GrantRow, *, may_end: bool) -> GrantItem:
    begins = dates.long_day(row.from_on, language())
    days = _("since %(day)s", day=begins)
    if row.to_on is not None:
        days = _("%(first)s to %(last)s", first=begins, last=dates.long_day(row.to_on, language()))
    state, css = _("ended"), ""
    if row.holds(context.on):
        state, css = _("holds now"), "ok"
    elif row.from_on > context.on:
        state, css = _("to come"), "warn"
    can_end = may_end and (row.to_on is None or row.to_on > context.on)
    return GrantItem(
        role=word("role", row.role),
        place=row.organization_name,
        days=days,
        css=css,
        state=state,
        end_action=url_for("users.end_grant", user=user, grant=row.id) if can_end else "",
        today=context.on.isoformat(),
    )


def _loss(row: LossRow | None) -> LossItem | None:
    if row is None:
        return None
    text = _(
        "%(name)s reported on %(when)s that telephone and printed codes are lost.",
        name=row.reported_by,
        when=moment(row.reported_at),
    )
    return LossItem(text, row.may_confirm)


def _invite_boxes(context: Context, form: MultiDict[str, str]) -> tuple[Box, ...]:
    boxes = (
        Box("name", "text", _("Name"), required=True),
        Box(
            "login", "text", _("User name"), required=True,
            hint=_("Short and easy to type, such as the name in pinyin: lijianguo."),
        ),
        Box(
            "organization", "select", _("Where the person works"), required=True, choices=_places(context)
        ),
    )  # fmt: skip
    return tuple(filled(box, form, {}) for box in boxes)


def _grant_boxes(context: Context, form: MultiDict[str, str], problems: Mapping[str, str]) -> tuple[Box, ...]:
    roles = tuple(Choice(role, word("role", role)) for role in ROLES_IN_ORDER)
    first = (context.on.isoformat(),)
    boxes = (
        Box("role", "select", _("Role"), required=True, choices=roles),
        Box("organization", "select", _("For which organization"), required=True, choices=_places(context),
            hint=_("The role reaches everything below it, too.")),
        Box("from_on", "date", _("From"), required=True, values=first),
        Box("to_on", "date", _("Up to and with"), hint=_("Empty: until it is ended.")),
    )  # fmt: skip
    return tuple(filled(box, form, problems) for box in boxes)


def _places(context: Context) -> tuple[Choice, ...]:
    return tuple(Choice(id_, name) for id_, name in grant_places(context))
