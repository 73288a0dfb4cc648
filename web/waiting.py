"""How many things wait: the numbers beside the menu."""

from flask import g

from recruit.context import Actor, Context
from recruit.queries.desk import Desk, Todo, desk
from recruit.queries.news import news_for
from recruit.queries.proposals import proposals
from recruit.queries.reminders import ReminderRow, reminders_for
from recruit.queries.told import Told, told_with
from web.words import edition_of_today
from workflows.plans.milestones import StoredMilestone

URGENT = frozenset({"overdue", "proposal", "due_soon", "waiting"})
SETTLES_ITSELF = "publicity"
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
        g.desk = desk(context)
    found: Desk = g.desk
    return found


def own_todos(context: Context) -> list[Todo]:
    """What the visitor's own organization has to do: a branch's acts are no committee's work."""
    return [todo for todo in desk_of(context).todos if _is_own(todo, context.actor)]


def others_todos(context: Context) -> list[Todo]:
    """Deadlines of the reach that press and are somebody else's to meet."""
    return [
        todo
        for todo in desk_of(context).todos
        if todo.kind in {"overdue", "due_soon"}
        and todo.dossier is not None
        and todo.id != SETTLES_ITSELF
        and not _is_own(todo, context.actor)
    ]


def todo_count(context: Context) -> int:
    return len(own_todos(context))


def _is_own(todo: Todo, actor: Actor) -> bool:
    if todo.kind == "proposal":
        return True
    if todo.owed is not None:
        return todo.owed.milestone is None or _has_own_act(todo.owed.milestone, _letters(actor))
    if todo.kind not in URGENT or todo.id == SETTLES_ITSELF or todo.act is None:
        return False
    kind = edition_of_today().acts.get(todo.act)
    return kind is not None and not _letters(actor, over=todo.path).isdisjoint(kind.by)


def _letters(actor: Actor, *, over: str | None = None) -> set[str]:
    """Whose acts the actor's roles are for: those that cover the path, or all."""
    held = [one for one in actor.grants if over is None or one.covers(over)]
    return {letter for one in held for letter in _LETTERS.get(one.role, "")}


def _has_own_act(milestone: StoredMilestone, letters: set[str]) -> bool:
    """The plan's committee watches over all its milestones, a branch does its own acts."""
    acts = edition_of_today().acts
    by = {letter for step in milestone.steps if (act := acts.get(step.split()[0])) for letter in act.by}
    return bool(letters & {"C", "D"}) or not letters.isdisjoint(by)


def proposal_count(context: Context) -> int:
    return sum(row.may_confirm for row in proposals(context))


def unread_count(context: Context) -> int:
    """Reminders of open deadlines, and news, that the visitor has not taken note of, nor put off."""
    unread = [row.read_at is None and told.quiet_until is None for row, told in inbox_of(context)]
    return sum(unread) + sum(row.read_at is None for row in news_for(context))


def inbox_of(context: Context) -> list[tuple[ReminderRow, Told]]:
    """The visitor's reminders with what belongs to them, asked for once per request."""
    if "inbox" not in g:
        rows = reminders_for(context)
        told = told_with(context, rows)
        g.inbox = [(row, told[row.id]) for row in rows if row.id in told]
    found: list[tuple[ReminderRow, Told]] = g.inbox
    return found
