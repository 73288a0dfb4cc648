"""The error family of the record; each says in Chinese or English what, by which rule, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass

from recruit.sentences import WORDS
from recruit.words import field_name, words
from workflows.errors import WorkflowsError
from workflows.fields import FieldProblem
from workflows.findings import Finding
from workflows.words import render_problem


class RecordError(Exception):
    """Nothing was changed. `message(language)` is for the person at the desk."""

    id = "bad_input"

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def message(self, language: str = "zh") -> str:
        return words(self.id, language, self.values)

    def __str__(self) -> str:
        return self.message("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one field, in both languages."""

    field: str
    id: str
    zh: str
    en: str

    def message(self, language: str = "zh") -> str:
        return self.en if language.startswith("en") else self.zh


def problem(field: str, id: str, **values: object) -> Problem:  # noqa: A002 - the word of the whole project
    """A problem of the administration, or one of a field of an act (workflows/words)."""
    return Problem(field=field, id=id, zh=_said(field, id, "zh", values), en=_said(field, id, "en", values))


def said_by(field: str, refusal: WorkflowsError) -> Problem:
    """What floor 1 says of a field's value."""
    return Problem(field=field, id="refused_value", zh=refusal.message("zh"), en=refusal.message("en"))


def _said(field: str, id: str, language: str, values: Mapping[str, object]) -> str:  # noqa: A002 - as above
    if id in WORDS:
        return words(id, language, {"field": field_name(field, language), **values})
    shown = {name: str(value) for name, value in values.items()}
    own = field.removeprefix("replacement.")
    return render_problem(FieldProblem(own, id, {"value": "", **shown}), language)


class BadInput(RecordError):  # noqa: N818 - refusals are named as states
    """Unreadable input (400): every problem, each with its field."""

    id = "bad_input"

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems

    def message(self, language: str = "zh") -> str:
        detail = " ".join(one.message(language) for one in self.problems)
        return words(self.id, language, {"detail": detail})


class NotFound(RecordError):  # noqa: N818 - refusals are named as states
    """Not there, or out of reach: the answer is the same (404)."""

    id = "not_found"


class NotAllowed(RecordError):  # noqa: N818 - refusals are named as states
    """Within reach, but not with this role (403)."""

    id = "not_allowed"


class CountAsOne(NotAllowed):
    """Two persons are needed, and one of these two stands in for the other (403)."""

    id = "count_as_one"


class StaleDossier(RecordError):  # noqa: N818 - refusals are named as states
    """Somebody was faster (409); `version` is the present one."""

    id = "stale_dossier"

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


class StaleMeeting(RecordError):  # noqa: N818 - refusals are named as states
    """Somebody was faster in this meeting (409); `version` is the present one."""

    id = "stale_meeting"

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


class MeetingClosed(RecordError):  # noqa: N818 - refusals are named as states
    """Confirmed meetings are never changed (409)."""

    id = "meeting_closed"


class MeetingHanded(MeetingClosed):
    """It waits for whoever confirms, and is changed only when it was taken back (409)."""

    id = "meeting_handed"


class NoQuorum(RecordError):  # noqa: N818 - refusals are named as states
    """Too few are present for any vote (422)."""

    id = "no_quorum"


class KeyReused(RecordError):  # noqa: N818 - refusals are named as states
    """The same key with another body (422)."""

    id = "key_reused"


class Refused(RecordError):  # noqa: N818 - refusals are named as states
    """A rule speaks (422): all findings; the dossier stands as it stood."""

    id = "refused"

    def __init__(self, *, findings: tuple[Finding, ...], stage: str, version: int) -> None:
        super().__init__(stage=stage, version=version)
        self.findings = findings
        self.stage = stage
        self.version = version


class Unavailable(RecordError):  # noqa: N818 - refusals are named as states
    """The record cannot be written to for now (503); what was sent may be sent again later."""


class NotWritable(Unavailable):
    """The data folder or its disk refuses."""

    id = "not_writable"


class Busy(Unavailable):
    """Another writer holds what is needed for too long, or the server does not answer."""

    id = "busy"


class Collided(Busy):
    """Another writer was first: nothing was written, and the command may be repeated whole."""


class Locked(RecordError):  # noqa: N818 - refusals are named as states
    """Another process holds the data folder."""

    id = "locked"


class NoDatabase(RecordError):  # noqa: N818 - refusals are named as states
    id = "no_database"


class NoDriver(RecordError):  # noqa: N818 - refusals are named as states
    id = "no_driver"


class NoScheduler(RecordError):  # noqa: N818 - refusals are named as states
    """The clock that is asked for does not exist, or not on this database."""

    id = "no_scheduler"


class UnfitServer(RecordError):  # noqa: N818 - refusals are named as states
    id = "unfit_server"


class OldDatabase(RecordError):  # noqa: N818 - refusals are named as states
    id = "old_database"


class WouldLose(RecordError):  # noqa: N818 - refusals are named as states
    """A revision that would take away what nothing can make anew does not go down."""

    id = "would_lose"


class GuardsMissing(Unavailable):
    """Writes are refused until the append-only guards stand again."""

    id = "guards_missing"


class LogInLocked(RecordError):  # noqa: N818 - refusals are named as states
    """Too many tries with this name, or from this address (429)."""

    id = "log_in_locked"


class KeysExposed(RecordError):  # noqa: N818 - refusals are named as states
    """The master key can be read by others: nothing is opened."""

    id = "keys_exposed"


class BadBackup(RecordError):  # noqa: N818 - refusals are named as states
    """A backup that does not open, or whose record does not verify; nothing was put in place."""

    id = "bad_backup"


class RestoredAnother(RecordError):  # noqa: N818 - refusals are named as states
    """A backup that contradicts a checkpoint kept outside; nothing was put in place."""

    id = "restored_another"


class BadLedger(RecordError):  # noqa: N818 - refusals are named as states
    """A ledger of erasures that cannot be read; nothing was put in place."""

    id = "bad_ledger"


class AwaitingConfirmation(RecordError):  # noqa: N818 - refusals are named as states
    """A restored record is read-only until two administrators confirm it."""

    id = "awaiting_confirmation"


class KeysMissing(RecordError):  # noqa: N818 - refusals are named as states
    id = "keys_missing"


class BadNote(RecordError):  # noqa: N818 - refusals are named as states
    """A checkpoint, a signed note or a key that cannot be read."""

    id = "bad_note"


class NotExtending(RecordError):  # noqa: N818 - refusals are named as states
    """The log does not begin with what was signed before; it is not signed until an epoch is declared."""

    id = "not_extending"


class NotWitnessed(RecordError):  # noqa: N818 - refusals are named as states
    """A checkpoint that does not provably extend the last one seen."""

    id = "not_witnessed"
