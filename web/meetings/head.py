"""What stands above every step of a meeting: where one is, whether enough are there, what it takes."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.sitting import CONFIRMED, HANDED, VOID, SittingRow
from recruit.queries.meetings import MeetingView
from web.meetings.names import title_of, when_line
from web.sayings import articles_line
from web.words import joined
from workflows.edition import EDITIONS, load_edition
from workflows.votes import Tally

STEPS = ("attendance", "votes", "check", "confirm")


@dataclass(frozen=True, slots=True)
class Step:
    """`css`: d done, now; `mark`: its number or a tick. `href` empty for what cannot be opened."""

    title: str
    text: str
    css: str
    mark: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    when: str
    place: str
    steps: list[Step]
    level: str
    quorum: str
    quorum_text: str
    is_open: bool


def head_of(view: MeetingView, here: str) -> Head:
    sitting = view.sitting
    level, quorum, text = quorum_of(sitting)
    return Head(
        title=title_of(sitting),
        when=when_line(sitting),
        place=sitting.place.name,
        steps=_steps(view, here),
        level=level,
        quorum=quorum,
        quorum_text=text,
        is_open=sitting.state == "open",
    )


def progress(view: MeetingView) -> tuple[int, int]:
    """How many were voted on, and how many still are to be; whoever is barred or deferred is neither."""
    done = sum(bool(one.item.counts) for one in view.items)
    left = sum(
        one.item.is_waiting and not one.is_gone and not (one.eligible and one.eligible.is_barred)
        for one in view.items
    )
    return done, left


def progress_line(view: MeetingView) -> str:
    done, left = progress(view)
    return _("%(done)s voted on, %(left)s to go", done=done, left=left)


def quorum_of(sitting: SittingRow) -> tuple[str, str, str]:
    """Level, sentence and the numbers behind it."""
    if not sitting.is_attended or sitting.whole is None:
        return "", _("Take attendance first."), ""
    needed = Tally(entitled=sitting.whole, present=0, for_=0).needed_for()
    heads = _("%(whole)s entitled, %(present)s present.", whole=sitting.whole, present=sitting.present)
    if not sitting.has_quorum:
        return (
            "bad",
            _("Too few: %(n)s more are needed. Nothing can be voted on.", n=sitting.missing),
            heads,
        )
    away = [one.name for one in sitting.seats if not one.is_present]
    absent = _(" Absent: %(names)s.", names=joined(away)) if away else ""
    text = _(
        "It takes more than half of the %(whole)s to pass: at least %(needed)s for; half is not enough.",
        whole=sitting.whole, needed=needed,
    )  # fmt: skip
    return (
        "ok",
        _("Enough are present; the vote may begin."),
        f"{heads}{absent} {text} {_rule(sitting)}".strip(),
    )


def _rule(sitting: SittingRow) -> str:
    """The articles on the general meeting; a committee's majority is practice."""
    if not sitting.is_general:
        return ""
    known = [one for one in map(load_edition, EDITIONS) if one.in_force.begins <= sitting.on]
    edition = known[-1] if known else load_edition(EDITIONS[0])
    rules = [edition.rules[name] for name in ("vote_passed", "secret_ballot")]
    return articles_line([rule.article for rule in rules], edition.id)


def _steps(view: MeetingView, here: str) -> list[Step]:
    sitting = view.sitting
    is_over = sitting.state in {CONFIRMED, VOID}
    reached = {
        "attendance": sitting.is_attended,
        "votes": sitting.is_attended and progress(view)[1] == 0,
        "check": sitting.state == HANDED or is_over,
        "confirm": is_over,
    }
    heads = (
        _("%(whole)s entitled, %(present)s present", whole=sitting.whole, present=sitting.present)
        if sitting.is_attended
        else ""
    )
    texts = {
        "attendance": heads,
        "votes": progress_line(view) if sitting.is_attended else _("one person after another"),
        "check": _("Read it together"),
        "confirm": _("own log-in, makes the minutes"),
    }
    titles = {
        "attendance": _("Attendance"),
        "votes": _("One by one"),
        "check": _("Checking"),
        "confirm": _("The secretary confirms"),
    }
    hrefs = {
        "attendance": url_for("meetings.attendance", meeting=sitting.id),
        "votes": url_for("meetings.votes", meeting=sitting.id),
        "check": url_for("meetings.check", meeting=sitting.id),
        "confirm": url_for("meetings.resolution", meeting=sitting.id) if is_over else "",
    }
    steps = []
    for number, name in enumerate(STEPS, start=1):
        css = "now" if name == here else "d" if reached[name] else ""
        mark = "✓" if reached[name] and name != here else str(number)
        steps.append(Step(titles[name], texts[name], css, mark, "" if name == here else hrefs[name]))
    return steps
