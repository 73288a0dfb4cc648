"""Whose turn it is, or who waited, is told by the act itself: once, in its transaction."""

from typing import Any

import pytest
from sqlalchemy import event

from recruit.commands.acts import record_act
from recruit.commands.reminders import acknowledge
from recruit.queries.news import news_for
from tests.homes import ask
from tests.recruit.builders import Township, at, with_roll
from tests.recruit.test_road import confirmed, vetted
from workflows.edition import EDITIONS, load_edition


def news(township: Township, login: str, on: str) -> list[str]:
    return [row.do for row in news_for(township.context(login, at(on, 12)))]


@pytest.fixture
def examined(township: Township) -> str:
    return vetted(township, with_roll(township, 9))


def test_the_committee_is_told_of_what_the_branch_hands_over(township: Township, examined: str) -> None:
    assert news(township, "organizer", "2016-03-02")[:1] == ["target_proposed"]
    assert news(township, "organizer", "2016-06-08")[:1] == ["branch_examined"]
    assert "branch_examined" in news(township, "head", "2016-06-08")


def test_the_branch_is_told_of_what_the_committee_decides(township: Township, examined: str) -> None:
    assert news(township, "secretary", "2016-06-15")[0] == "preexamined"
    assert news(township, "clerk", "2016-06-15")[0] == "preexamined"


def test_the_recorder_and_the_neighbour_are_told_nothing(township: Township, examined: str) -> None:
    assert "branch_examined" not in news(township, "secretary", "2016-06-15")
    assert "preexamined" not in news(township, "organizer", "2016-06-15")
    assert news(township, "neighbour", "2016-06-15") == []


def test_an_act_that_waits_for_its_second_person_tells_nobody_yet(township: Township, examined: str) -> None:
    counts: dict[str, Any] = {"entitled": 9, "present": 9, "for": 9, "against": 0, "abstain": 0}
    township.act(examined, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    township.act(examined, "meeting_voted", "2016-06-20", purpose="admission", secret=True, **counts)
    township.act(examined, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    decided: dict[str, Any] = {"by": "organizer", "purpose": "admission", "approved": True}
    decided |= {"members": 7, "present": 7, "for": 7}
    outcome = township.act(examined, "committee_decided", "2016-06-28", **decided)
    before = news(township, "secretary", "2016-06-28")

    confirmed(township, outcome, by="member", on="2016-06-28")

    assert news(township, "secretary", "2016-06-28") == ["committee_decided", *before]


def test_a_refused_act_tells_nobody(township: Township, examined: str) -> None:
    before = news(township, "organizer", "2016-06-20")

    refused = township.refused(examined, "meeting_voted", "2016-06-20", purpose="admission", entitled=9)

    assert refused
    assert news(township, "organizer", "2016-06-20") == before


def test_a_notice_that_cannot_be_written_takes_its_act_with_it(township: Township, examined: str) -> None:
    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO reminder" in statement:
            raise OSError("演示")

    engine = township.record._database._writer  # type: ignore[attr-defined]
    version = township.version(examined)
    event.listen(engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(OSError, match="演示"):
            record_act(
                township.context("organizer", at("2016-06-16")),
                township.command(examined, "form_issued", "2016-06-16", number="A-0001"),
            )
    finally:
        event.remove(engine, "before_cursor_execute", fail)

    assert township.version(examined) == version


def test_news_holds_ids_and_days_alone_and_goes_a_week_after_it_was_acknowledged(
    township: Township, examined: str
) -> None:
    later = township.context("secretary", at("2016-06-15", 12))
    (first, *_) = news_for(later)

    acknowledge(later, first.id)

    with township.record.reading() as connection:
        texts = ask(connection, "SELECT \"values\" FROM reminder WHERE rung = 'act'").scalars().all()
    assert not any("演示" in text for text in texts)
    assert news(township, "secretary", "2016-06-21")[0] == "preexamined"
    assert "preexamined" not in news(township, "secretary", "2016-06-22")


def test_news_that_nobody_took_note_of_goes_after_a_month(township: Township, examined: str) -> None:
    assert "preexamined" in news(township, "secretary", "2016-07-14")
    assert "preexamined" not in news(township, "secretary", "2016-07-15")


def test_every_act_that_ends_a_wait_or_hands_over_is_told_to_the_other_side() -> None:
    told = {do: kind.tells for id_ in EDITIONS for do, kind in load_edition(id_).acts.items() if kind.tells}

    assert {do for do, sides in told.items() if sides == ("committee",)} == {
        "branch_examined", "conversion_requested", "meeting_voted", "objection_received", "papers_submitted",
        "target_proposed",
    }  # fmt: skip
    assert {do for do, sides in told.items() if sides == ("branch",)} == {
        "approval_lapsed", "approval_prolonged", "committee_decided", "form_issued", "papers_returned",
        "political_review_concluded", "preexamined", "target_consented", "target_filed", "target_refused",
        "transferred",
    }  # fmt: skip
