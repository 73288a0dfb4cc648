"""The form by which anybody gives an opinion on a notice, and its receipt in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.enclosures import PHOTOS, Sent
from recruit.commands.submissions import HandIn, Receipt
from recruit.errors import BadInput
from recruit.files.kinds import MOST_PHOTOS
from recruit.queries.noticed import Noticed
from recruit.queries.submissions import ReceiptView
from recruit.submissions import grouped
from web import dates
from web.acts.fields import Box, Choice, filled
from web.language import is_big, language
from web.public.page import title_of

ALL = "all"
NAMED, ANONYMOUS = "yes", "no"


@dataclass(frozen=True, slots=True)
class Form:
    """`problem`: what is wrong with it as a whole."""

    title: str
    organization: str
    action: str
    key: str
    boxes: list[Box]
    problem: str
    notice_href: str


@dataclass(frozen=True, slots=True)
class Given:
    """The receipt of what was just handed in; it is not shown again."""

    code: str
    due: str
    is_provisional: bool
    href: str
    address: str


@dataclass(frozen=True, slots=True)
class State:
    title: str
    text: str
    received: str
    due: str
    answer: str


def form_of(
    found: Noticed,
    code: str,
    entries: MultiDict[str, str] | None = None,
    *,
    error: BadInput | None = None,
    had_photos: bool = False,
) -> Form:
    """Empty, or with what was entered and what is wrong with it; always under a new key."""
    at_boxes = problems_at(error, PHOTOS, had_files=had_photos)
    boxes = [filled(box, entries, at_boxes) if entries is not None else box for box in _boxes(found)]
    return Form(
        title=title_of(found.purpose),
        organization=found.organization,
        action=url_for("public.send", code=code, **here()),
        key=token_urlsafe(24),
        boxes=boxes,
        problem=_("Please look at the places marked red; what you wrote is still here.") if error else "",
        notice_href=url_for("public.notice", code=code, **here()),
    )


def problems_at(error: BadInput | None, files: str, *, had_files: bool) -> Mapping[str, str]:
    """By the boxes; a browser shows no chosen file again, and the box of the files says so."""
    found: dict[str, str] = {}
    for one in error.problems if error else ():
        found[one.field] = f"{found.get(one.field, '')} {one.message(language())}".strip()
    if had_files:
        again = _("Nothing of it was kept: please choose them once more.")
        found[files] = f"{found.get(files, '')} {again}".strip()
    return found


def opinion_of(code: str, entries: MultiDict[str, str], photos: tuple[Sent, ...]) -> HandIn:
    persons = tuple(dict.fromkeys(entries.getlist("persons")))
    contact = None
    if entries.get("named") != ANONYMOUS:
        contact = {"name": entries.get("name", "").strip(), "reach": entries.get("contact", "").strip()}
    return HandIn(
        notice=code,
        text=entries.get("text", ""),
        key=entries.get("key", ""),
        persons=tuple(one for one in persons if one != ALL),
        is_about_all=ALL in persons,
        contact=contact,
        photos=photos,
    )


def given_of(receipt: Receipt, base_url: str) -> Given:
    look = url_for("public.receipts", **here())
    return Given(
        code=grouped(receipt.code),
        due=dates.long_day(receipt.due, language()),
        is_provisional=receipt.is_provisional,
        href=look,
        address=(base_url or request.url_root).rstrip("/") + url_for("public.receipts"),
    )


def state_of(found: ReceiptView) -> State:
    titles = {
        "received": (_("Received"), _("Your opinion has come in; the office will look at it.")),
        "examining": (_("Being examined"), _("It is being examined. Until then nothing is decided.")),
        "concluded": (_("Concluded"), _("It has been dealt with.")),
    }
    title, text = titles[found.state]
    is_open = found.state != "concluded"
    return State(
        title=title,
        text=text,
        received=dates.long_day(found.received_on, language()),
        due=dates.long_day(found.due, language()) if is_open else "",
        answer=found.answer,
    )


def with_branch(name: str, branch: str) -> str:
    """王秀兰（柳树村党支部）."""
    return f"{name}（{branch}）" if language() == "zh" else f"{name} ({branch})"


def here() -> dict[str, Any]:
    """Language and size of type as the address of this request has them, for the next address."""
    kept: dict[str, Any] = {}
    if request.args.get("language") or "kept_language" in g:
        kept["language"] = language()
    if is_big():
        kept["big"] = "1"
    return kept


def _boxes(found: Noticed) -> list[Box]:
    people = [Choice(one.token, with_branch(one.name, one.branch)) for one in found.people]
    everybody = [Choice(ALL, _("Everybody on this notice"))] if len(people) > 1 else []
    return [
        Box(
            "persons", "checks", _("Whom is it about?"), required=True, choices=(*people, *everybody),
            values=() if everybody else tuple(one.value for one in people),
        ),
        Box(
            "text", "area", _("What happened?"), required=True,
            hint=_("When, where, how. If writing is hard, call or come in person."),
        ),
        Box(
            PHOTOS, "photos", _("Photos"),
            choices=tuple(Choice(str(n), _("Photo %(n)s", n=n)) for n in range(1, MOST_PHOTOS + 1)),
            hint=_("Up to %(n)s. Where and with what they were taken is removed from them.", n=MOST_PHOTOS),
        ),
        Box(
            "named", "radios", _("Will you leave a way to reach you?"), required=True, values=(NAMED,),
            choices=(
                Choice(NAMED, _("Yes, I want to know what comes of it")),
                Choice(ANONYMOUS, _("No, I stay anonymous")),
            ),
        ),
        Box("name", "text", _("Your name")),
        Box("contact", "text", _("Telephone number, or another way to reach you")),
    ]  # fmt: skip
