"""How many things wait: the numbers beside the menu."""

from flask import g

from recruit.context import Context
from recruit.queries.desk import Desk, Todo, desk
from recruit.queries.news import news_for
from recruit.queries.proposals import proposals
from recruit.queries.reminders import reminders_for
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
    letters = {letter for role in context.actor.roles() for letter in _LETTERS.get(role, "")}
    return [todo for todo in desk_of(context).todos if _is_own(todo, letters)]


def todo_count(context: Context) -> int:
    return len(own_todos(context))


def _is_own(todo: Todo, letters: set[str]) -> bool:
    if todo.kind == "proposal":
        return True
    if todo.owed is not None:
        return todo.owed.milestone is None or _has_own_act(todo.owed.milestone, letters)
    if todo.kind not in URGENT or todo.id == SETTLES_ITSELF or todo.act is None:
        return False
    kind = edition_of_today().acts.get(todo.act)
    return kind is not None and not letters.isdisjoint(kind.by)


def _has_own_act(milestone: StoredMilestone, letters: set[str]) -> bool:
    """The plan's committee watches over all its milestones, a branch does its own acts."""
    acts = edition_of_today().acts
    by = {letter for step in milestone.steps if (act := acts.get(step.split()[0])) for letter in act.by}
    return bool(letters & {"C", "D"}) or not letters.isdisjoint(by)


def proposal_count(context: Context) -> int:
    return sum(row.may_confirm for row in proposals(context))


def unread_count(context: Context) -> int:
    """Reminders of open deadlines, and news, that the visitor has not taken note of."""
    unread = [row.read_at is None for row in reminders_for(context)]
    return sum(unread) + sum(row.read_at is None for row in news_for(context))
