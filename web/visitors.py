"""Who is at the counter in this request, and when it is."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

import flask_login
from flask import Flask, Request, current_app, g, request
from flask_babel import gettext as _

from recruit.clock import Clock, civil_day
from recruit.commands.sessions import SignedIn, signed_in_or_none
from recruit.commands.tokens import bearer_of_token
from recruit.context import ADMINISTRATORS, Actor, Context
from recruit.passwords import is_stale
from recruit.record import Record
from web.config import Config
from web.cookies import login_token
from web.interface import bearer_secret, takes_login
from web.language import language, remember_account

BRANCH = frozenset({"branch_secretary", "branch_clerk"})
COMMITTEE = frozenset({"organizer", "committee_member", "committee_secretary"})
DECIDERS = frozenset({"committee_member", "committee_secretary"})
RECEIVERS = BRANCH | {"organizer"}  # an organizer records from the branch's signed paper
AUDIT = frozenset({"auditor", "audit_admin"})
SECOND_FACTOR = DECIDERS | ADMINISTRATORS | AUDIT | {"department"}
PROOF_LASTS = timedelta(minutes=10)
RECORDERS = (
    "branch_secretary",
    "branch_clerk",
    "general_branch",
    "organizer",
    "committee_secretary",
    "department",
)
_EXTENSION = "recruit_counter"


@dataclass(frozen=True, slots=True)
class Counter:
    """What one application serves."""

    record: Record
    clock: Clock
    config: Config


@dataclass(frozen=True, slots=True)
class Visitor(flask_login.UserMixin):  # type: ignore[misc]
    """A user with a session that has not ended, as Flask-Login sees one."""

    signed_in: SignedIn

    @property
    def actor(self) -> Actor:
        return self.signed_in.actor

    @property
    def needs_factor(self) -> bool:
        """Whether the role asks for a second factor here."""
        return counter().config.needs_second_factor and bool(self.roles & SECOND_FACTOR)

    @property
    def lacks_factor(self) -> bool:
        return self.needs_factor and not self.signed_in.has_factor

    @property
    def needs_new_password(self) -> bool:
        return is_stale(self.signed_in.password_changed_at, now(), counter().config.password_profile)

    @property
    def is_proven(self) -> bool:
        """Whether password or code was given a short while ago."""
        return now() - self.signed_in.verified_at < PROOF_LASTS

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def roles(self) -> frozenset[str]:
        return self.actor.roles()

    @property
    def own_roles(self) -> frozenset[str]:
        """Without those that are held for somebody else."""
        return frozenset(held.role for held in self.actor.own)

    @property
    def stands_in(self) -> bool:
        return len(self.actor.own) < len(self.actor.grants)

    @property
    def is_branch(self) -> bool:
        return bool(self.own_roles & BRANCH)

    @property
    def is_auditor(self) -> bool:
        return bool(self.roles & AUDIT) and not self.roles & (BRANCH | COMMITTEE)

    @property
    def may_confirm(self) -> bool:
        return bool(self.roles & (COMMITTEE | {"department"}))

    @property
    def roll_name(self) -> str:
        return _("My branch") if self.is_branch and not self.own_roles & COMMITTEE else _("Whole township")

    @property
    def called(self) -> str:
        """李书记: a secretary is called by surname and office; everybody else by name."""
        if "branch_secretary" in self.own_roles and language() == "zh":
            return f"{self.name[:1]}书记"
        if "branch_secretary" in self.own_roles:
            return _("Secretary %(name)s", name=self.name)
        return self.name

    def get_id(self) -> str:
        return self.actor.user_id


def init_visitors(app: Flask, record: Record, clock: Clock, config: Config) -> None:
    """Let Flask-Login find the visitor by the session in the record, never by a cookie of its own."""
    app.extensions[_EXTENSION] = Counter(record, clock, config)
    manager = flask_login.LoginManager()
    manager.session_protection = None
    manager.request_loader(_of_request)
    manager.init_app(app)
    app.before_request(_look_once)
    app.teardown_request(_look_away)


def counter() -> Counter:
    served: Counter = current_app.extensions[_EXTENSION]
    return served


def open_record() -> Record:
    return counter().record


def now() -> datetime:
    """The instant of this request, read once."""
    if "now" not in g:
        g.now = counter().clock.now()
    moment: datetime = g.now
    return moment


def today() -> date:
    return civil_day(now())


def visitor() -> Visitor | None:
    """Who is logged in, if anybody is."""
    user = flask_login.current_user
    return user if isinstance(user._get_current_object(), Visitor) else None  # noqa: SLF001 - a proxy has no other way


def present() -> Context:
    """The visitor's context for a command or query; only behind the log-in."""
    seen = visitor()
    assert seen is not None
    return Context(record=open_record(), actor=seen.actor, now=now())


def shows_metrics_token() -> bool:
    """Whether a collector shows the token that the installation has set for it."""
    shown, expected = bearer_secret(), counter().config.metrics_token.get_secret_value()
    return bool(shown and expected) and compare_digest(str(shown).encode(), expected.encode())


def _look_once() -> None:
    """A page that only shows is made from one state of the record, and asks through one connection."""
    if request.method == "GET":
        g.view = ExitStack()
        g.view.enter_context(open_record().one_view())


def _look_away(_failed: BaseException | None) -> None:
    if "view" in g:
        g.pop("view").close()


def _of_request(_request: Request) -> Visitor | None:
    secret = bearer_secret()
    if secret is not None:
        return _of_token(secret)
    token = login_token() if takes_login() else None
    signed_in = signed_in_or_none(open_record(), token, now=now()) if token else None
    if signed_in is None:
        return None
    remember_account(signed_in.actor.language, big=signed_in.actor.big_type)
    return Visitor(signed_in)


def _of_token(secret: str) -> Visitor | None:
    """A program: its token is the proof and the second factor, and has no password that could grow old."""
    bearer = bearer_of_token(open_record(), secret, now=now())
    g.bearer = bearer.token if bearer else None
    if bearer is None:
        return None
    return Visitor(
        SignedIn(actor=bearer.actor, has_factor=True, verified_at=now(), password_changed_at=now())
    )
