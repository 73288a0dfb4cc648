"""`/meetings`: held, then one decision per person, then confirmed by another."""

from secrets import token_hex
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, TypeAdapter, create_model
from pydantic_core import PydanticCustomError

from recruit.commands.agenda import NewItem
from recruit.commands.ballots import asked_counts
from recruit.commands.meetings import KINDS
from recruit.commands.minutes import EnterDecision, confirm_minutes, enter_decision
from recruit.commands.sitting import (
    BALLOTS,
    COUNT_NAMES,
    HANDED,
    ItemRow,
    SittingRow,
    count_of,
    find_sitting,
)
from recruit.commands.sittings import OpenMeeting, open_meeting
from recruit.context import Context
from recruit.discretion import told
from recruit.errors import RecordError
from recruit.findings import findings_of
from web.api.answers import DecisionItem, DecisionOut, Decisions, Held, Minutes, SeatOut, SettledOut
from web.api.operation import ONE, ONE_BY_ONE, SEVERAL, Answer, Given, operation
from web.api.outcomes import people_of
from web.api.values import LARGEST, Count, Day, Id, Name, Sent, said
from web.findings import findings_out
from web.problems import problem_answer, problem_of, problem_of_record
from web.proposals.views import READERS
from web.visitors import RECORDERS, present
from workflows.ballots import VOTES

MOST_ITEMS = 100
CREATED, WAITS = 201, 202
_SEVERAL = ("dossiers", "people", "persons", "candidates", "items", "decisions")
_MAY_BE_NONE = frozenset(
    ("against", "abstain", "invalid", "recused", "written_for", "written_against", "written_abstain")
)


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
    absent: list[Id] = said(
        "没有到会的委员：姓名或编号", "which members were absent: names or ids", default_factory=list
    )
    excluded: list[Id] = said(
        "经同意不计入应到人数的党员", "members left out with consent", default_factory=list
    )
    seats: list[Id] = said(
        "支委会委员：党员编号", "who sits on a branch committee: persons", default_factory=list
    )
    ballot: Literal[BALLOTS] | None = said(  # type: ignore[valid-type]
        "表决方式：记名、计数、无记名；支部大会总是无记名",
        "by name, as counts, or secret; a general meeting is always secret", default=None,
    )  # fmt: skip
    place: str | None = said("地点", "where", default=None, max_length=120)


class VoteSent(Sent):
    """How one member voted who sits by name."""

    seat: Count = said("席位号", "the number of the seat")
    vote: Literal[VOTES] = said("表决", "the vote")  # type: ignore[valid-type]


if TYPE_CHECKING:

    class CountsSent(Sent):
        """The heads of one vote."""

else:
    _HEADS = {
        "issued": ("发出票", "ballots issued"), "returned": ("收回票", "ballots returned"),
        "for": ("赞成", "for"), "against": ("不赞成", "against"), "abstain": ("弃权", "abstaining"),
        "invalid": ("无效票", "invalid"), "recused": ("回避", "recused"),
        "written_for": ("书面赞成", "for in writing"),
        "written_against": ("书面不赞成", "against in writing"),
        "written_abstain": ("书面弃权", "abstaining in writing"),
    }  # fmt: skip
    CountsSent = create_model(
        "CountsSent",
        __base__=Sent,
        **{name: (Count | None, said(*_HEADS[name], default=None)) for name in COUNT_NAMES},
    )


class DecisionSent(CountsSent):
    """A decision on one person, with the votes by name or the counts for that person alone."""

    dossier: Id = said("档案", "the dossier")
    do: Name = said("决定的事项，如 meeting_voted", "what is decided, such as meeting_voted")
    purpose: Name | None = said("事由，如 admission", "what for, such as admission", default=None)
    months: Annotated[int, Field(ge=1, le=LARGEST)] | None = said(
        "延长几个月", "by how many months", default=None
    )
    votes: list[VoteSent] | None = said("记名表决", "the votes by name", default=None)
    seen_version: Count | None = said(
        "看到的版本，改已经记下的表决时用", "the version that was seen, to change a kept vote", default=None
    )


def _one_by_one(sent: object) -> object:
    """Let nobody be decided on in one go: each person has votes or counts of the own."""
    each = sent if isinstance(sent, list) else [sent]
    is_without = any(
        not isinstance(one, dict) or (one.get("for") is None and not one.get("votes")) for one in each
    )
    if is_without or (isinstance(sent, dict) and any(isinstance(sent.get(name), list) for name in _SEVERAL)):
        raise PydanticCustomError(ONE_BY_ONE, "each person needs counts of the own")
    return sent


Several = Annotated[list[DecisionSent], Field(min_length=1, max_length=MOST_ITEMS)]
DecisionsSent = Annotated[
    Annotated[DecisionSent, Tag(ONE)] | Annotated[Several, Tag(SEVERAL)],
    Discriminator(lambda sent: SEVERAL if isinstance(sent, list) else ONE),
    BeforeValidator(_one_by_one),
]


