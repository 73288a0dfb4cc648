"""`/notices`: one paper for several people, an act in each dossier."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Literal

from pydantic import TypeAdapter

from recruit.commands.acts import Recorded
from recruit.commands.notices import CloseNotice, PostNotice, close_notice, post_notice
from recruit.commands.notices import Item as Outcome
from recruit.queries.posted import notice_of_act, posted_on
from web.api.answers import Items, Posted
from web.api.operation import Answer, Given, operation
from web.api.outcomes import item_of, key_of_several, several
from web.api.values import LARGEST, Day, DossierId, LongText, Sent, said
from web.visitors import RECORDERS, present
from workflows.field_kinds import PURPOSES

MOST_PEOPLE = 100


class Seen(Sent):
    """A dossier with the version that was seen of it."""

    id: DossierId
    seen_version: int = said("看到的档案版本", "the version that was seen", ge=0, le=LARGEST)


Dossiers = list[DossierId | Seen]


class NoticeSent(Sent):
    purpose: Literal[PURPOSES] = said("公示什么", "what is posted")  # type: ignore[valid-type]
    from_on: Day = said("第一天", "the first day", alias="from")
    to_on: Day = said("最后一天", "the last day; both count", alias="to")
    places: list[Literal["home", "stay"]] = said(
        "张贴在户籍地（home）、现居住地（stay）",
        "at home, or where they stay",
        default=["home"],
        min_length=1,
        max_length=2,
    )
    dossiers: Dossiers = said("哪些人", "whose", min_length=1, max_length=MOST_PEOPLE)
    on: Day | None = said("哪一天张贴的；不写是今天", "the day of posting; today without it", default=None)
    time: str | None = said("几点", "at what time", default=None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
    where: LongText | None = said("张贴在哪里", "where it hangs", default=None)
    note: LongText | None = said("备注", "a note", default=None)


class ClosingSent(Sent):
    on: Day | None = said("哪一天；不写是今天", "the day; today without it", default=None)
    result: LongText | None = said("结果", "the result", default=None)
    dossiers: Dossiers | None = said(
        "哪些人；不写是全部", "whose; everybody on it without it", default=None, max_length=MOST_PEOPLE
    )
    note: LongText | None = said("备注", "a note", default=None)


@operation(
    "POST", "/notices", "张贴公示：几个人一张", "Post a notice for several people",
    whom=RECORDERS, body=TypeAdapter(NoticeSent), key="taken",
    answers={201: Posted, 202: Posted}, errors=(400, 404, 409, 413, 415, 422),
)  # fmt: skip
def post(given: Given[None, NoticeSent]) -> Answer:
    """Each is judged alone; where nobody could be posted, the status is the first one's."""
    sent, context = given.body, present()
    key = key_of_several(given.key or token_hex(16))
    outcomes: list[Outcome] = []
    for place in dict.fromkeys(sent.places):
        command = PostNotice(
            purpose=sent.purpose,
            on=sent.on or context.on,
            from_on=sent.from_on,
            to_on=sent.to_on,
            dossiers=_versions(sent.dossiers, after=len(outcomes) > 0),
            key=f"{key}:{place}",
            details=_written(sent, ("time", "where", "note")) | {"place": place},
        )
        outcomes += post_notice(context, command)
    items = [item_of(one.dossier, one.outcome) for one in outcomes]
    papers = _papers(outcomes)
    return several(items, lambda items: Posted(id=papers[0] if papers else None, notices=papers, items=items))


@operation(
    "POST", "/notices/<notice>/close", "公示结果：每个人各记一条", "Record the result of a notice",
    whom=RECORDERS, body=TypeAdapter(ClosingSent), key="taken",
    answers={201: Items, 202: Items}, errors=(400, 404, 409, 413, 415, 422),
)  # fmt: skip
def close(given: Given[None, ClosingSent], notice: str) -> Answer:
    """An open objection holds only its own person."""
    sent, context = given.body, present()
    purpose, everybody = posted_on(context, notice)
    command = CloseNotice(
        purpose=purpose,
        on=sent.on or context.on,
        dossiers=_versions(sent.dossiers or everybody),
        key=key_of_several(given.key or token_hex(16)),
        details=_written(sent, ("result", "note")),
    )
    return several([item_of(one.dossier, one.outcome) for one in close_notice(context, command)])


def _versions(dossiers: Iterable[str | Seen], *, after: bool = False) -> Mapping[str, int | None]:
    """`after`: this very request has written to each of them already."""
    return {
        one if isinstance(one, str) else one.id: None if isinstance(one, str) or after else one.seen_version
        for one in dossiers
    }


def _written(sent: Sent, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(sent, name) for name in names if getattr(sent, name) is not None}


def _papers(outcomes: Iterable[Outcome]) -> list[str]:
    found = (
        notice_of_act(present(), one.dossier, one.outcome.seq)
        for one in outcomes
        if isinstance(one.outcome, Recorded)
    )
    return list(dict.fromkeys(paper for paper in found if paper))
