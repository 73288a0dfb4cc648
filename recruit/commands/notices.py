"""One paper for several people: an act in each dossier, and an open objection holds only its own person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.context import Context
from recruit.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice:
    """`dossiers`: each with the version that was seen, or None. `from_on` and `to_on` both count."""

    purpose: str
    on: date | str
    from_on: date | str
    to_on: date | str
    dossiers: Mapping[str, int | None]
    key: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseNotice:
    purpose: str
    on: date | str
    dossiers: Mapping[str, int | None]
    key: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A paper as it is drafted, before it is said who stands on it; `on`: the day of the posting.

    `places`: "home", "stay" or both; `where`: in words, sealed with each act; `time`: "17:30" or empty.
    """

    purpose: str
    on: date
    from_on: date
    to_on: date
    places: tuple[str, ...] = ("home",)
    where: str = ""
    time: str = ""

    def details(self, place: str) -> dict[str, object]:
        """Of the act in one place."""
        return {
            "purpose": self.purpose,
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "place": place,
            "where": self.where,
            "time": self.time,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """What became of one dossier in one place."""

    place: str
    item: "Item"


def hang_notice(
    context: Context, new: NewNotice, *, dossiers: Mapping[str, int], key: str
) -> tuple[Hung, ...]:
    """Post the paper in each of its places; who was refused in the first is not tried in the second."""
    seen, done = dict(dossiers), []
    for place in new.places:
        post = PostNotice(
            purpose=new.purpose, on=new.on, from_on=new.from_on, to_on=new.to_on, dossiers=seen,
            key=f"{key}:{place}", details=new.details(place),
        )  # fmt: skip
        items = post_notice(context, post)
        done += [Hung(place=place, item=item) for item in items]
        seen = {item.dossier: item.outcome.version for item in items if isinstance(item.outcome, Recorded)}
    return tuple(done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What became of one dossier: recorded, proposed, or the error that its own act met."""

    dossier: str
    outcome: Recorded | Proposed | RecordError


def post_notice(context: Context, post: PostNotice) -> tuple[Item, ...]:
    """One `notice_posted` for each dossier, each judged and recorded on its own."""
    details = {**post.details, "purpose": post.purpose, "from": str(post.from_on), "to": str(post.to_on)}
    return _each(
        context, do="notice_posted", on=post.on, details=details, dossiers=post.dossiers, key=post.key
    )


def close_notice(context: Context, close: CloseNotice) -> tuple[Item, ...]:
    """One `notice_closed` for each dossier."""
    details = {**close.details, "purpose": close.purpose}
    return _each(
        context, do="notice_closed", on=close.on, details=details, dossiers=close.dossiers, key=close.key
    )


def _each(
    context: Context,
    *,
    do: str,
    on: date | str,
    details: Mapping[str, object],
    dossiers: Mapping[str, int | None],
    key: str,
) -> tuple[Item, ...]:
    def one(dossier: str, seen_version: int | None) -> Item:
        command = RecordAct(
            dossier=dossier, do=do, on=on, details=details, seen_version=seen_version, key=f"{key}:{dossier}"
        )
        try:
            return Item(dossier=dossier, outcome=record_act(context, command))
        except RecordError as refusal:
            return Item(dossier=dossier, outcome=refusal)

    items: Sequence[Item] = [one(dossier, version) for dossier, version in dossiers.items()]
    return tuple(items)
