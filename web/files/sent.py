"""The files of a form that are kept only together with what they belong to."""

from flask import request

from recruit.commands.enclosures import Sent
from recruit.files.kinds import MOST_BYTES


def sent_files(name: str, *, most: int) -> tuple[Sent, ...]:
    """Those of one box; of one more than `most`, and of one that is too large, as much as shows it."""
    chosen = [one for one in request.files.getlist(name) if one.filename]
    return tuple(
        Sent(name=one.filename or "", data=one.stream.read(MOST_BYTES + 1)) for one in chosen[: most + 1]
    )
