"""A file is downloaded, never shown in place; small pictures of a notice on the wall are made here."""

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.files import drop_file, read_file
from recruit.context import BUSINESS_ROLES, READING_ROLES
from recruit.errors import KeysMissing, NotAllowed, NotFound
from recruit.files.kinds import IMAGES
from recruit.files.pictures import small_picture
from recruit.queries.files import OBJECTION, file_of
from web.access import reach
from web.auth.views import same_site
from web.errors import error_page
from web.files.download import attachment
from web.visitors import present

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<file>")
@reach(*READING_ROLES)
def download(file: str) -> ResponseReturnValue:
    """The bytes as they were handed in; that a paper is read is on record before.

    What came with an opinion is read with its text alone, and a reason.
    """
    if file_of(present(), file).owner_kind == OBJECTION:
        raise NotFound(what="file")
    try:
        opened = read_file(present(), file)
    except KeysMissing:
        return error_page(404, _("The file is not where it should be. Tell the administrator."))
    return attachment(opened)


@blueprint.get("/files/<file>/picture")
@reach(*READING_ROLES)
def picture(file: str) -> ResponseReturnValue:
    """A small picture of a notice's photo, made anew: nothing of the file itself leaves with it."""
    found = file_of(present(), file)
    if found.owner_kind != "notice" or found.kind not in IMAGES:
        raise NotFound(what="file")
    return Response(small_picture(read_file(present(), file).data), mimetype="image/jpeg")


@blueprint.post("/files/<file>/drop")
@reach(*BUSINESS_ROLES)
def drop(file: str) -> ResponseReturnValue:
    """Undo an upload of one's own within ten minutes."""
    try:
        drop_file(present(), file)
    except NotAllowed:
        flash(_("It stands in a record, or ten minutes are over: it stays. Use “Correct a record”."), "bad")
    else:
        flash(_("Taken back."), "ok")
    return redirect(same_site(request.form.get("back")))
