"""The second factor and the log-ins of a visitor, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from recruit.commands.factors import pending_secret
from recruit.context import Context
from recruit.queries.sessions import SessionRow, login_of, my_factor
from web import dates
from web.language import language
from web.visitors import Visitor

ISSUER = "Recruit"


@dataclass(frozen=True, slots=True)
class FactorPage:
    """`picture`, `typed`: what the telephone has to learn; both empty where nothing waits for a code."""

    is_needed: bool
    must: bool
    since: str
    left: str
    picture: Markup
    typed: str
    problem: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    title: str
    codes: tuple[str, ...]
    login: str
    made: str


@dataclass(frozen=True, slots=True)
class LogInRow:
    device: str
    began: str
    seen: str
    is_own: bool


def factor_page(context: Context, seen: Visitor, problem: str) -> FactorPage:
    state, secret = my_factor(context), pending_secret(context)
    return FactorPage(
        is_needed=seen.needs_factor,
        must=seen.lacks_factor,
        since=dates.long_day(dates.local(state.confirmed_at).date(), language())
        if state.confirmed_at
        else "",
        left=ngettext("%(num)s printed code is left.", "%(num)s printed codes are left.", state.codes_count),
        picture=_picture(secret, login_of(context)) if secret else Markup(""),
        typed=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) if secret else "",
        problem=problem,
    )


def codes_page(context: Context, codes: tuple[str, ...], *, is_new: bool) -> CodesPage:
    return CodesPage(
        title=_("The code is set up") if is_new else _("New printed codes"),
        codes=codes,
        login=login_of(context),
        made=dates.long_day(context.on, language()),
    )


def session_rows(rows: Sequence[SessionRow]) -> list[LogInRow]:
    return [
        LogInRow(
            device=row.device or _("a device that is not recognized"),
            began=_moment(row.created_at),
            seen=_moment(row.seen_at),
            is_own=row.is_own,
        )
        for row in rows
    ]


def _moment(at: datetime) -> str:
    return f"{dates.short_day(dates.local(at).date(), language())} {dates.clock_time(at)}"


def _picture(secret: str, login: str) -> Markup:
    """Drawn here, without a style: the policy of the pages lets nothing else in."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff", omitsize=False)
    return Markup(drawn)  # noqa: S704 - drawn from squares alone; no text of anybody is in it
