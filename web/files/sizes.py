"""How large a request may be: files only where a form asks for them and somebody has logged in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from recruit.files.kinds import MOST_BYTES
from web.visitors import visitor

View = TypeVar("View", bound=Callable[..., Any])

SEVERAL = 5  # files of the largest size in one form
_FIELDS = 1 << 20
_TAKES = "recruit_takes_files"


def takes_files(view: View) -> View:
    """Declare that the form of this view sends files."""
    setattr(view, _TAKES, True)
    return view


def let_files_in() -> None:
    """Before the form is read: only then a larger one is read at all."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _TAKES, False) and visitor() is not None:
        request.max_content_length = SEVERAL * MOST_BYTES + _FIELDS
