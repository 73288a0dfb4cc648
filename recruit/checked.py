"""One thing that was looked at in a record, and what is said of it."""

from dataclasses import dataclass

from workflows.errors import Language, Sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """`ok` None: a remark, nothing that fails the whole."""

    id: str
    ok: bool | None
    says: Sentence

    def message(self, language: Language) -> str:
        return self.says.filled(language, {})
