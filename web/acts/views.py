"""One form per act: shown, sent, refused with its reasons, or recorded; what was entered is never lost."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import Proposed, Recorded, record_act
from recruit.errors import BadInput, KeyReused, Refused, StaleDossier
from web.access import reach
from web.acts.build import act_page, command_of
from web.acts.check import check_page, result
from web.acts.page import Page, new_key, with_entries
from web.acts.refusal import REFUSING, refusal
from web.acts.stale import stale
from web.acts.uploads import take_uploads
from web.auth.views import apply_switch
from web.files.sizes import takes_files
from web.language import language
from web.people import names_of
from web.visitors import RECORDERS, present

blueprint = Blueprint("acts", __name__)


@blueprint.get("/dossiers/<dossier>/acts/<do>")
@reach(*RECORDERS)
def form(dossier: str, do: str) -> ResponseReturnValue:
    """The empty form, with what the address already says: the purpose, the act to correct."""
    return _shown(act_page(present(), dossier, do, request.args))


@blueprint.post("/dossiers/<dossier>/acts/<do>")
@reach(*RECORDERS)
@takes_files
def record(dossier: str, do: str) -> ResponseReturnValue:
    """Record the act, or show the form again with every entry and every reason."""
    taken = take_uploads(present(), dossier, do=do)
    entries = taken.entries
    if "switch" in entries:
        apply_switch(entries["switch"])
    is_back = "choose" in entries or entries.get("step") == "edit"
    is_switch = "switch" in entries and entries.get("at") != "check"
    if taken.problems or taken.only_files or is_back or is_switch:
        wrong = BadInput(*taken.problems) if taken.problems else None
        return _again(dossier, do, entries, problems=wrong), taken.status
    try:
        return _looked_at_or_recorded(dossier, do, entries)
    except BadInput as error:
        return _again(dossier, do, entries, problems=error), 400
    except Refused as error:
        return _again(dossier, do, entries, refused=error), 422
    except StaleDossier:
        return _again(dossier, do, entries, is_stale=True), 409
    except KeyReused as error:
        return _again(dossier, do, entries, problem=error.message(language())), 422


def _looked_at_or_recorded(dossier: str, do: str, entries: MultiDict[str, str]) -> ResponseReturnValue:
    looked_at = check_page(present(), dossier, do, entries)
    if looked_at is not None:
        return render_template("act_check.html", page=looked_at, switch_form="act-form")
    done = record_act(present(), command_of(present(), dossier, do, entries))
    _say(do, done)
    return redirect(url_for("dossiers.page", dossier=dossier))


def _again(
    dossier: str,
    do: str,
    entries: MultiDict[str, str],
    *,
    problems: BadInput | None = None,
    refused: Refused | None = None,
    is_stale: bool = False,
    problem: str = "",
) -> str:
    asks_override = refused is not None and any(
        finding.severity == "override" for finding in refused.findings
    )
    page = act_page(
        present(),
        dossier,
        do,
        entries,
        asks_override=asks_override or bool(entries.get("override")),
        opens=entries.get("choose") == "act" and "switch" not in entries,
    )
    at_boxes = {one.field: one.message(language()) for one in problems.problems} if problems else {}
    page = with_entries(page, entries, at_boxes)
    if problems:
        page.problem = problems.message(language())
    if refused:
        page.refused = refusal(refused.findings, page.title, names_of(present(), dossier))
    if is_stale:
        page.stale = stale(present(), dossier, _seen(entries))
    if problem:
        page.problem = problem
    if not (refused or is_stale or problems or problem):
        return _shown(page)
    page.hidden = [(name, new_key() if name == "key" else value) for name, value in page.hidden]
    return _shown(page)


def _seen(entries: MultiDict[str, str]) -> int:
    seen = entries.get("seen_version", "")
    return int(seen) if seen.isdecimal() else 0


def _shown(page: Page) -> str:
    return render_template("act.html", page=page, switch_form="act-form")


def _say(do: str, done: Recorded | Proposed) -> None:
    if isinstance(done, Proposed):
        flash(result(present(), do, done), "info")
        return
    warned = sum(finding.severity not in REFUSING for finding in done.findings)
    flash(result(present(), do, done), "ok")
    if warned:
        flash(_("%(n)s remarks were kept with it; the history shows them.", n=warned), "")
