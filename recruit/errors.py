"""The error family of the record; each says in Chinese or English what, by which rule, and how to mend it."""

from dataclasses import dataclass

from recruit.words import words
from workflows.findings import Finding


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
    values = {"field": field, **values}
    return Problem(field=field, id=id, zh=words(id, "zh", values), en=words(id, "en", values))


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


class StaleDossier(RecordError):  # noqa: N818 - refusals are named as states
    """Somebody was faster (409); `version` is the present one."""

    id = "stale_dossier"

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


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


class NotWritable(RecordError):  # noqa: N818 - refusals are named as states
    """The data folder or its disk refuses (503)."""

    id = "not_writable"


class Locked(RecordError):  # noqa: N818 - refusals are named as states
    """Another process holds the data folder."""

    id = "locked"


class NoDatabase(RecordError):  # noqa: N818 - refusals are named as states
    id = "no_database"


class OldDatabase(RecordError):  # noqa: N818 - refusals are named as states
    id = "old_database"


class GuardsMissing(RecordError):  # noqa: N818 - refusals are named as states
    """Writes are refused until the append-only guards stand again."""

    id = "guards_missing"


class KeysMissing(RecordError):  # noqa: N818 - refusals are named as states
    id = "keys_missing"
