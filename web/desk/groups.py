"""The to-dos in the order in which they press: others wait for it, due soon, and what others have to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.desk import Todo
from web.desk.rows import MOST, Row, todo_row
from web.visitors import Visitor
from web.waiting import others_todos

_MOST_OF_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """`is_own` False: nothing to be done here, others are waited for."""

    title: str
    rows: tuple[Row, ...]
    is_own: bool = True


def groups_of(context: Context, mine: Sequence[Todo], seen: Visitor) -> list[Group]:
    """Those with something in them; of one's own work the most urgent `MOST`."""
    shown = mine[:MOST]
    pressing = [todo for todo in shown if todo.kind != "due_soon"]
    soon = [todo for todo in shown if todo.kind == "due_soon"]
    others = () if seen.is_auditor else others_todos(context, most=_MOST_OF_OTHERS)
    made = [
        Group(_("Overdue, or others are waiting"), tuple(todo_row(context, todo, seen) for todo in pressing)),
        Group(_("Due soon"), tuple(todo_row(context, todo, seen) for todo in soon)),
        Group(_("Waiting for others"), tuple(todo_row(context, todo, seen) for todo in others), is_own=False),
    ]
    return [group for group in made if group.rows]
