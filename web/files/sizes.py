"""How large a request may be: files only where a form asks for them, from outside only where it says so."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from recruit.files.kinds import MOST_BYTES
from web.visitors import visitor

View = TypeVar("View", bound=Callable[..., Any])

SEVERAL = 5  # files of the largest size in one form
_FIELDS = 1 << 20
LARGEST_REQUEST = SEVERAL * MOST_BYTES + _FIELDS
_TAKES = "recruit_takes_files"
_VISITORS, _ANYBODY = "visitors", "anybody"


def takes_files(view: View) -> View:
    """Declare that the form of this view sends files."""
    setattr(view, _TAKES, _VISITORS)
    return view


def takes_files_of_anybody(view: View) -> View:
    """Declare that somebody without a log-in may send files here; count the use first (`counted_first`)."""
    setattr(view, _TAKES, _ANYBODY)
    return view


def let_files_in() -> None:
    """Before the form is read: only then a larger one is read at all."""
    view = current_app.view_functions.get(request.endpoint or "")
    takes = getattr(view, _TAKES, None)
    if takes == _ANYBODY or (takes == _VISITORS and visitor() is not None):
        request.max_content_length = LARGEST_REQUEST
