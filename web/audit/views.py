"""The auditor's pages: they read, and what they read is on record; they change nothing else."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.extracts import EXTRACTORS, REASONS, Extract, export_bundle, log_extract
from recruit.errors import BadInput
from recruit.ids import instant, microseconds
from recruit.lately import VERIFIED, note
from recruit.limits import LIMITS
from recruit.queries.found import find_dossiers
from recruit.queries.organizations import places
from recruit.queries.readings import OVERSEERS, readings
from recruit.queries.register import register
from web.access import reach
from web.acts.fields import Choice
from web.audit.asked import MOST_DOSSIERS, address_of, filters_of
from web.audit.exporting import excel, lines, reason_name, taken
from web.audit.problems import problems_page
from web.audit.reading import dossier_names, lines_of
from web.audit.register import register_page
from web.audit.scans import scans
from web.audit.verifying import Result, verified, verify_page
from web.language import language
from web.limits import count_use
from web.places import calendar_of
from web.proof import proven
from web.visitors import present

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

AUDITORS = ("auditor", "audit_admin")
_NOTE_BYTES = 20_000


@blueprint.get("")
@reach(*AUDITORS)
def acts() -> ResponseReturnValue:
    """Acts and refused attempts across the reach; the address holds ids and days, never a name."""
    return _register()


@blueprint.post("")
@reach(*AUDITORS)
def find() -> ResponseReturnValue:
    """Turn a name into ids and go to the address that holds these alone."""
    filters = filters_of(request.form)
    name = request.form.get("name", "").strip()
    if not name:
        return redirect(url_for("audit.acts", **address_of(filters)), 303)
    found = find_dossiers(present(), name[:60], most=MOST_DOSSIERS)
    if not found:
        return _register(_("Nobody within your reach is called so. Write part of the name, or pinyin.")), 404
    if len(found) > MOST_DOSSIERS:
        return _register(_("More than %(n)s are called so; write more of the name.", n=MOST_DOSSIERS)), 400
    chosen = [row.id for row in found]
    return redirect(url_for("audit.acts", **address_of(filters, dossier=chosen)), 303)


@blueprint.get("/scan")
@reach(*AUDITORS)
def problems() -> ResponseReturnValue:
    """What an inspection would find today; where it takes long, how far it is."""
    asked = {name: request.args.get(name, "")[:60] for name in ("severity", "unit", "rule")}
    look = scans().look(present())
    start = _whole(request.args.get("start", "0"))
    return render_template("problems.html", page=problems_page(present(), look, asked, start=start))


@blueprint.get("/verify")
@reach(*AUDITORS)
def verify() -> ResponseReturnValue:
    """What is signed, and what lies outside; one button verifies."""
    return _verify(None)


@blueprint.post("/verify")
@reach(*AUDITORS)
def verify_now() -> ResponseReturnValue:
    """Verify the whole log now, and beside a checkpoint kept outside where one is handed in."""
    context = present()
    result = verified(context, _handed_in())
    with suppress(OSError):  # the answer is the same where it cannot be noted
        note(context.record.folder, VERIFIED, at=context.now, **result.noted)
    return _verify(result)


@blueprint.get("/export")
@reach(*EXTRACTORS)
@proven
def export_form() -> ResponseReturnValue:
    """What may leave, why, and what is put on record; it asks who it is, so that one press gives the file."""
    return _export_form()


@blueprint.post("/export")
@reach(*EXTRACTORS)
@proven
def export() -> ResponseReturnValue:
    """Put it on record, then hand it over. Without a reason nothing leaves."""
    entries = request.form
    kinds = {"xlsx": _excel, "jsonl": _lines, "bundle": _bundle}
    give = kinds.get(entries.get("kind", ""))
    if give is None or entries.get("reason") not in REASONS:
        return _export_form(_("Choose a form and a reason. Nothing was exported.")), 400
    count_use("export", present().actor.user_id)
    try:
        return give(_extract(entries.get("kind", "")))
    except BadInput as error:
        return _export_form(error.message(language())), 400


@blueprint.get("/readings")
@reach(*OVERSEERS)
def who_read() -> ResponseReturnValue:
    """Who from outside has opened which dossier; for a security administrator without names of persons."""
    context = present()
    before = request.args.get("before", "")
    moment = instant(int(before)) if before.isdecimal() and len(before) <= 17 else None  # noqa: PLR2004 - microseconds of this age
    found = readings(context, before=moment)
    named = (
        dossier_names(context, {one.dossier for one in found.rows})
        if context.actor.roles() & set(AUDITORS)
        else {}
    )
    next_href = url_for("audit.who_read", before=microseconds(found.before)) if found.before else ""
    return render_template("readings.html", rows=lines_of(found.rows, named), next_href=next_href)


def _register(problem: str = "") -> str:
    context = present()
    filters = filters_of(request.args if request.method == "GET" else request.form)
    cursor = request.args.get("cursor", "")[:26] or None
    found = register(context, filters, cursor=cursor)
    page = register_page(context, filters, found, is_first=cursor is None, problem=problem)
    return render_template("register.html", page=page)


def _verify(result: Result | None) -> str:
    return render_template("verify.html", page=verify_page(present(), result))


def _handed_in() -> str:
    """A checkpoint as a file or as text; the file counts where both are there."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read(_NOTE_BYTES).decode("utf-8", errors="replace")
    return request.form.get("checkpoint", "")[:_NOTE_BYTES].replace("\r\n", "\n").strip("\n")


def _export_form(problem: str = "") -> str:
    context = present()
    entries = request.args if request.method == "GET" else request.form
    filters = filters_of(entries)
    return render_template(
        "export.html",
        problem=problem,
        people=list(dossier_names(context, filters.dossiers).values()),
        dossiers=filters.dossiers,
        branch=filters.branch,
        branches=[Choice(one.id, one.name) for one in places(context, kind="branch")],
        reasons=[Choice(one, reason_name(one)) for one in REASONS],
        chosen=entries.get("reason", ""),
        kind=entries.get("kind", "xlsx"),
        most=LIMITS["export"].count,
    )


def _extract(kind: Any) -> Extract:  # noqa: ANN401 - one of the kinds, looked at before
    filters = filters_of(request.form)
    return Extract(kind=kind, reason=request.form["reason"], branch=filters.branch, dossiers=filters.dossiers)


def _excel(extract: Extract) -> Response:
    context = present()
    dossiers = log_extract(context, extract)
    made = scans().look(context).made
    data = excel(
        context, dossiers, taken(context, extract, dossiers), scanned=made.scanned if made else None,
        calendar=calendar_of(context),
    )  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(data, f"audit-{context.on}.xlsx", kind)


def _lines(extract: Extract) -> Response:
    context = present()
    dossiers = log_extract(context, extract)
    data = lines(context, dossiers, taken(context, extract, dossiers))
    return _file(data, f"audit-{context.on}-lines.zip", "application/zip")


def _bundle(extract: Extract) -> Response:
    context = present()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.zip"
        export_bundle(context, extract, path)
        return _file(path.read_bytes(), f"audit-{context.on}-bundle.zip", "application/zip")


def _file(data: bytes, name: str, kind: str) -> Response:
    """Always a download; the name holds a day and nobody's name."""
    answer = Response(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 - digits