@operation(
    "POST", "/meetings", "开会了：人数", "A meeting that was held, with who was there",
    whom=RECORDERS, body=TypeAdapter(MeetingSent), key="taken",
    answers={201: Held}, errors=(400, 404, 413, 415, 422),
)  # fmt: skip
def hold(given: Given[None, MeetingSent]) -> tuple[Held, int]:
    """With or without a quorum; what it decides follows person by person."""
    sent, context = given.body, present()
    is_general = sent.kind == "general_meeting"
    opening = OpenMeeting(
        kind=sent.kind,
        organization=sent.organization,
        on=sent.on,
        ballot=sent.ballot or ("secret" if is_general else "counts"),
        key=given.key or token_hex(16),
        seats=tuple(sent.seats),
        place=sent.place,
        present_count=sent.present_count,
        whole_count=sent.entitled_count if is_general else sent.members_count,
        absent=tuple(sent.absent),
        excluded=tuple(sent.excluded),
    )
    sitting = _sitting(context, open_meeting(context, opening))
    seats = [SeatOut(number=one.number, name=one.name, is_present=one.is_present) for one in sitting.seats]
    return Held(
        id=sitting.id, state=sitting.state, present=sitting.present, whole=sitting.whole,
        has_quorum=sitting.has_quorum, seats=seats,
    ), CREATED  # fmt: skip


@operation(
    "POST", "/meetings/<meeting>/items", "会上对一个人的决定", "What the meeting decided on one person",
    whom=RECORDERS, body=TypeAdapter(DecisionsSent), answers={201: Decisions},
    errors=(400, 404, 409, 413, 415, 422),
)  # fmt: skip
def decide(given: Given[None, DecisionSent | list[DecisionSent]], meeting: str) -> Answer:
    """One person, or several each with counts of the own; the same again changes nothing."""
    if not isinstance(given.body, list):
        return Decisions(items=[_decided(meeting, given.body)]), CREATED
    items = [_tried(meeting, one) for one in given.body]
    failed = next((one.problem for one in items if one.problem), None)
    if failed is not None and all(one.problem for one in items):
        return problem_answer(failed.status, failed.detail, problems=failed.problems)
    return Decisions(items=items), CREATED


@operation(
    "POST", "/meetings/<meeting>/confirm", "确认这次会的全部决定", "Confirm what the meeting decided",
    whom=READERS, answers={201: Minutes, 202: Minutes}, errors=(400, 404, 409, 422),
)  # fmt: skip
def confirm_meeting(given: Given[None, None], meeting: str) -> tuple[Minutes, int]:  # noqa: ARG001 - as every call
    """Each decision becomes an act, judged anew. Whoever recorded a committee's only hands it over: 202."""
    context = present()
    sitting = confirm_minutes(context, meeting)
    items = [_settled(sitting, one) for one in sitting.items]
    answer = Minutes(id=sitting.id, state=sitting.state, by=sitting.confirmed_by, items=items)
    return answer, WAITS if sitting.state == HANDED else CREATED


def _sitting(context: Context, meeting: str) -> SittingRow:
    with context.record.reading() as connection:
        return find_sitting(connection, context, meeting)


def _tried(meeting: str, sent: DecisionSent) -> DecisionItem:
    try:
        return _decided(meeting, sent)
    except RecordError as met:
        status, detail, more = problem_of_record(met, people_of(sent.dossier))
        return DecisionItem(dossier=sent.dossier, status=status, problem=problem_of(status, detail, **more))


def _decided(meeting: str, sent: DecisionSent) -> DecisionItem:
    context = present()
    sitting = _sitting(context, meeting)
    entered = EnterDecision(
        meeting=meeting,
        item=NewItem(dossier=sent.dossier, do=sent.do, purpose=sent.purpose or "", months=sent.months),
        votes={one.seat: one.vote for one in sent.votes} if sent.votes else None,
        counts=None if sent.votes else _counts(sitting, sent),
        seen_version=sent.seen_version,
    )
    item = enter_decision(context, entered)
    decision = DecisionOut(
        dossier=item.dossier, do=item.do, item=item.id, state=item.state, version=item.version,
        outcome=_outcome(sitting, item),
    )  # fmt: skip
    return DecisionItem(dossier=item.dossier, status=CREATED, decision=decision)


def _counts(sitting: SittingRow, sent: DecisionSent) -> dict[str, int]:
    """What was sent; of what nobody said anything there was none, ballots issued and returned excepted."""
    given: dict[str, Any] = {name: getattr(sent, name) for name in COUNT_NAMES}
    none = dict.fromkeys(_MAY_BE_NONE.intersection(asked_counts(sitting)), 0)
    return {**none, **{name: count for name, count in given.items() if count is not None}}


def _settled(sitting: SittingRow, item: ItemRow) -> SettledOut:
    findings = told(present(), sitting.place.path, findings_of(item.findings))
    return SettledOut(
        dossier=item.dossier,
        do=item.do,
        item=item.id,
        state=item.state,
        seq=item.seq,
        outcome=_outcome(sitting, item),
        findings=findings_out(findings, people_of(item.dossier) if findings else None),
    )


def _outcome(sitting: SittingRow, item: ItemRow) -> str | None:
    count = count_of(sitting, item)
    return count.outcome if count is not None else None
