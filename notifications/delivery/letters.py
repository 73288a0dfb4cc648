"""What a sender is handed, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Outcome = Literal["sent", "failed", "refused"]
UNKNOWN = "unknown"  # the result of a try of which nobody ever told


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`id`: the same on every try; `to`: an address, a number, or a robot's https address."""

    id: str
    to: str
    title: str
    body: str
    at: datetime
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """`failed`: the way there is broken; `refused`: whoever is there does not take this one.

    `error` holds codes only, never what a server said: it may repeat the address. `is_final`: no use to try
    again.
    """

    outcome: Outcome
    error: str | None = None
    is_final: bool = False


SENT = Result("sent")


class Sender(Protocol):
    def send(self, letter: Letter) -> Result:
        """Deliver once, in less than the fifty seconds that the lease has left; what it raises has failed."""
        ...
