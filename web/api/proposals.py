"""`/proposals`: what waits for a second person, and that person's confirmation."""

from secrets import token_hex

from pydantic import BaseModel

from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import Refused
from recruit.queries.proposals import ProposalRow, find_proposal, proposals
from web.access import SIGNED_IN
from web.api.acts import plain_details
from web.api.answers import ProposalOut, Proposals, Proposed, Recorded
from web.api.operation import Given, operation
from web.api.outcomes import answer_of, people_of
from web.findings import findings_out
from web.problems import concerning
from web.proposals.views import READERS
from web.visitors import present


@operation(
    "GET", "/proposals", "等第二人确认的", "What waits for a second person",
    whom=(SIGNED_IN,), answers={200: Proposals}, errors=(400,),
)  # fmt: skip
def list_proposals(_given: Given[None, None]) -> tuple[Proposals, int]:
    """The oldest first."""
    return Proposals(items=[_item(row) for row in proposals(present())]), 200


@operation(
    "POST", "/proposals/<proposal>/confirm", "以第二人的身份确认", "Confirm as the second person",
    whom=READERS, key="taken", answers={201: Recorded, 202: Proposed}, errors=(400, 404, 409, 422),
)  # fmt: skip
def confirm(given: Given[None, None], proposal: str) -> tuple[BaseModel, int]:
    """202 while another second person is still missing."""
    command = ConfirmProposal(proposal=proposal, key=given.key or token_hex(16))
    try:
        return answer_of(confirm_proposal(present(), command))
    except Refused:
        concerning(find_proposal(present(), proposal).dossier)  # it still waits
        raise


def _item(row: ProposalRow) -> ProposalOut:
    return ProposalOut(
        id=row.id,
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        stage=row.stage,
        do=row.do,
        on=row.on,
        details=plain_details(row.details),
        has_override=row.has_override,
        is_confirmed=row.is_confirmed,
        proposed_by=row.proposed_by_name,
        proposed_instead_of=row.proposed_instead_of,
        proposed_at=row.proposed_at,
        findings=findings_out(row.findings, people_of(row.dossier) if row.findings else None),
        may_confirm=row.may_confirm,
    )
