"""The name of everything that has an id, in the language that is asked for."""

from collections.abc import Callable, Iterator, Mapping

from workflows.edition import EDITIONS, Edition, Words, load_edition
from workflows.words.shelf import fields, labels, one, rules

OF_AN_EDITION = ("stage", "phase", "act", "deadline")
OF_THE_FIELDS = ("field", "hint", "choice", "purpose")
CLOSED = ("role", "mender", "severity", "status", "unit", "organization_kind", "setting")
KINDS = (*OF_AN_EDITION, *OF_THE_FIELDS, *CLOSED, "edition", "rule")


def label(kind: str, id: str, language: str, edition: Edition | None = None, *, do: str | None = None) -> str:  # noqa: A002 - the word of the whole project
    """The name of `id`, one of the kinds KINDS; ValueError for another kind.

    An act may carry its purpose ("meeting_voted conversion"). A choice is named with its field
    ("place.home"); a value alone is looked for among all fields. `do` gives the field the name that it has
    in that act. What has no name (a member's id, a local kind of paper) is shown by its id, never as an
    empty text.
    """
    words = words_of(kind, id, edition, do=do)
    return id if words is None else one(words, language)


def words_of(kind: str, id: str, edition: Edition | None = None, *, do: str | None = None) -> Words | None:  # noqa: A002 - as label
    """Both languages of a name; None where the id has none."""
    if kind in OF_AN_EDITION:
        return _of_editions(kind, id, edition)
    if kind in {"field", "hint"}:
        return _of_field(kind, id, do)
    finder = _FINDERS.get(kind)
    if finder is not None:
        return finder(id)
    listed = labels().of(kind) if kind in CLOSED else None
    if listed is None:
        raise ValueError(f"no kind of label: {kind}")
    return listed.get(id)


def _of_editions(kind: str, id_: str, edition: Edition | None) -> Words | None:
    """The edition's own word, else that of the newest edition that knows it."""
    for known in _editions(edition):
        words = _act(known, id_) if kind == "act" else _listed(known, kind, id_)
        if words is not None:
            return words
    return None


def _editions(first: Edition | None) -> Iterator[Edition]:
    if first is not None:
        yield first
    yield from (load_edition(id_) for id_ in reversed(EDITIONS))


def _listed(edition: Edition, kind: str, id_: str) -> Words | None:
    if kind == "deadline":
        return edition.deadlines.get(id_) or edition.occasions.get(id_)
    lists: Mapping[str, Mapping[str, Words]] = {"stage": edition.stages, "phase": edition.phases}
    return lists[kind].get(id_)


def _act(edition: Edition, name: str) -> Words | None:
    do, _, purpose = name.partition(" ")
    act, own = edition.acts.get(do), labels().act.get(name)
    if own is not None or act is None or not purpose:
        return own or act
    about = fields().choices["purpose"].get(purpose)
    if about is None:
        return None
    return Words(zh=f"{act.zh}（{about.zh}）", en=f"{act.en} ({about.en[0].lower()}{about.en[1:]})")


def _of_field(kind: str, name: str, do: str | None) -> Words | None:
    words = fields().fields.get(name)
    if words is None:
        return None
    at = words.at.get(do or "")
    if kind == "field":
        return at or words
    return (at and at.hint) or words.hint


def _choice(id_: str) -> Words | None:
    field, _, value = id_.rpartition(".")
    choices = fields().choices
    if field:
        return choices.get(field, {}).get(value)
    return next((words[value] for words in choices.values() if value in words), None)


def _rule(id_: str) -> Words | None:
    rule = rules().get(id_)
    return None if rule is None else rule.name


_FINDERS: Mapping[str, Callable[[str], Words | None]] = {
    "choice": _choice,
    "purpose": lambda id_: _choice(f"purpose.{id_}"),
    "rule": _rule,
    "edition": lambda id_: load_edition(id_).title if id_ in EDITIONS else None,
}
