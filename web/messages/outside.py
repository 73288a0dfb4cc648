"""Messages that left the house: the own ones, and those within reach for auditors and administrators."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.outbox import DEAD, HELD, release_held, retry_dead
from recruit.errors import BadInput, NotFound
from recruit.queries.messages import READERS, MessagePage, sent_in_reach, sent_to_me, state_counts
from web.access import SIGNED_IN, reach
from web.language import language
from web.messages.sent import STATES, sent_row, state_name
from web.visitors import present, visitor


def route_outside(blueprint: Blueprint) -> None:
    """The pages of sent messages, beside the reminders."""
    blueprint.add_url_rule("/messages/sent", "sent", sent)
    blueprint.add_url_rule("/messages/sent/all", "all_sent", all_sent)
    blueprint.add_url_rule("/messages/sent/again", "again", again, methods=["POST"])


@reach(SIGNED_IN)
def sent() -> ResponseReturnValue:
    """What was sent to the visitor, word for word."""
    return _page(sent_to_me(present(), before=request.args.get("before")), state=None)


@reach(*READERS)
def all_sent() -> ResponseReturnValue:
    """What was sent within reach; `state` shows those of one state only."""
    state = request.args.get("state") or None
    if state is not None and state not in STATES:
        abort(404)
    found = sent_in_reach(present(), state=state, before=request.args.get("before"))
    counts = state_counts(present())
    chosen = [(one, state_name(one), counts.get(one, 0)) for one in STATES]
    return _page(found, state=state, states=chosen)


@reach("system_admin")
def again() -> ResponseReturnValue:
    """Send what a restore held back, or try again what was given up."""
    ids, state = request.form.getlist("message"), request.form.get("state")
    commands = {HELD: release_held, DEAD: retry_dead}
    if state not in commands:
        abort(400)
    try:
        count = commands[state](present(), ids)
    except (BadInput, NotFound) as error:
        flash(error.message(language()), "bad")
    else:
        flash(ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", count), "ok")
    return redirect(url_for("messages.all_sent", state=state))


def _page(
    found: MessagePage, *, state: str | None, states: list[tuple[str, str, int]] | None = None
) -> ResponseReturnValue:
    seen = visitor()
    assert seen is not None
    may_send = states is not None and state in {HELD, DEAD} and "system_admin" in seen.roles
    return render_template(
        "sent.html",
        messages=[sent_row(row) for row in found.rows],
        before=found.before,
        state=state,
        states=states,
        may_send=may_send,
        may_read_all=bool(seen.roles & set(READERS)),
        title=_("Messages sent") if states is not None else _("Sent to me"),
    )
