"""Meetings under way on the desk of whoever goes on with them or confirms them."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.context import Context
from recruit.queries.meetings_waiting import WaitingMeeting, waiting_meetings
from web import dates
from web.desk.rows import Row
from web.desk.sections import Section
from web.language import language
from web.meetings.names import kind_name
from web.waiting import meeting_count


def meetings_section(context: Context) -> list[Section]:
    """Nothing where no meeting waits for this visitor."""
    count = meeting_count(context)
    if not count:
        return []
    rows = [_row(context, one) for one in waiting_meetings(context)]
    title = f"{_('Meetings under way')} · {count}"
    return [Section(title, "rows.html", rows, href=url_for("meetings.listed"), link=_("All meetings"))]


def _row(context: Context, one: WaitingMeeting) -> Row:
    return Row(
        level="warn" if one.is_handed else "soon",
        when=_("waits for confirmation") if one.is_handed else _("under way"),
        day=dates.list_day(one.on, context.on, language()),
        title=f"{kind_name(one.kind)} · {one.organization}",
        text=ngettext("%(num)s person", "%(num)s persons", one.items),
        href=url_for("meetings.page", meeting=one.id),
        verb=_("Check and confirm") if one.is_handed else _("Go on"),
    )
