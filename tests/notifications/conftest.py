"""The township of the record's tests, a copy for each test."""

from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township

__all__ = ["folder", "founded", "founded_on_postgres", "home", "postgres", "township"]
