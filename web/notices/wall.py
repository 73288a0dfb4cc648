"""The evidence of a posting: photos of a day, a warning while there is none, what to do when it fell."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.postings import PHOTO, POSTED_LATE, REMARKS, TORN_DOWN
from recruit.context import Context
from recruit.queries.files import files_of
from recruit.queries.notices import HungNotice, paper_of
from recruit.queries.postings import PostingRow, postings_of
from web import dates
from web.acts.fields import Box, Choice
from web.files.links import FileLink, link_of
from web.language import language
from web.notices.page import notice_of, photo_line
from web.public.page import title_of
from web.words import choice_name


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo (`picture`, `file`) or a remark, with what follows from it (`todo`, `again_href`)."""

    title: str
    by: str
    note: str
    picture: str
    file: FileLink | None
    todo: str
    again_href: str


@dataclass(frozen=True, slots=True)
class Correction:
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    about: str
    level: str
    state: str
    missing: str
    seen: list[Seen]
    photo_day: Box
    remark_boxes: list[Box]
    corrections: list[Correction]
    may_add: bool


def closed_page(context: Context, notice: str) -> Page:
    """Of one whose results are on record: to be read, not to be added to. Raises `NotFound`."""
    paper = paper_of(context, notice)
    links = {one.id: link_of(one) for one in files_of(context, notice)}
    days = dates.span(paper.first, paper.last, language())
    parts = (title_of(paper.purpose), paper.organization, choice_name("place", paper.place), days)
    return Page(
        id=notice, about=" · ".join(parts), level="idle", state=_("Its result is on record."), missing="",
        seen=[_seen(None, row, links) for row in postings_of(context, notice)],
        photo_day=_day(context, ""), remark_boxes=[], corrections=[], may_add=False,
    )  # fmt: skip


def wall_page(context: Context, hung: HungNotice, *, may_add: bool) -> Page:
    """Of one that has no result yet."""
    rows = postings_of(context, hung.id)
    files = {one.id: one for one in files_of(context, hung.id)}
    links = {id_: link_of(one) for id_, one in files.items()}
    count = sum(row.what == PHOTO for row in rows)
    notice = notice_of(context, hung)
    return Page(
        id=hung.id,
        about=" · ".join((notice.title, notice.organization, choice_name("place", hung.place), notice.days)),
        level=notice.level,
        state=notice.state,
        missing=photo_line(count, has_begun=hung.first <= context.on),
        seen=[_seen(hung, row, links) for row in rows],
        photo_day=_day(context, _("On which day was the photo taken?")),
        remark_boxes=_remark_boxes(context),
        corrections=[
            Correction(
                one.name, url_for("acts.form", dossier=one.dossier, do="corrected", act=one.seq, choose="act")
            )
            for one in hung.people
        ]
        if any(row.what == POSTED_LATE for row in rows)
        else [],
        may_add=may_add,
    )  # fmt: skip


def remark_name(what: str) -> str:
    if what == TORN_DOWN:
        return _("Torn down or fallen before its last day")
    return _("Posted later than planned")


def _seen(hung: HungNotice | None, row: PostingRow, links: dict[str, FileLink]) -> Seen:
    day = dates.long_day(row.on, language())
    if row.what == PHOTO:
        return Seen(
            title=_("Photo of %(day)s", day=day), by=row.by_name, note="",
            picture=url_for("files.picture", file=row.file) if row.file in links else "",
            file=links.get(row.file or ""), todo="", again_href="",
        )  # fmt: skip
    title = f"{remark_name(row.what)} · {day}"
    if hung is None:
        return Seen(title=title, by=row.by_name, note=row.note, picture="", file=None, todo="", again_href="")
    is_torn = row.what == TORN_DOWN
    todo = (
        _("The days must run without a break: post it anew; they are counted from the new first day.")
        if is_torn
        else _("The record says another first day: correct each person's posting, with a second person.")
    )
    again = url_for("notices.new", again=hung.id) if is_torn else ""
    return Seen(
        title=title, by=row.by_name, note=row.note, picture="", file=None, todo=todo, again_href=again
    )


def _day(context: Context, label: str) -> Box:
    return Box("on", "date", label, required=True, values=(context.on.isoformat(),))


def _remark_boxes(context: Context) -> list[Box]:
    choices = tuple(Choice(one, remark_name(one)) for one in REMARKS)
    return [
        Box("what", "radios", _("What happened?"), required=True, choices=choices),
        Box("seen_on", "date", _("On which day?"), required=True, values=(context.on.isoformat(),)),
        Box("note", "area", _("In a few words"), hint=_("For instance: rain at night, hung again at eight.")),
    ]
