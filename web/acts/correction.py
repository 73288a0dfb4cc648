"""The correction of an act: which one, why, and the act that takes its place, asked in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.reveals import RevealContents, reveal_contents
from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.history import Entry, history
from web import dates
from web.acts.fields import Box, Choice, boxes, read_raw
from web.acts.page import Extra, Page
from web.language import language
from web.people import names_of
from web.sayings import act_title, content_of_replacement
from workflows.acts import Act
from workflows.edition import Edition
from workflows.fields import ALWAYS, Field, field_of

PREFIX = "new."
KEEP = "keep"


def corrected_fields(fields: Sequence[Field]) -> list[Field]:
    """What the correction itself asks; the replacement has boxes of its own."""
    return [field for field in fields if field.name != "replacement"]


def correction(
    context: Context,
    view: DossierView,
    page: Page,
    entries: MultiDict[str, str],
    members: Sequence[Choice],
    *,
    opens: bool,
) -> None:
    """Put the list of acts into the form, and below it the act that is to be replaced, as it was recorded.

    `opens`: the form was sent to choose the act, so that what was written with it may be opened and is put
    on record as read; looking at an address opens nothing.
    """
    entries_of = [entry for entry in history(context, view.row.id, attempts=False) if entry.act is not None]
    page.fields = [_list_of_acts(box, entries_of, view) if box.name == "act" else box for box in page.fields]
    chosen = next((entry for entry in entries_of if str(entry.seq) == entries.get("act")), None)
    standing = _standing(chosen, entries_of)
    if chosen is None or standing is None:
        _ask_to_choose(page)
        return
    page.fields = [_with(box, (str(chosen.seq),)) if box.name == "act" else box for box in page.fields]
    was_opened = opens or "new.do" in entries
    if standing.is_sealed and not was_opened:
        page.lede += " " + _("What was written with this record is sealed; choosing it is put on record.")
        _ask_to_choose(page)
        return
    act, content = standing.act, _opened(context, view, standing) if opens else {}
    page.hidden.append(("new.do", act.do))
    edition = view.ground.edition_on(act.on)
    names = names_of(context, view.row.id)
    page.extra = Extra(
        _("What takes its place"),
        _("As it was recorded. Change what is wrong; the old record is kept."),
        tuple(_replacement_boxes(act, content, edition, _with_former(members, act, names))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """The act as it counts today, and the entry with which it was written."""

    act: Act
    written: Entry

    @property
    def is_sealed(self) -> bool:
        return self.written.written == "sealed"

    @property
    def is_replacement(self) -> bool:
        return self.act is not self.written.act


def _standing(chosen: Entry | None, entries: Sequence[Entry]) -> _Standing | None:
    """What an earlier correction put in its place, else the act as it was recorded."""
    if chosen is None or chosen.act is None:
        return None
    correction = next((entry for entry in entries if entry.seq == chosen.corrected_by), None)
    if correction is None or correction.act is None or correction.act.replacement is None:
        return _Standing(act=chosen.act, written=chosen)
    return _Standing(act=correction.act.replacement, written=correction)


def _opened(context: Context, view: DossierView, standing: _Standing) -> Mapping[str, object]:
    seq = standing.written.seq
    assert seq is not None
    wanted = RevealContents(dossier=view.row.id, acts=(seq,), reason="correction")
    content = reveal_contents(context, wanted).get(seq, {})
    return content_of_replacement(content) if standing.is_replacement else content


def _ask_to_choose(page: Page) -> None:
    page.verb = _("Choose this act")
    page.hidden.append(("choose", "act"))


def _with_former(members: Sequence[Choice], act: Act, names: Mapping[str, str]) -> list[Choice]:
    """Whom the act names stays on offer, whoever has left the branch since."""
    offered = {choice.value for choice in members}
    named = [str(id_) for value in act.details.values() if isinstance(value, tuple) for id_ in value]
    return [*members, *(Choice(id_, names[id_]) for id_ in named if id_ in names and id_ not in offered)]


def read_replacement(view: DossierView, entries: MultiDict[str, str]) -> dict[str, object]:
    """The replacing act as entered; nothing where the act is only taken back."""
    do = entries.get("new.do", "")
    if not do or entries.get(f"{PREFIX}{KEEP}") == "no":
        return {}
    edition = next((one for one in view.ground.editions if do in one.acts), None)
    if edition is None:
        return {}
    details = read_raw(_fields(do, edition), entries, prefix=PREFIX)
    return {"replacement": {"do": do, "on": entries.get(f"{PREFIX}on", ""), "details": details}}


def _list_of_acts(box: Box, entries: Sequence[Entry], view: DossierView) -> Box:
    choices = tuple(
        Choice(str(entry.seq), f"{entry.seq}. {dates.long_day(entry.on, language())} {_title(entry, view)}")
        for entry in entries
        if entry.do != "corrected" and (entry.effect == "in_force" or entry.corrected_by is not None)
    )
    return Box(box.name, "select", _("Which record is wrong?"), required=True, choices=choices)


def _title(entry: Entry, view: DossierView) -> str:
    return act_title(entry.act, view.ground.edition_on(entry.on)) if entry.act else entry.do


def _replacement_boxes(
    act: Act, content: Mapping[str, object], edition: Edition, members: Sequence[Choice]
) -> list[Box]:
    keep = Box(
        PREFIX + KEEP, "radios", _("Did it happen at all?"), required=True, values=("yes",),
        choices=(
            Choice("yes", _("Yes, but something in the record is wrong")),
            Choice("no", _("No, take it back")),
        ),
    )  # fmt: skip
    day = Box(PREFIX + "on", "date", _("When did it happen?"), required=True, values=(act.on.isoformat(),))
    recorded = {**act.details, **content}
    asked = boxes(act.do, _fields(act.do, edition), members=members)
    return [keep, day, *(_with(_prefixed(box), _values(recorded.get(box.name))) for box in asked)]


def _fields(do: str, edition: Edition) -> list[Field]:
    return [
        field_of(do, name)
        for name in (*edition.acts[do].details, *ALWAYS)
        if name not in {"replacement", "act", "sha256"}
    ]


def _prefixed(box: Box) -> Box:
    return replace(box, name=PREFIX + box.name)


def _with(box: Box, values: tuple[str, ...]) -> Box:
    return replace(box, values=values)


def _values(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, tuple):
        return tuple(str(item) for item in value)
    return (str(value),)
