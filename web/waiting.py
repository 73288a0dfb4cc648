"""How many things wait: the numbers beside the menu."""

from flask import g

from recruit.context import Actor, Context
from recruit.queries.deadlines import Seat
from recruit.queries.desk import Desk, Todo, desk, pressing_todos
from recruit.queries.news import news_for, opinions_for
from recruit.queries.obligations import own_obligations
from recruit.queries.proposals import proposals
from recruit.queries.reminders import ReminderRow, reminders_for, reminders_owed
from recruit.queries.told import Told, told_with
from recruit.queries.what_waits import Waiting, what_waits
from web.meetings.names import HOLDERS
from web.words import edition_of_today
from workflows.plans.milestones import StoredMilestone, recorders

URGENT = frozenset({"overdue", "proposal", "due_soon", "waiting"})
SETTLES_ITSELF = "publicity"
LOADED = 60  # of the deadlines; a page shows fewer
_LETTERS = {
    "branch_secretary": "BP",
    "branch_clerk": "BP",
    "general_branch": "G",
    "organizer": "C",
    "committee_secretary": "C",
    "department": "D",
}


def desk_of(context: Context) -> Desk:
    """The visitor's desk, asked for once per request."""
    if "desk" not in g:
        g.desk = desk(context, seats=seats_of(context.actor), most=LOADED)
    found: Desk = g.desk
    return found


def own_todos(context: Context) -> list[Todo]:
    """What the visitor's own organization has to do: a branch's acts are no committee's work."""
    return [todo for todo in desk_of(context).todos if _is_own(context, todo)]


def others_todos(context: Context, *, most: int) -> tuple[Todo, ...]:
    """Deadlines of the reach that press and are somebody else's to meet, the earliest first."""
    mine, known = seats_of(context.actor), frozenset(edition_of_today().deadlines) - {SETTLES_ITSELF}
    others = [
        Seat(path=path, deadlines=known.difference(*(one.deadlines for one in mine if one.covers(path))))
        for path in context.paths()
    ]
    return pressing_todos(context, others, most=most)


def todo_count(context: Context) -> int:
    """To-dos and meetings under way: the number of the desk's greeting and of its entry in the menu."""
    return own_count(context) + meeting_count(context)


def meeting_count(context: Context) -> int:
    """How many meetings wait for the visitor."""
    return _waiting(context).meetings


def own_count(context: Context) -> int:
    """How many to-dos, those that no page has loaded too; from a thousand on it counts no further."""
    if "desk" in g:
        return len(own_todos(context)) + desk_of(context).more
    waiting = _waiting(context)
    rows = own_obligations(context) if waiting.has_obligations else ()
    owed = [Todo.of_obligation(context.on, row) for row in rows]
    return waiting.due + proposal_count(context) + sum(_is_own(context, todo) for todo in owed)


def seats_of(actor: Actor) -> list[Seat]:
    """Which deadlines are the work of which of the actor's roles: those that an act of theirs settles."""
    edition = edition_of_today()
    seats = []
    for held in actor.grants:
        letters = set(_LETTERS.get(held.role, ""))
        mine = frozenset(
            id_
            for id_, kind in edition.deadlines.items()
            if id_ != SETTLES_ITSELF and kind.act in edition.acts and letters & set(edition.acts[kind.act].by)
        )
        if mine:
            seats.append(Seat(path=held.path, deadlines=mine))
    return seats


def _is_own(context: Context, todo: Todo) -> bool:
    if todo.owed is None:
        return todo.kind in URGENT
    planned = todo.owed.milestone
    return planned is None or _has_own_act(planned, todo.owed.open_steps, context)


def _letters(actor: Actor) -> set[str]:
    """Whose acts the actor's roles are for."""
    return {letter for one in actor.grants for letter in _LETTERS.get(one.role, "")}


def _has_own_act(planned: StoredMilestone, open_steps: frozenset[str], context: Context) -> bool:
    """The plan's committee watches over all its milestones; a branch does its own acts.

    From a milestone's first day on only those that are still open for somebody.
    """
    letters = _letters(context.actor)
    if letters & {"C", "D"}:
        return True
    steps = open_steps if planned.span.first <= context.on else planned.steps
    return not letters.isdisjoint(recorders(steps, edition_of_today()))


def proposal_count(context: Context) -> int:
    """How many the visitor may confirm, asked for once per request."""
    if "proposal_count" not in g:
        rows = proposals(context) if _waiting(context).has_proposals else ()
        g.proposal_count = sum(row.may_confirm for row in rows)
    found: int = g.proposal_count
    return found


def unread_count(context: Context) -> int:
    """Reminders of open deadlines, news and opinions that the visitor has not taken note of, nor put off."""
    waiting = _waiting(context)
    if not waiting.has_put_off:
        owed = reminders_owed(context) if waiting.has_owed else ()
        return waiting.unread + sum(row.read_at is None for row in owed)
    unread = [row.read_at is None and told.quiet_until is None for row, told in inbox_of(context)]
    told = [row.read_at for row in news_for(context)] + [row.read_at for row in opinions_for(context)]
    return sum(unread) + told.count(None)


def _waiting(context: Context) -> Waiting:
    """What there is at all, asked for once per request."""
    if "waiting" not in g:
        seats = () if "desk" in g else tuple(seats_of(context.actor))
        g.waiting = what_waits(context, seats, holds_meetings=bool(context.actor.roles() & set(HOLDERS)))
    found: Waiting = g.waiting
    return found


def inbox_of(context: Context) -> list[tuple[ReminderRow, Told]]:
    """The visitor's reminders with what belongs to them, asked for once per request."""
    if "inbox" not in g:
        rows = reminders_for(context)
        told = told_with(context, rows)
        g.inbox = [(row, told[row.id]) for row in rows if row.id in told]
    found: list[tuple[ReminderRow, Told]] = g.inbox
    return found
