"""One's own dossier in plain words: where it stands, what to bring, what comes next, whom to call."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from recruit.queries.own import OwnView
from web import dates
from web.config import Config
from web.dossiers.steps import marks, place_of, position
from web.language import language
from web.words import choice_name, joined
from workflows.edition import Edition

_BEFORE_EXPIRY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Contact:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """`missing`: what the person is to bring; `call`: who can be asked, the branch first."""

    greeting: str
    position: str
    marks: list[str]
    missing: list[str]
    next: list[str]
    call: list[Contact]
    as_of: str


def own_page(view: OwnView, today: date, config: Config) -> Page:
    edition = view.ground.edition_on(today)
    stage = view.facts.stage
    return Page(
        greeting=_("Hello, comrade %(surname)s.", surname=view.name[:1]),
        position=position(stage, edition),
        marks=marks(stage, edition) if place_of(stage, edition) else [],
        missing=_missing(view, today),
        next=[*_next(view, edition), *_when(view, today)],
        call=_call(view, config),
        as_of=dates.long_day(today, language()),
    )


def _missing(view: OwnView, today: date) -> list[str]:
    listed = [choice_name("paper", kind) for kind in view.missing]
    if view.expires_on and view.requested_on is None and today >= view.expires_on - _BEFORE_EXPIRY:
        listed.append(_("your written request to become a full member"))
    return listed


def _next(view: OwnView, edition: Edition) -> list[str]:
    """What others do next; the same whatever they say or find."""
    stage = view.facts.stage
    known = _steps()
    if stage == "applicant" and view.facts.talk_on is not None:
        stage = "talked"
    if stage in known:
        return [known[stage]]
    is_over = not place_of(stage, edition)
    return [_("This has come to its end. The branch explains it to you.")] if is_over else []


def _steps() -> dict[str, str]:
    looked_at = _("The committee looks at the proposal; a public notice follows where the rules ask it.")
    probation = _("You are a probationary member. Take part, and hand in your reports.")
    return {
        "applicant": _("Somebody talks with you, members give their opinion, and the branch decides."),
        "talked": _("Members give their opinion, and the branch decides."),
        "activist": _("The branch trains you and looks at it every half-year. Hand in your reports."),
        "proposed": looked_at,
        "target_publicity": looked_at,
        "development_target": _("The branch names two sponsors for you."),
        "vetting": _("Papers are examined, you are trained, and the committee examines your case."),
        "admission_publicity": _("After the public notice your case goes to the branch's general meeting."),
        "approval": _("The general meeting discusses, somebody talks with you, and the committee decides."),
        "probation": probation,
        "extended_probation": probation,
    }


def _when(view: OwnView, today: date) -> list[str]:
    """Days that are still to come."""
    lines = []
    if view.talk_due and view.talk_due >= today:
        lines.append(_("Somebody talks with you by %(day)s.", day=_day(view.talk_due)))
    if view.may_propose_on:
        lines.append(_("The time of cultivation is full on %(day)s.", day=_day(view.may_propose_on)))
    if view.notice:
        first, last = view.notice
        lines.append(
            _("The public notice hangs from %(first)s to %(last)s.", first=_day(first), last=_day(last))
        )
    if view.expires_on:
        lines.append(_("Probation lasts until %(day)s.", day=_day(view.expires_on - timedelta(days=1))))
        if view.requested_on is None:
            lines.append(_("Hand in your written request to become a full member before it ends."))
    return lines


def _call(view: OwnView, config: Config) -> list[Contact]:
    found = [Contact(_("Your branch"), view.branch)]
    if view.contacts:
        found.append(Contact(_("Contact persons"), joined(view.contacts)))
    if view.sponsors:
        found.append(Contact(_("Sponsors"), joined(view.sponsors)))
    if config.help_phone:
        found.append(Contact(config.help_name or _("Telephone"), config.help_phone))
    return found


def _day(day: date) -> str:
    return dates.long_day(day, language())
