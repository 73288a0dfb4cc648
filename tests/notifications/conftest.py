"""The township of the record's tests, a copy for each test."""

from tests.recruit.conftest import folder, founded, township

__all__ = ["folder", "founded", "township"]
