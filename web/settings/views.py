"""The organizations that may have settings, those of one, and one of them with its form."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.law import SetSetting, check_setting, set_setting
from recruit.commands.reading import read_day
from recruit.errors import BadInput
from recruit.queries.foreseen import foreseen_setting
from recruit.queries.organization_tree import organization_tree
from recruit.queries.settings import READERS, settings_view
from web import dates
from web.access import reach
from web.language import language
from web.organizations.page import rows_of
from web.settings.page import One, foreseen_text, groups_of, kinds_of, may_set, one_of, paper_lines
from web.settings.words import value_text
from web.visitors import present
from workflows.settings import SETTING_NAMES, read_setting

blueprint = Blueprint("settings", __name__)
READ = tuple(sorted(READERS))


@blueprint.get("/admin/settings")
@reach(*READ)
def places() -> ResponseReturnValue:
    """Whose settings are to be seen; a branch has its committee's unless it sets stricter ones."""
    found = organization_tree(present())
    rows = [(row, one.id) for row, one in zip(rows_of(found), found, strict=True) if not row.is_closed]
    return render_template("settings_places.html", rows=rows)


@blueprint.get("/admin/settings/<organization>")
@reach(*READ)
def listed(organization: str) -> ResponseReturnValue:
    """Every setting as it holds there today, with where it comes from."""
    context = present()
    view = settings_view(context, organization)
    return render_template(
        "settings.html", view=view, groups=groups_of(context, view), may=may_set(context, view)
    )


@blueprint.get("/admin/settings/<organization>/<setting>")
@reach(*READ)
def one(organization: str, setting: str) -> ResponseReturnValue:
    """One setting: who has set it, what the edition says, and the form."""
    return _page(_one(organization, setting))


@blueprint.post("/admin/settings/<organization>/<setting>")
@reach(*READ)
def change(organization: str, setting: str) -> ResponseReturnValue:
    """First what it would move (`step` check), then set."""
    shown, context = _one(organization, setting), present()
    try:
        wanted = SetSetting(
            organization=organization,
            name=setting,
            value=_value(shown),
            valid_from=_valid_from(),
        )
        if request.form.get("step") != "set":
            check_setting(context, wanted)
            return _page(shown, checked=(wanted, foreseen_text(foreseen_setting(context, wanted))))
        set_setting(context, wanted)
    except BadInput as error:
        return _page(shown, trouble=[one.message(language()) for one in error.problems]), 400
    flash(_("Set. Deadlines that it concerns are counted anew by the clock."), "ok")
    return redirect(url_for("settings.listed", organization=organization))


def _one(organization: str, name: str) -> One:
    context = present()
    view = settings_view(context, organization)
    if name not in SETTING_NAMES:
        abort(404)
    return one_of(context, view, name)


def _valid_from() -> date:
    """Raises `BadInput`."""
    return read_day(request.form.get("valid_from", ""), field="valid_from")


def _value(shown: One) -> object:
    """The entry as `set_setting` takes it."""
    if shown.kind == "papers":
        return paper_lines({name: request.form.getlist(name) for name in ("kind", "age", "league", "every")})
    entry = request.form.get("value", "").strip()
    if shown.kind in {"time", "date"} and not entry:
        return "none"
    return entry


def _page(
    shown: One, *, trouble: list[str] | None = None, checked: tuple[SetSetting, list[str]] | None = None
) -> str:
    last = None
    if checked is not None:
        wanted, moved = checked
        last = {
            "value": value_text(shown.id, read_setting(shown.id, wanted.value)),
            "day": dates.long_day(wanted.valid_from, language()),
            "moved": moved,
            "is_ahead": wanted.valid_from > present().on,
            "entries": [
                (name, entry)
                for name in ("value", "kind", "age", "league", "every", "valid_from")
                for entry in request.form.getlist(name)
            ],
        }
    return render_template("setting.html", one=shown, kinds=kinds_of(shown), trouble=trouble or [], last=last)
