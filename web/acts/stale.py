"""Somebody was faster: what was recorded since the page was opened."""

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import dossier_view
from recruit.queries.history import history
from web import dates
from web.acts.page import Stale
from web.sayings import act_title, for_whom


def stale(context: Context, dossier: str, seen_version: int) -> Stale:
    """刘敏 10:02 已经记了“谈话”."""
    ground = dossier_view(context, dossier).ground
    newer = [entry for entry in history(context, dossier, attempts=False) if (entry.seq or 0) > seen_version]
    lines = tuple(
        _(
            "%(name)s recorded “%(act)s” at %(time)s.",
            name=for_whom(entry.by_name, entry.by_instead_of),
            act=act_title(entry.act, ground.edition_on(entry.on)),
            time=dates.clock_time(entry.recorded_at),
        )
        for entry in newer
        if entry.act is not None
    )  # fmt: skip
    return Stale(_("The dossier has changed since you opened this page. Please look, then continue."), lines)
