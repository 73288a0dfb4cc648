"""Building the form of an act, and the command from what was entered."""

from dataclasses import replace

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import RecordAct
from recruit.commands.reading import read_day
from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.queries.dossiers import DossierView, dossier_view
from recruit.queries.organizations import branches_beside
from web import dates
from web.acts.correction import corrected_fields, correction, read_replacement
from web.acts.fields import ATTACHMENTS, Box, Choice, read_raw
from web.acts.page import Line, Page, day_box, detail_boxes, late_note, new_key, override_box
from web.acts.refusal import shown
from web.acts.uploads import needs_paper, with_first_file, with_kept
from web.language import language
from web.people import choices_of
from web.visitors import today, visitor
from web.words import act_name, choice_name, word
from workflows.edition import ActKind, Edition
from workflows.fields import ALWAYS, Field, field_of

FILE_HASH = "sha256"  # comes with an uploaded file, never typed


def act_page(
    context: Context,
    dossier: str,
    do: str,
    entries: MultiDict[str, str],
    *,
    asks_override: bool = False,
    opens: bool = False,
) -> Page:
    """The form, empty but for what `entries` fix: the purpose, the act to be corrected.

    `opens`: what was written with the act to be corrected is opened, and the reading put on record.
    """
    view = dossier_view(context, dossier)
    edition = view.ground.edition_on(context.on)
    kind = kind_or_404(view, do, edition)
    seen = visitor()
    assert seen is not None
    purpose = entries.get("purpose") or None
    name = act_name(do, purpose, edition)
    members = [Choice(one, text) for one, text in choices_of(context, view)]
    fields = fields_of(do, kind)
    asked = corrected_fields(fields) if do == "corrected" else fields
    boxes = [_offering(context, dossier, box) for box in detail_boxes(do, asked, members=members)]
    page = Page(
        title=name,
        name=view.row.name,
        roll=seen.roll_name,
        lede=_("%(name)s, %(branch)s. Now: %(stage)s.", name=view.row.name, branch=view.row.branch_name,
               stage=word("stage", view.row.stage, edition)),
        action=url_for("acts.record", dossier=dossier, do=do),
        verb=_("Send for confirmation") if kind.confirmed else _("Record"),
        hidden=[("seen_version", str(view.row.version)), ("key", new_key())],
        fields=[day_box(context.on), *boxes],
        back_href=url_for("dossiers.page", dossier=dossier),
        late_note=late_note(view.ground.settings_on(context.on).late_entry_working_days),
        second_person=_second_person(kind),
    )  # fmt: skip
    if purpose:
        page.fields = [_chosen(box, purpose) for box in page.fields]
    if do == "objection_concluded":
        page.fields = [_of_number(box, entries.get("objection", "")) for box in page.fields]
    if do == "paper_received":
        page.fields = [
            _papers(box, view, context, entries) if box.name == "paper" else box for box in page.fields
        ]
    if asks_override:
        page.fields.append(override_box())
    if do == "corrected":
        correction(context, view, page, entries, members, opens=opens)
    _known(page, view, do, purpose)
    _files(context, page, view, kind, entries)
    return page


def command_of(context: Context, dossier: str, do: str, entries: MultiDict[str, str]) -> RecordAct:
    """What was entered, for the record to read. `BadInput` for a page that was tampered with."""
    view = dossier_view(context, dossier)
    kind = kind_or_404(view, do, view.ground.edition_on(context.on))
    seen = entries.get("seen_version", "")
    if not seen.isdecimal():
        raise BadInput(problem("seen_version", "missing"))
    fields = fields_of(do, kind)
    details: dict[str, object] = read_raw(corrected_fields(fields) if do == "corrected" else fields, entries)
    if do == "corrected":
        details |= read_replacement(view, entries)
    if do == "paper_received":
        details = with_first_file(context, dossier, details)
    if needs_paper(context, kind, entries.get("purpose")) and not details.get(ATTACHMENTS):
        on = read_day(entries.get("on", ""))
        if not view.ground.is_past(on, recorded_on=context.on):
            raise BadInput(problem(ATTACHMENTS, "paper_missing"))
    return RecordAct(
        dossier=dossier,
        do=do,
        on=entries.get("on", ""),
        details=details,
        seen_version=int(seen),
        key=entries.get("key", ""),
        override=entries.get("override", "").strip() or None,
    )


def kind_or_404(view: DossierView, do: str, edition: Edition) -> ActKind:
    """The kind in the present edition, else in another one; an act that begins a dossier has its own page."""
    for one in (edition, *view.ground.editions):
        if do in one.acts and not one.acts[do].begins:
            return one.acts[do]
    return abort(404)


def fields_of(do: str, kind: ActKind) -> list[Field]:
    """The act's own fields, and the note that every act may carry."""
    return [field_of(do, name) for name in (*kind.details, *ALWAYS) if name != FILE_HASH]


def _chosen(box: Box, purpose: str) -> Box:
    return replace(box, values=(purpose,)) if box.name == "purpose" else box


def _of_number(box: Box, number: str) -> Box:
    """The objection that the address names."""
    return replace(box, values=(number,)) if box.name == "objection" and number.isdecimal() else box


def _papers(box: Box, view: DossierView, context: Context, entries: MultiDict[str, str]) -> Box:
    """The kinds that local rules ask for beside the usual ones, and the one that the address names."""
    known = {choice.value for choice in box.choices}
    required = view.ground.settings_on(context.on).papers_required
    own = (one.kind for one in required if one.kind not in known)
    added = tuple(Choice(kind, choice_name("paper", kind)) for kind in dict.fromkeys(own))
    return replace(box, choices=(*box.choices, *added), values=tuple(entries.getlist("paper")))


def _offering(context: Context, dossier: str, box: Box) -> Box:
    """A transfer offers the other branches of the committee."""
    if box.name != "to_branch":
        return box
    choices = tuple(Choice(place.id, place.name) for place in branches_beside(context, dossier))
    return replace(box, kind="select", choices=choices)


def _files(
    context: Context, page: Page, view: DossierView, kind: ActKind, entries: MultiDict[str, str]
) -> None:
    """What was sent along before stays named; an organizer entering for the branch attaches its paper."""
    paper = needs_paper(context, kind, entries.get("purpose"))
    page.fields = [
        replace(with_kept(context, view.row.id, box, entries.getlist(box.name)), required=paper)
        if box.kind == "files"
        else box
        for box in page.fields
    ]
    if paper:
        page.for_branch = _(
            "You enter this for the branch, and it is marked so: attach the paper that its secretary signed."
        )
    if page.extra:
        fields = tuple(
            with_kept(context, view.row.id, box, entries.getlist(box.name)) if box.kind == "files" else box
            for box in page.extra.fields
        )
        page.extra = replace(page.extra, fields=fields)


def _second_person(kind: ActKind) -> str:
    if not kind.confirmed:
        return ""
    return _(
        "Two persons: you record, and another person confirms with an own log-in. "
        "Until then it does not count."
    )


def _known(page: Page, view: DossierView, do: str, purpose: str | None) -> None:
    """What is known before anything is entered."""
    step = next((one for one in view.steps if (one.do, one.purpose) == (do, purpose)), None)
    if step is None or not step.findings:
        return
    page.known_title = _("As it stands today")
    page.known = [Line(shown(finding).text, "small") for finding in step.findings]
    if step.earliest and step.earliest > today():
        page.known.append(Line(_("Earliest %(day)s", day=dates.long_day(step.earliest, language())), "b"))
