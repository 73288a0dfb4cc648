"""What came from outside, at rest: persons and text under one key, whoever wrote under another."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, literal_column, or_, select

from recruit.errors import KeysMissing
from recruit.keys import Keys
from recruit.prepared import Prepared
from recruit.record import Record
from recruit.tables import NoticeEntry, Submission

NEW = "new"
TAKEN_UP = "taken_up"
SET_ASIDE = "set_aside"
LETTER = "letter"
OFFICE = ("organizer", "committee_secretary")  # who may read: of the approving committee, never of a branch
# Acts that an opinion from outside may hold.
ASKS_SUBMISSIONS = frozenset(
    ("target_proposed", "target_listed", "preexamined", "meeting_voted", "notice_closed", "committee_decided")
)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread or misheard

# Literally as in the partial index, so that it is used.
IS_NEW: ColumnElement[bool] = literal_column("submission.state = 'new'")
_UNREAD = Prepared(
    select(Submission.id, Submission.purpose, Submission.persons_sealed).where(
        IS_NEW,
        or_(
            Submission.organization == bindparam("committee"),
            Submission.notice.in_(
                select(NoticeEntry.notice).where(NoticeEntry.dossier == bindparam("dossier"))
            ),
        ),
    )
)


def unread_purposes(
    connection: Connection, record: Record, *, dossier: str, committee: str | None
) -> frozenset[str]:
    """What about: the purposes of what is handed in about this person and not looked at yet.

    What cannot be opened any more names everybody.
    """
    rows = _UNREAD.run(connection, {"dossier": dossier, "committee": committee}).fetchall()
    return frozenset(
        purpose for id_, purpose, sealed in rows if _names(record.keys, id_, bytes(sealed), dossier)
    )


def unread_on_notices(
    connection: Connection, record: Record, notices: Iterable[str]
) -> Mapping[tuple[str, str], int]:
    """How many wait, by notice and dossier."""
    rows = connection.execute(
        select(Submission.id, Submission.notice, Submission.persons_sealed).where(
            IS_NEW, Submission.notice.in_(tuple(notices))
        )
    )
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        for dossier in open_persons(record.keys, row.id, row.persons_sealed):
            found[row.notice, dossier] = found.get((row.notice, dossier), 0) + 1
    return found


def seal_parts(
    keys: Keys, id_: str, *, persons: Iterable[str], text: str, contact: Mapping[str, str] | None
) -> dict[str, bytes | None]:
    """The sealed columns of a new submission; its keys are made first and safe on disk."""
    owners = [id_, contact_owner(id_)] if contact else [id_]
    keys.make(owners)
    return {
        "persons_sealed": keys.seal(id_, _place("persons", id_), _plain(list(persons))),
        "text_sealed": keys.seal(id_, _place("text", id_), text.encode()),
        "contact_sealed": keys.seal(contact_owner(id_), _place("contact", id_), _plain(contact))
        if contact
        else None,
    }


def seal_answer(keys: Keys, id_: str, answer: str) -> bytes:
    return keys.seal(id_, _place("answer", id_), answer.encode())


def open_persons(keys: Keys, id_: str, sealed: bytes) -> tuple[str, ...]:
    """The dossiers that it names. Raises `KeysMissing`."""
    return tuple(json.loads(keys.unseal(id_, _place("persons", id_), sealed)))


def open_text(keys: Keys, row: Row[Any]) -> str:
    """Raises `KeysMissing`."""
    return keys.unseal(row.id, _place("text", row.id), row.text_sealed).decode()


def open_contact(keys: Keys, row: Row[Any]) -> Mapping[str, str] | None:
    """Name and way to reach whoever wrote; None where it came without a name. Raises `KeysMissing`."""
    if row.contact_sealed is None:
        return None
    clear = keys.unseal(contact_owner(row.id), _place("contact", row.id), row.contact_sealed)
    found: Mapping[str, str] = json.loads(clear)
    return found


def open_answer(keys: Keys, id_: str, sealed: bytes | None) -> str:
    """Empty where nothing was answered, or it cannot be opened any more."""
    if sealed is not None:
        with suppress(KeysMissing):
            return keys.unseal(id_, _place("answer", id_), sealed).decode()
    return ""


def contact_owner(id_: str) -> str:
    """Whose key seals the identity of whoever wrote."""
    return f"{id_}/contact"


def reference_of(id_: str) -> str:
    """What the office calls it by: the end of its id."""
    return id_[-6:]


def code_of(digest: bytes, *, length: int) -> str:
    """Random bytes as letters to be read out, at most one letter for each five bits."""
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def read_code(text: str) -> str:
    """A code as it was typed: without spaces and dashes, in capitals; wide letters as narrow ones."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in narrow if letter in _ALPHABET)[:40]


def grouped(code: str) -> str:
    """In fours, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _names(keys: Keys, id_: str, sealed: bytes, dossier: str) -> bool:
    try:
        return dossier in open_persons(keys, id_, sealed)
    except KeysMissing:
        return True


def _place(column: str, id_: str) -> str:
    return f"submission:{column}_sealed:{id_}"


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
