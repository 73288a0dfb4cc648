"""`/deadlines` and `/organizations`: what runs across one's reach, and what lies in it."""

from pydantic import BaseModel

from recruit.queries.deadline_pages import MOST, deadline_page
from recruit.queries.deadlines import DeadlineRow
from recruit.queries.organizations import places
from web.access import SIGNED_IN
from web.api.answers import DeadlineItem, DeadlinePage, Organization, Organizations
from web.api.operation import Given, operation
from web.api.values import Asked, Day, Id, Name, said
from web.visitors import present
from workflows.deadlines import Status


class DeadlinesAsked(Asked):
    status: Status | None = said("状态", "the status; without it those that run", default=None)
    due_before: Day | None = said("在哪一天以前到期", "due before that day", default=None)
    branch: Id | None = said("党支部", "the branch", default=None)
    cursor: str | None = said(
        "上一页给的 next_cursor", "next_cursor of the page before", default=None, max_length=500
    )
    limit: int = said("每页条数", "how many on a page", default=50, ge=1, le=MOST)


class OrganizationsAsked(Asked):
    kind: Name | None = said("类别，如 branch", "the kind, such as branch", default=None)


@operation(
    "GET", "/deadlines", "期限，最早到期的在前", "Deadlines, the earliest due day first",
    whom=(SIGNED_IN,), query=DeadlinesAsked, answers={200: DeadlinePage}, errors=(400,),
)  # fmt: skip
def list_deadlines(given: Given[DeadlinesAsked, None]) -> tuple[DeadlinePage, int]:
    """Across one's reach, page by page."""
    asked = given.query
    page = deadline_page(
        present(),
        status=asked.status,
        due_before=asked.due_before,
        branch=asked.branch,
        cursor=asked.cursor,
        limit=asked.limit,
    )
    return DeadlinePage(items=[_deadline(row) for row in page.items], next_cursor=page.next_cursor), 200


@operation(
    "GET", "/organizations", "您管得到的党组织", "The organizations within your reach",
    whom=(SIGNED_IN,), query=OrganizationsAsked, answers={200: Organizations}, errors=(400,),
)  # fmt: skip
def list_organizations(given: Given[OrganizationsAsked, None]) -> tuple[BaseModel, int]:
    """Each after the ones above it."""
    found = places(present(), kind=given.query.kind)
    items = [Organization(id=place.id, kind=place.kind, name=place.name) for place in found]
    return Organizations(items=items), 200


def _deadline(row: DeadlineRow) -> DeadlineItem:
    deadline = row.deadline
    return DeadlineItem(
        dossier=row.dossier,
        name=row.name,
        branch=row.branch,
        branch_name=row.branch_name,
        stage=row.stage,
        id=deadline.id,
        key=deadline.key,
        due=deadline.due,
        grace=deadline.grace,
        status=row.status(present().on),
        is_provisional=deadline.is_provisional,
    )
