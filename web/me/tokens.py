"""The visitor's own tokens: shown once when they are made, listed until they end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.reading import read_day
from recruit.commands.tokens import Made, MakeToken, make_token
from recruit.context import Context
from recruit.queries.tokens import TokenRow, my_tokens
from web import dates
from web.interface import DOCS
from web.language import language
from web.words import clauses


@dataclass(frozen=True, slots=True)
class Running:
    name: str
    about: str
    end: str


@dataclass(frozen=True, slots=True)
class TokenPage:
    """`secret`: the one just made, which no other page shows."""

    running: Sequence[Running]
    secret: str
    problem: str
    docs: str


def token_page(context: Context, *, secret: str, problem: str) -> TokenPage:
    running = [
        Running(name=row.name, about=_about(row), end=url_for("me.end_own", token=row.id))
        for row in my_tokens(context)
    ]
    return TokenPage(running=running, secret=secret, problem=problem, docs=DOCS)


def made_of(context: Context, entries: Mapping[str, str]) -> Made:
    """What was entered. Raises as `make_token`."""
    last = entries.get("last_on", "").strip()
    last_on = read_day(last, field="last_on") if last else None
    return make_token(
        context, MakeToken(user=context.actor.user_id, name=entries.get("name", ""), last_on=last_on)
    )


def _about(row: TokenRow) -> str:
    made = dates.long_day(dates.local(row.made_at).date(), language())
    parts = [_("since %(day)s", day=made)]
    if row.last_on is not None:
        parts.append(_("until %(day)s", day=dates.long_day(row.last_on, language())))
    if row.used_on is None:
        parts.append(_("not used yet"))
    else:
        parts.append(_("last used on %(day)s", day=dates.long_day(row.used_on, language())))
    return clauses(parts)
