"""An act: one thing that happened to one dossier on one day, as the record keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Value = date | int | bool | str | tuple[str, ...] | Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Override:
    """A named person of the superior organization answers for an act that a rule would refuse."""

    by: str


@dataclass(frozen=True, slots=True)
class Act:
    """`on` is the civil day in Asia/Shanghai, `recorded_at` an aware instant.

    Details are parsed (fields.py).
    """

    do: str
    on: date
    recorded_at: datetime
    details: Mapping[str, Value] = field(default_factory=dict)
    by: str | None = None
    confirmed_by: str | None = None
    role: str | None = None
    org: str | None = None
    cites: str | None = None
    meeting: str | None = None
    override: Override | None = None
    replacement: "Act | None" = field(default=None, repr=False)

    @property
    def recorded_on(self) -> date:
        """The civil day in Asia/Shanghai on which it was recorded."""
        return self.recorded_at.astimezone(SHANGHAI).date()

    @property
    def purpose(self) -> str | None:
        """What a notice, an objection, a vote or a decision is about; None for all other acts."""
        purpose = self.details.get("purpose")
        return purpose if isinstance(purpose, str) else None

    @property
    def name(self) -> str:
        """The kind, with its purpose where it has one: "meeting_voted conversion"."""
        return f"{self.do} {self.purpose}" if self.purpose else self.do

    def day(self, name: str) -> date | None:
        value = self.details.get(name)
        return value if isinstance(value, date) else None

    def count(self, name: str) -> int | None:
        value = self.details.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.details.get(name)
        return value if isinstance(value, bool) else default

    def text(self, name: str) -> str | None:
        value = self.details.get(name)
        return value if isinstance(value, str) else None

    def names(self, name: str) -> tuple[str, ...] | None:
        value = self.details.get(name)
        return value if isinstance(value, tuple) else None
