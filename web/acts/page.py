"""An act's form: its boxes with the entries, the version that was seen, and what went wrong."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from web import dates
from web.acts.fields import Box, Choice, boxes, filled
from web.acts.refusal import Refusal
from web.language import language
from workflows.fields import Field

AT_THE_END = ("reason", "note")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Stale:
    sentence: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A second group of boxes: the act that takes the place of a corrected one."""

    title: str
    text: str
    fields: tuple[Box, ...]


@dataclass(slots=True)
class Page:
    """What `act.html` shows; `refused`, `stale` and `problem` say why it is shown again."""

    title: str
    name: str
    roll: str
    lede: str
    action: str
    verb: str
    hidden: list[tuple[str, str]]
    fields: list[Box]
    back_href: str = ""
    late_note: str = ""
    known_title: str = ""
    known: list[Line] = field(default_factory=list)
    second_person: str = ""
    for_branch: str = ""
    extra: Extra | None = None
    refused: Refusal | None = None
    stale: Stale | None = None
    problem: str = ""


def new_key() -> str:
    """A key per rendered form: pressing twice records once."""
    return secrets.token_urlsafe(16)


def day_box(today: date) -> Box:
    """The first question of every form."""
    return Box(
        "on", "date", _("When did it happen?"), required=True,
        hint=_("Today is %(day)s.", day=dates.long_day(today, language())), values=(today.isoformat(),),
    )  # fmt: skip


def override_box() -> Box:
    """Asked only where a rule refused that a superior may answer for."""
    return Box(
        "override", "area", _("Reason for an exception"),
        hint=_(
            "A person of the superior organization must consent with an own log-in. Leave it empty for none."
        ),
    )  # fmt: skip


def late_note(working_days: int) -> str:
    """What a late entry means."""
    return _(
        "Recorded more than %(n)s working days after it happened, it is a late entry: say why in the note. "
        "It stays marked.",
        n=working_days,
    )


def detail_boxes(do: str, fields: Sequence[Field], *, members: Sequence[Choice]) -> list[Box]:
    """The act's own questions, with reason and note at the end."""
    made = boxes(do, fields, members=members)
    last = [box for name in AT_THE_END for box in made if box.name == name]
    return [box for box in made if box.name not in AT_THE_END] + last


def with_entries(page: Page, form: MultiDict[str, str], problems: Mapping[str, str]) -> Page:
    """The page with what was entered, and the problems at their boxes."""
    page.fields = [filled(box, form, problems) for box in page.fields]
    if page.extra:
        page.extra = replace(
            page.extra, fields=tuple(filled(box, form, problems) for box in page.extra.fields)
        )
    return page
