"""What a page asks of the database: one view, and no more for many people than for few."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.people import NewPerson, add_person
from tests.web.conftest import Counter
from tests.web.township import Township


@contextmanager
def noted(what: str) -> Iterator[list[object]]:
    """The events of that name on any database."""
    seen: list[object] = []

    def note(*given: object) -> None:
        seen.append(given)

    event.listen(Engine, what, note)
    try:
        yield seen
    finally:
        event.remove(Engine, what, note)


def open_dossier_of(town: Township, name: str) -> None:
    branch = town.places["willow"]
    person = add_person(town.context("li"), NewPerson(name=name, organization=branch))
    opening = OpenDossier(branch=branch, person=person, on="2016-06-01", key=f"open-{name}")
    open_dossier(town.context("li"), opening)


@pytest.mark.parametrize("path", ["/", "/dossiers", "/messages", "/queues"])
def test_a_page_that_only_shows_is_made_from_one_view_of_the_record(organizer: Counter, path: str) -> None:
    organizer.text(path)
    with noted("begin") as views, noted("commit") as ended:
        organizer.text(path)

    assert len(views) == len(ended) == 1


def test_a_list_asks_as_much_for_many_people_as_for_few(organizer: Counter, town: Township) -> None:
    organizer.text("/dossiers")
    with noted("before_cursor_execute") as few:
        before = organizer.text("/dossiers").count("/dossiers/")
    for number in range(12):
        open_dossier_of(town, f"演示{number}")
    with noted("before_cursor_execute") as many:
        after = organizer.text("/dossiers").count("/dossiers/")

    assert after >= before + 12
    assert len(many) == len(few)
