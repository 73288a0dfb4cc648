"""The tree, one organization, and what its keepers change."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.organization_changes import (
    DescribeOrganization,
    close_organization,
    describe_organization,
    rename_organization,
)
from recruit.commands.organizations import MOST_STAFF, AddOrganization, add_organization
from recruit.commands.reading import read_day
from recruit.errors import BadInput, problem
from recruit.queries.organization_tree import organization_tree, organization_view
from recruit.queries.settings import READERS
from web.access import reach
from web.acts.fields import Choice
from web.language import language
from web.organizations.page import BELOW, page_of, rows_of
from web.visitors import present
from web.words import word

blueprint = Blueprint("organizations", __name__)
READ = tuple(sorted(READERS))


@blueprint.get("/admin/organizations")
@reach(*READ)
def tree() -> ResponseReturnValue:
    """Every organization within reach, each below the one above it."""
    return render_template("organizations.html", rows=rows_of(organization_tree(present())))


@blueprint.get("/admin/organizations/<organization>")
@reach(*READ)
def one(organization: str) -> ResponseReturnValue:
    """What it is, who is there, its former names, and the forms of its keepers."""
    return _page(organization, "")


@blueprint.post("/admin/organizations/<organization>")
@reach(*READ)
def change(organization: str) -> ResponseReturnValue:
    """As the button says: one below it, another name, its description, or its end."""
    organization_view(present(), organization)
    doing: dict[str, Callable[[str], str]] = {
        "add": _add, "rename": _rename, "describe": _describe, "close": _close,
    }  # fmt: skip
    do = doing.get(request.form.get("do", ""))
    if do is None:
        abort(400)
    try:
        shown = do(organization)
    except BadInput as error:
        return _page(organization, error.message(language())), 400
    return redirect(url_for("organizations.one", organization=shown))


def _add(organization: str) -> str:
    form = request.form
    added = add_organization(
        present(),
        AddOrganization(
            name=form.get("name", ""),
            kind=form.get("kind", ""),
            parent=organization,
            opened_on=_day("opened_on"),
            ends_on=_day("ends_on"),
            has_committee=_yes("has_committee"),
            staff_count=_count("staff_count"),
            is_new_economic="is_new_economic" in form,
        ),
    )
    flash(_("Added. Its secretary gets a log-in and a role from the administrators."), "ok")
    return added


def _rename(organization: str) -> str:
    rename_organization(present(), organization, name=request.form.get("name", ""))
    flash(_("Renamed. The former name is kept."), "ok")
    return organization


def _describe(organization: str) -> str:
    describe_organization(
        present(),
        DescribeOrganization(
            organization=organization,
            opened_on=_day("opened_on"),
            ends_on=_day("ends_on"),
            has_committee=_yes("has_committee"),
            staff_count=_count("staff_count"),
            is_new_economic="is_new_economic" in request.form,
        ),
    )
    flash(_("Recorded."), "ok")
    return organization


def _close(organization: str) -> str:
    day = read_day(request.form.get("closed_on", ""), field="closed_on")
    close_organization(present(), organization, closed_on=day)
    flash(_("Closed. What is recorded there stays."), "ok")
    return organization


def _page(organization: str, trouble: str) -> str:
    context = present()
    page = page_of(context, organization_view(context, organization))
    kinds = [Choice(kind, word("organization_kind", kind)) for kind in BELOW]
    return render_template(
        "organization.html", page=page, kinds=kinds, problem=trouble, today=context.on.isoformat()
    )


def _day(field: str) -> date | None:
    """Raises `BadInput`."""
    text = request.form.get(field, "").strip()
    return read_day(text, field=field) if text else None


def _yes(field: str) -> bool | None:
    return {"true": True, "false": False}.get(request.form.get(field, ""))


def _count(field: str) -> int | None:
    """Raises `BadInput`."""
    text = request.form.get(field, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_STAFF))):
        raise BadInput(problem(field, "not_within", least=0, most=MOST_STAFF))
    return int(text)
