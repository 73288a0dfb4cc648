"""`/meetings`: held, then one decision per person, then confirmed by another."""

from functools import partial
from hashlib import sha256
from secrets import token_hex
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, TypeAdapter
from pydantic_core import PydanticCustomError

from recruit.commands.acts import RecordAct
from recruit.commands.meetings import KINDS, HoldMeeting, hold_meeting, record_meeting_item
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.queries.meeting_proposals import proposals_of_meeting
from web.api.answers import Held, Items
from web.api.details import ItemSent, details_of, override_of
from web.api.operation import ONE, ONE_BY_ONE, SEVERAL, Answer, Given, operation
from web.api.outcomes import Outcome, key_of_several, several, tried
from web.api.values import Count, Day, Id, Sent, said
from web.proposals.views import READERS
from web.visitors import RECORDERS, present

MOST_ITEMS = 100
_SEVERAL = ("dossiers", "people", "persons", "candidates", "items", "decisions")


class MeetingSent(Sent):
    kind: Literal[KINDS] = said("哪一种会", "which kind")  # type: ignore[valid-type]
    organization: Id = said("哪个党组织的会", "whose meeting")
    on: Day = said("哪一天", "the day")
    present_count: Count = said("实到人数", "how many were present")
    members_count: Count | None = said(
        "委员人数（党委会、支委会）", "how many members a committee has", default=None
    )
    entitled_count: Count | None = said(
        "应到人数（支部大会）", "how many may vote in a general meeting", default=None
    )
    place: str | None = said("地点", "where", default=None, max_length=120)


def _one_by_one(sent: object) -> object:
    """Let nobody be decided on in one go: each person has counts of the own."""
    is_several = isinstance(sent, list) and any(
        not isinstance(one, dict) or one.get("for") is None for one in sent
    )
    if is_several or (isinstance(sent, dict) and any(isinstance(sent.get(name), list) for name in _SEVERAL)):
        raise PydanticCustomError(ONE_BY_ONE, "each person needs counts of the own")
    return sent


Several = Annotated[list[ItemSent], Field(min_length=1, max_length=MOST_ITEMS)]
ItemsSent = Annotated[
    Annotated[ItemSent, Tag(ONE)] | Annotated[Several, Tag(SEVERAL)],
    Discriminator(lambda sent: SEVERAL if isinstance(sent, list) else ONE),
    BeforeValidator(_one_by_one),
]


@operation(
    "POST", "/meetings", "开会了：人数", "Record that a meeting was held",
    whom=RECORDERS, body=TypeAdapter(MeetingSent), key="taken",
    answers={201: Held}, errors=(400, 404, 413, 415, 422),
)  # fmt: skip
def hold(given: Given[None, MeetingSent]) -> tuple[Held, int]:
    """With or without a quorum; what it decides follows person by person."""
    sent = given.body.model_dump()
    return Held(id=hold_meeting(present(), HoldMeeting(**sent, key=given.key or None))), 201


@operation(
    "POST", "/meetings/<meeting>/items", "会上对一个人的决定", "What the meeting decided on one person",
    whom=RECORDERS, body=TypeAdapter(ItemsSent), key="taken",
    answers={201: Items, 202: Items}, errors=(400, 404, 409, 413, 415, 422),
)  # fmt: skip
def decide(given: Given[None, ItemSent | list[ItemSent]], meeting: str) -> Answer:
    """One person, or several each with counts of the own; each is judged alone."""
    sent = given.body if isinstance(given.body, list) else [given.body]
    key = key_of_several(given.key or token_hex(16))
    return several(
        [tried(one.dossier, partial(_decide, meeting, one, f"{key}:{one.dossier}:{one.do}")) for one in sent]
    )


@operation(
    "POST", "/meetings/<meeting>/confirm", "确认这次会的全部决定", "Confirm what the meeting decided",
    whom=READERS, key="taken", answers={201: Items, 202: Items}, errors=(400, 404, 409, 422),
)  # fmt: skip
def confirm_meeting(given: Given[None, None], meeting: str) -> Answer:
    """By another person than whoever recorded it; each decision is judged again."""
    context, key = present(), key_of_several(given.key or token_hex(16))
    waiting = proposals_of_meeting(context, meeting)
    return several(
        [tried(dossier, partial(_confirm, proposal, f"{key}:{proposal}")) for proposal, dossier in waiting]
    )


def _decide(meeting: str, item: ItemSent, key: str) -> Outcome:
    command = RecordAct(
        dossier=item.dossier,
        do=item.do,
        on=present().on,  # the meeting's own day takes its place
        seen_version=item.seen_version,
        details=details_of(item),
        override=override_of(item),
        cites=item.cites,
        key=sha256(key.encode()).hexdigest(),
    )
    return record_meeting_item(present(), meeting, command)


def _confirm(proposal: str, key: str) -> Outcome:
    return confirm_proposal(present(), ConfirmProposal(proposal=proposal, key=key))
