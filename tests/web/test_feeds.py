"""The calendar on the phone: well-formed, without a name, at an address that nobody can guess."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from icalendar import Calendar

from recruit.commands.grants import end_grant
from recruit.commands.users import disable_user
from tests.web.conftest import CONFIG, Counter
from tests.web.township import Township
from web.app import create_app

_ADDRESS = re.compile(r'value="http://localhost(/api/v1/calendar/[^"]+\.ics)"')


def address(counter: Counter) -> str:
    """A new address of this user's."""
    page = counter.post("/me/calendar", {}).get_data(as_text=True)
    found = _ADDRESS.search(page)
    assert found is not None
    return found.group(1)


def events(counter: Counter, path: str) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(counter.get(path).get_data())
    return [dict(event) | {"alarms": event.walk("VALARM")} for event in calendar.walk("VEVENT")]


def unfolded(text: bytes) -> list[str]:
    """Content lines by RFC 5545, 3.1: CRLF, at most 75 octets, continued by a space."""
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    lines: list[bytes] = []
    for line in text[:-2].split(b"\r\n"):
        assert len(line) <= 75, line
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def test_the_feed_holds_the_branchs_days_without_a_log_in(secretary: Counter, stranger: Counter) -> None:
    path = address(secretary)

    answer = stranger.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    found = {str(one["SUMMARY"]): one for one in events(stranger, path)}
    review = found["半年考察（柳树村党支部）"]
    assert review["DTSTART"].dt == date(2015, 3, 10)  # type: ignore[attr-defined]
    assert review["DTEND"].dt == date(2015, 3, 11)  # type: ignore[attr-defined]
    assert "DTSTAMP" in review
    assert review["DTSTAMP"].dt.tzinfo is not None  # type: ignore[attr-defined]


def test_every_line_is_folded_and_every_event_whole(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    town.act("王秀兰", "review_recorded", date(2016, 6, 7), result="合格")
    lines = unfolded(stranger.get(address(secretary)).get_data())

    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    text = "\n".join(lines)
    blocks = re.findall(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", text, re.DOTALL)
    assert blocks
    for block in blocks:
        own = re.sub(r"BEGIN:VALARM.*?END:VALARM", "", block, flags=re.DOTALL)
        for name in ("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SEQUENCE", "SUMMARY"):
            assert len(re.findall(f"^{name}:", own, re.MULTILINE)) == 1, (name, own)
    uids = re.findall("^UID:(.*)$", text, re.MULTILINE)
    assert len(uids) == len(set(uids))


def test_an_alarm_rings_at_eight_on_the_morning_of_its_day(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    town.act("王秀兰", "review_recorded", date(2016, 6, 7), result="合格")
    path = address(secretary)

    found = [one for one in events(stranger, path) if one["alarms"]]

    assert found
    for one in found:
        due = one["DTSTART"].dt  # type: ignore[attr-defined]
        for alarm in one["alarms"]:  # type: ignore[attr-defined]
            rings = datetime(due.year, due.month, due.day, tzinfo=UTC) + alarm["TRIGGER"].dt
            assert (rings.hour, rings.minute) == (8, 0)
            assert rings.date() >= date(2016, 6, 7)


def test_no_feed_of_anybody_names_anybody(app: Flask, stranger: Counter, town: Township) -> None:
    with_names = {*town.people, "李建国", "赵铁柱", "刘敏", "张书记", "王委员"}
    for login in ("li", "zhao", "liu", "zhang", "wang"):
        counter = Counter(app)
        counter.log_in(login)
        text = "\n".join(unfolded(stranger.get(address(counter)).get_data()))

        assert [name for name in with_names if name in text] == [], login
        assert not re.search(r"[1-9][0-9]{16}[0-9Xx]|1[3-9][0-9]{9}", re.sub("UID:.*", "", text)), login


def test_nobody_reads_of_another_branch(secretary: Counter, stranger: Counter) -> None:
    places_ = {str(one["SUMMARY"]).partition("（")[2] for one in events(stranger, address(secretary))}

    assert places_ == {"柳树村党支部）"}


def test_an_unknown_address_is_always_answered_alike(secretary: Counter, stranger: Counter) -> None:
    old = address(secretary)
    new = address(secretary)

    gone, unknown = stranger.get(old), stranger.get("/api/v1/calendar/nothing.ics")

    assert stranger.get(new).status_code == 200
    assert (gone.status_code, gone.get_data()) == (404, unknown.get_data())
    volatile = {"Date"}
    assert {k: v for k, v in gone.headers if k not in volatile} == {
        k: v for k, v in unknown.headers if k not in volatile
    }
    assert gone.headers["Cache-Control"] == "no-store"


def test_the_address_is_shown_once_kept_only_as_its_digest_and_ended(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    path = address(secretary)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    with town.record.reading() as connection:
        kept = connection.exec_driver_sql("SELECT token_hash FROM feed").scalar_one()
        logged = connection.exec_driver_sql("SELECT canonical FROM event WHERE do LIKE 'feed%'").all()

    assert token not in secretary.text("/me/calendar")
    assert len(token) >= 43
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert len(logged) == 1
    assert token.encode() not in bytes(logged[0][0])
    secretary.post("/me/calendar/end", {}, page="/me/calendar")
    assert stranger.get(path).status_code == 404
    assert "还没有地址" in secretary.text("/me/calendar")


def test_it_speaks_the_language_of_its_user_whatever_the_phone_prefers(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    path = address(secretary)
    english = stranger.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True)
    with town.record.writing() as connection:
        connection.exec_driver_sql("UPDATE user SET language = 'en' WHERE login = 'li'")

    assert "半年考察" in english
    assert "Half-yearly review (柳树村党支部)" in stranger.get(path).get_data(as_text=True)


@pytest.mark.parametrize("way", ["disabled", "without a role"])
def test_whoever_is_gone_has_an_empty_calendar(
    secretary: Counter, stranger: Counter, town: Township, way: str
) -> None:
    path = address(secretary)
    before = events(stranger, path)
    if way == "disabled":
        disable_user(town.context("secadmin"), town.users["li"])
    else:
        with town.record.reading() as connection:
            wanted = 'SELECT id FROM "grant" WHERE "user" = ?'
            grant = connection.exec_driver_sql(wanted, (town.users["li"],)).scalar_one()
        end_grant(town.context("secadmin"), grant, to_on=date(2016, 6, 6))

    assert before
    assert events(stranger, path) == []


def test_links_stand_in_it_only_where_it_is_known_where_the_pages_are(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    path = address(secretary)
    plain = stranger.get(path).get_data(as_text=True)
    linked = create_app(
        town.record, town.clock, config=CONFIG.model_copy(update={"base_url": "https://recruit.example/"})
    )
    lines = unfolded(linked.test_client().get(path).get_data())

    assert "URL:" not in plain
    assert f"URL:https://recruit.example/dossiers/{town.dossiers['王秀兰']}" in lines


def test_a_day_of_a_year_without_a_published_calendar_is_marked(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    path = address(secretary)
    with town.record.writing() as connection:
        connection.exec_driver_sql("UPDATE deadline SET is_provisional = 1")

    found = events(stranger, path)

    assert {str(one["STATUS"]) for one in found} == {"TENTATIVE"}
    assert all(str(one["SUMMARY"]).startswith("暂定：") for one in found)


def test_an_auditor_is_offered_none(auditor: Counter) -> None:
    assert auditor.get("/me/calendar").status_code == 403
    assert "/me/calendar" not in auditor.text("/")
