"""How many things wait: the numbers beside the menu."""

from flask import g

from recruit.context import Context
from recruit.queries.desk import Desk, desk
from recruit.queries.proposals import proposals

URGENT = frozenset({"overdue", "proposal", "due_soon"})
SETTLES_ITSELF = "publicity"


def desk_of(context: Context) -> Desk:
    """The visitor's desk, asked for once per request."""
    if "desk" not in g:
        g.desk = desk(context)
    found: Desk = g.desk
    return found


def todo_count(context: Context) -> int:
    return sum(todo.kind in URGENT and todo.id != SETTLES_ITSELF for todo in desk_of(context).todos)


def proposal_count(context: Context) -> int:
    return sum(row.may_confirm for row in proposals(context))
