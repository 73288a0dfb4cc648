"""The acts that may be recorded for several people at once, and what differs from person to person."""

from collections.abc import Mapping

from flask import url_for

from recruit.context import Context
from web.dossiers.rights import acts_of_roles
from web.words import edition_of_today, word

# Never a decision, a vote, or an act that moves a stage; a talk is held with one person alone.
KINDS: Mapping[str, str] = {
    "thought_report_received": "",
    "review_recorded": "result",
    "course_attended": "passed",
    "assigned_to_group": "",
}


def links(context: Context) -> list[tuple[str, str]]:
    """Name and address of each such act that this visitor may record."""
    edition = edition_of_today()
    allowed = acts_of_roles(context.actor.roles(), edition)
    return [(word("act", do, edition), url_for("several.form", do=do)) for do in KINDS if do in allowed]
