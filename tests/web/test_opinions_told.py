"""The office hears that an opinion has come: once each, in nobody's words, until it was looked at."""

import re

import pytest

from notifications.delivery.composing import compose
from notifications.heartbeat import beat
from recruit.commands.handling import set_aside
from recruit.commands.reminders import acknowledge
from recruit.commands.robots import AddRobot, add_robot
from recruit.commands.submissions import EnterLetter, enter_letter
from recruit.queries.news import opinions_for
from tests.notifications.delivery.post import Box, addressed, delivered, rows, utc
from tests.recruit.builders import Township, at, key
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.test_objections import SAID, Passerby, given_in, logged_in, only, passerby
from tests.web.test_public import NOON, Wall, wall

__all__ = [
    "folder", "founded", "founded_on_postgres", "home", "passerby", "postgres", "township", "wall",
]  # fixtures # fmt: skip

OFFICE = ("organizer", "head")
OTHERS = ("secretary", "clerk", "member", "county", "auditor", "neighbour", "audit_admin", "system_admin")


def told(township: Township, *logins: str) -> list[int]:
    return [len(opinions_for(township.context(login, NOON))) for login in logins]


def test_whoever_may_read_it_is_told_once_and_nobody_else(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    assert told(wall.township, *OFFICE) == [0, 0]

    given_in(wall, "演示甲")
    assert told(wall.township, *OFFICE) == [1, 1]
    assert told(wall.township, *OTHERS) == [0] * len(OTHERS)
    given_in(wall, "演示甲")
    assert told(wall.township, *OFFICE) == [2, 2]

    (one, two) = opinions_for(wall.township.context("organizer", NOON))
    acknowledge(wall.township.context("organizer", NOON), one.id)
    set_aside(wall.township.context("organizer", NOON), two.submission, reason="abuse")
    (left,) = opinions_for(wall.township.context("organizer", NOON))
    assert (left.id, left.read_at) == (one.id, NOON)
    assert told(wall.township, "head") == [1]


def test_whoever_enters_a_letter_is_not_told_of_it(township: Township) -> None:
    dossier, context = township.open(), township.context("organizer", at("2016-03-01"))
    letter = EnterLetter(persons=(dossier,), channel="letter", received_on="2016-02-29", text=SAID, key=key())

    enter_letter(context, letter)
    enter_letter(context, letter)

    assert told(township, *OFFICE) == [0, 1]


@pytest.mark.embedded
def test_the_message_leads_to_the_opinion_and_says_nothing_of_it(passerby: Passerby) -> None:
    passerby.send(persons=passerby.tokens()[0], named="yes", name="演示来信人", contact="13800009876")
    office, submission = logged_in(passerby, "organizer"), only(passerby.wall.township)

    page = office.get("/messages").get_data(as_text=True)

    assert f'href="/objections/{submission}"' in page
    (message,) = re.findall(rf"<li[^>]*>(?:(?!</li>).)*{submission}.*?</li>", page, re.DOTALL)
    assert "新意见：关于拟接收预备党员的公示" in message
    assert [word for word in (SAID, "演示来信人", "13800009876", "演示甲", "演示乙") if word in message] == []
    branch = logged_in(passerby, "secretary").get("/messages").get_data(as_text=True)
    assert "/objections" not in branch


def test_the_digest_tells_the_office_and_no_group_while_it_waits(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    township = wall.township
    addressed(township, *OFFICE)
    place = township.places["committee"]
    robot = AddRobot(organization=place, kind="wecom", url="https://example.cn/send?key=1")
    beat(township.record, "sweep", utc("2016-06-16", 7, 59), node="n", done=0)
    compose(township.record, utc("2016-06-16", 9))
    delivered(township, utc("2016-06-16", 9, 1), Box())
    add_robot(township.context("head", NOON), robot)
    given_in(wall, "演示甲")
    beat(township.record, "sweep", utc("2016-06-20", 7, 59), node="n", done=0)

    compose(township.record, utc("2016-06-20", 8))

    box = Box()
    delivered(township, utc("2016-06-20", 8, 1), box)
    lines = [letter.body for letter in box.letters]
    assert [channel for _, channel, _ in rows(township.record) if channel == "wecom"] == []
    assert len(lines) == 2
    assert all("2016年6月17日收到一件新意见" in line for line in lines)
    assert [line for line in lines if SAID in line or "演示甲" in line] == []
