"""A command that met another writer is tried again, whole: at most three times, after a short pause."""

import time
from collections.abc import Callable
from functools import wraps
from random import uniform
from typing import ParamSpec, TypeVar

from recruit.errors import Collided

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_PAUSES = (0.05, 0.2)  # seconds, at most


def repeated(command: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """For a command whose every effect lies in its transaction: what collided has left nothing."""

    @wraps(command)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        for pause in _PAUSES:
            try:
                return command(*args, **kwargs)
            except Collided:
                time.sleep(uniform(0, pause))  # noqa: S311 - no secret hangs on it
        return command(*args, **kwargs)

    return tried
