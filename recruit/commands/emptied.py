"""Opinions about a person who is erased: emptied with what came with them, and their own keys destroyed."""

from sqlalchemy import Connection, delete, select, update

from recruit.commands.erasable import ERASED
from recruit.record import Record
from recruit.submissions import contact_owner
from recruit.tables import Dossier, File, Person, Submission, SubmissionAct

_NOTHING = b""


def empty_opinions(connection: Connection, person: str) -> None:
    """What was handed in about this person and nobody else who is still on record."""
    others = (
        select(SubmissionAct.submission)
        .join(Dossier, Dossier.id == SubmissionAct.dossier)
        .join(Person, Person.id == Dossier.person)
        .where(Dossier.person != person, Person.name != ERASED)
    )
    theirs = (
        select(SubmissionAct.submission)
        .join(Dossier, Dossier.id == SubmissionAct.dossier)
        .where(Dossier.person == person)
    )
    emptied = connection.execute(
        update(Submission)
        .where(Submission.id.in_(theirs), Submission.id.not_in(others))
        .values(persons_sealed=_NOTHING, text_sealed=_NOTHING, contact_sealed=None, answer_sealed=None)
        .returning(Submission.id)
    )
    connection.execute(delete(File).where(File.owner.in_(emptied.scalars().all())))


def destroy_emptied(record: Record) -> None:
    """After the commit: what came with them opens no more, wherever a copy of it lies."""
    with record.reading() as connection:
        emptied = select(Submission.id).where(Submission.text_sealed == _NOTHING)
        submissions = connection.execute(emptied).scalars().all()
    for submission in submissions:
        for owner in (submission, contact_owner(submission)):
            if record.keys.has(owner):
                record.keys.destroy(owner)
