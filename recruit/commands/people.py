"""People of the directory: names in clear, everything that identifies them sealed under their own key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, Problem, problem
from recruit.find import find_organization
from recruit.identity import is_id_number, normal
from recruit.ids import new_id
from recruit.names import readings, strokes
from recruit.repeat import repeated
from recruit.tables import Person

SEXES = ("female", "male")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """`reading`: the pinyin where the name is read in another way than the dictionary knows."""

    name: str
    organization: str
    sex: str | None = None
    born: date | None = None
    education: str | None = None
    category: str | None = None
    id_number: str | None = None
    phone: str | None = None
    reading: str | None = None


def add_person(context: Context, new: NewPerson) -> str:
    """Add one person; gives the id."""
    return add_people(context, (new,))[0]


@repeated
def add_people(context: Context, people: Sequence[NewPerson]) -> tuple[str, ...]:
    """Add people in one transaction, all or none; their keys are on disk before their rows.

    Raises `BadInput` with every problem, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        return insert_people(connection, context, people)


def insert_people(connection: Connection, context: Context, people: Sequence[NewPerson]) -> tuple[str, ...]:
    """Raises as `add_people`."""
    ids = tuple(new_id(context.now) for _ in people)
    for organization in {new.organization for new in people}:
        place = find_organization(connection, context, organization)
        ensure_role(context, BUSINESS_ROLES | {"system_admin"}, path=place.path, what="add_person")
    found = tuple(one for new in people for one in _problems(new))
    if found:
        raise BadInput(*found)
    indexes = [context.record.keys.blind_index(new.id_number) for new in people if new.id_number]
    known = (
        connection.execute(select(Person.id).where(Person.id_index.in_(indexes))).first() if indexes else None
    )
    if known is not None or len(set(indexes)) < len(indexes):
        raise BadInput(problem("id_number", "taken", found="……"))
    context.record.keys.make(ids)
    connection.execute(
        insert(Person), [_row(context, id_, new) for id_, new in zip(ids, people, strict=True)]
    )
    return ids


def forget_person(connection: Connection, context: Context, person: str) -> None:
    """Take back a person of this very transaction, whom nothing names yet."""
    connection.execute(delete(Person).where(Person.id == person))
    context.record.keys.destroy(person)


def _problems(new: NewPerson) -> list[Problem]:
    found = []
    if not new.name.strip():
        found.append(problem("name", "missing"))
    if new.sex is not None and new.sex not in SEXES:
        found.append(problem("sex", "not_one_of", found=new.sex, choices=", ".join(SEXES)))
    if new.id_number and not is_id_number(new.id_number):
        found.append(problem("id_number", "id_number"))
    return found


def _row(context: Context, id_: str, new: NewPerson) -> dict[str, object]:
    keys = context.record.keys

    def seal(column: str, clear: str | None) -> bytes | None:
        return keys.seal(id_, f"person:{column}:{id_}", clear.encode()) if clear else None

    return {
        "id": id_,
        "organization": new.organization,
        "name": new.name.strip(),
        "pinyin": f"{new.reading} {readings(new.name.strip())}".strip()
        if new.reading
        else readings(new.name.strip()),
        "strokes": strokes(new.name.strip()),
        "sex": new.sex,
        "birth_month": new.born.isoformat()[:7] if new.born else None,
        "education": new.education,
        "category": new.category,
        "id_index": keys.blind_index(new.id_number) if new.id_number else None,
        "id_sealed": seal("id_sealed", normal(new.id_number) if new.id_number else None),
        "phone_sealed": seal("phone_sealed", new.phone),
        "born_sealed": seal("born_sealed", new.born.isoformat() if new.born else None),
    }
