"""What the public hands in: the form, its receipt, the office that reads it, and whom it holds meanwhile."""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruit.clock import MovedClock
from recruit.commands.handling import (
    ReadSubmission,
    TakeUp,
    answer_submission,
    read_submission,
    set_aside,
    take_up,
)
from recruit.commands.submissions import EnterLetter, HandIn, enter_letter, hand_in
from recruit.context import Context
from recruit.errors import BadInput, KeyReused, NotAllowed, NotFound
from recruit.limits import LIMITS
from recruit.queries.noticed import noticed
from recruit.queries.submissions import find_submission, receipt_view, submissions, unread_submissions
from tests.homes import ask
from tests.recruit.builders import Township, at, key
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.conftest import CONFIG
from tests.web.test_public import END, LAST, MIDNIGHT, NOON, SECOND, Wall, wall
from tests.web.township import CANARY
from web.app import create_app

__all__ = ["folder", "founded", "founded_on_postgres", "home", "postgres", "township", "wall"]  # fixtures

SAID = "演示反映内容金丝雀"
REACH = "13800009876"
AFTER = at("2016-06-19")
XSS = (
    CANARY,
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ config }}",
    "'--",
    "\x00<i>",
    "a\r\nb",
)


@dataclass(slots=True)
class Passerby:
    """Somebody outside with a browser, at one address."""

    wall: Wall
    client: FlaskClient
    clock: MovedClock

    @property
    def path(self) -> str:
        return f"/public/notices/{self.wall.codes()[0]}/objection"

    def form(self) -> dict[str, str]:
        return hidden(self.client.get(self.path))

    def tokens(self) -> list[str]:
        page = self.client.get(self.path).get_data(as_text=True)
        return re.findall(r'name="persons" value="([0-9a-f]{32})"', page)

    def send(self, *, come_from: str = "10.0.0.1", **entries: object) -> TestResponse:
        given = {**self.form(), "named": "no", "text": SAID, **entries}
        return self.client.post(self.path, data=given, environ_base={"REMOTE_ADDR": come_from})


@pytest.fixture
def passerby(wall: Wall) -> Passerby:
    wall.post(wall.person("演示甲"), wall.person("演示乙"))
    clock = MovedClock(start=NOON)
    return Passerby(wall, create_app(wall.township.record, clock, config=CONFIG).test_client(), clock)


def hidden(answer: TestResponse) -> dict[str, str]:
    page = answer.get_data(as_text=True)
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {name: value for name, value in found.items() if not name.endswith(".asked")}


def code_of(answer: TestResponse) -> str:
    found = re.search(r'<p class="code">([A-Z0-9-]+)</p>', answer.get_data(as_text=True))
    assert found is not None, answer.get_data(as_text=True)
    return str(found.group(1))


def given_in(wall: Wall, *names: str, contact: dict[str, str] | None = None, now: datetime = NOON) -> str:
    """One opinion about these people; gives the receipt."""
    code = wall.codes()[0]
    people = {one.name: one.token for one in noticed(wall.township.record, code, on=now.date()).people}
    new = HandIn(
        notice=code, text=SAID, key=f"{key()}-of-a-form-that-was-shown", contact=contact,
        persons=tuple(people[name] for name in names), is_about_all=not names,
    )  # fmt: skip
    return hand_in(wall.township.record, new, now=now).code


def only(township: Township) -> str:
    (row,) = submissions(township.context("organizer", NOON))
    return row.id


def named(wall: Wall) -> dict[str, str]:
    return {one.name: one.dossier for one in noticed(wall.township.record, wall.codes()[0], on=LAST).people}


def events(township: Township, do: str) -> list[dict[str, object]]:
    with township.record.reading() as connection:
        rows = ask(
            connection, 'SELECT canonical FROM event WHERE "do" = :kind ORDER BY org, seq', kind=do
        ).all()
    return [json.loads(bytes(row[0]))["details"] for row in rows]


def close(township: Township, dossier: str) -> list[str]:
    return township.refused(dossier, "notice_closed", "2016-06-19", by="organizer", purpose="admission")


@pytest.mark.embedded
def test_no_cookie_is_given_before_the_form(passerby: Passerby) -> None:
    notice = passerby.client.get(passerby.path.removesuffix("/objection"))
    looked_up = passerby.client.get("/public/objections")
    form = passerby.client.get(passerby.path)

    assert "Set-Cookie" not in notice.headers
    assert "Set-Cookie" not in looked_up.headers
    assert "recruit_page" in form.headers["Set-Cookie"]
    assert form.headers["Cache-Control"] == "no-store"
    assert "noindex" in form.headers["X-Robots-Tag"]


@pytest.mark.embedded
def test_the_form_is_there_while_the_notice_hangs_and_not_a_second_longer(passerby: Passerby) -> None:
    found = []
    for moment in (MIDNIGHT - SECOND, MIDNIGHT, END - SECOND, END):
        entries = {**passerby.form(), "named": "no", "text": SAID, "persons": "all"}
        passerby.clock.move_to(moment)
        sent = passerby.client.post(passerby.path, data=entries)
        found.append((passerby.client.get(passerby.path).status_code, sent.status_code))
        passerby.clock.move_to(NOON)

    assert found == [(404, 404), (200, 200), (200, 200), (404, 404)]


@pytest.mark.embedded
def test_a_receipt_tells_its_state_and_nothing_else(passerby: Passerby) -> None:
    township = passerby.wall.township
    code = code_of(passerby.send(persons=passerby.tokens()[0]))

    def told() -> str:
        answer = passerby.client.get(f"/public/objections/{code.lower().replace('-', ' ')}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        page = answer.get_data(as_text=True)
        assert "演示" not in page.replace("演示数据", "")
        assert SAID not in page
        return str(re.findall("<h1>(.*?)</h1>", page)[0])

    states = [told()]
    dossier = named(passerby.wall)["演示乙"]
    take_up(township.context("organizer", NOON), TakeUp(submission=only(township), dossiers=(dossier,)))
    states.append(told())
    township.act(dossier, "objection_concluded", "2016-06-18", by="organizer", objection=1, upheld=False)
    states.append(told())

    assert states == ["已收到", "正在办理", "已办结"]


def test_a_receipt_is_stored_nowhere_and_a_wrong_one_finds_nothing(passerby: Passerby) -> None:
    code = code_of(passerby.send(persons="all"))

    assert len(code.replace("-", "")) == 16
    assert passerby.client.get("/public/objections/AAAA-BBBB-CCCC-DDDD").status_code == 404
    with passerby.wall.township.record.reading() as connection:
        row = ask(connection, "SELECT * FROM submission").one()
    stored = b"|".join(str(value).encode() if not isinstance(value, bytes) else value for value in row)
    assert code.replace("-", "").encode() not in stored
    assert SAID.encode() not in stored


@pytest.mark.embedded
def test_wrong_receipts_are_counted_and_right_ones_are_not(passerby: Passerby) -> None:
    code = code_of(passerby.send(persons="all"))
    limit = LIMITS["receipt"]
    for number in range(limit.count):
        passerby.clock.move_to(NOON + number * SECOND)
        assert passerby.client.get(f"/public/objections/{code}").status_code == 200
        assert passerby.client.get(f"/public/objections/WRNG{number:04}".replace("0", "A")).status_code == 404

    refused = passerby.client.get(f"/public/objections/{code}")

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "请稍等" in refused.get_data(as_text=True)


def test_a_form_that_is_sent_twice_is_kept_once_and_shows_the_same_receipt(passerby: Passerby) -> None:
    entries = {**passerby.form(), "named": "no", "text": SAID, "persons": "all"}

    first = passerby.client.post(passerby.path, data=entries)
    again = passerby.client.post(passerby.path, data=entries)
    other = passerby.client.post(passerby.path, data={**entries, "text": "又想起一件事"})

    assert code_of(first) == code_of(again)
    assert other.status_code == 422
    assert "又想起一件事" in other.get_data(as_text=True)
    assert unread_submissions(passerby.wall.township.context("organizer", NOON)) == 1


MISSING: tuple[tuple[dict[str, str], str], ...] = (
    ({"persons": "all", "text": " "}, "请写明是什么情况"),
    ({}, "请选择您要反映谁"),
    ({"persons": "0" * 32}, "公示上没有您选的人"),
    ({"persons": "all", "named": "yes"}, "请留下联系方式"),
    ({"persons": "all", "text": "长" * 4001}, "太长：最多"),
)


@pytest.mark.embedded
def test_what_is_missing_is_said_and_what_was_written_stays(passerby: Passerby) -> None:
    for entries, said in MISSING:
        answer = passerby.send(**entries)

        assert answer.status_code == 400
        assert said in answer.get_data(as_text=True)
        assert (entries.get("text") or SAID).strip() in answer.get_data(as_text=True)
    assert unread_submissions(passerby.wall.township.context("organizer", NOON)) == 0


@pytest.mark.embedded
def test_switching_the_language_keeps_what_was_written(passerby: Passerby) -> None:
    answer = passerby.send(switch="en", persons=passerby.tokens()[0])

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "What happened?" in page
    assert SAID in page
    assert page.count(" checked") == 2
    assert "language=en" in page


@pytest.mark.embedded
def test_nothing_that_is_written_becomes_part_of_a_page(passerby: Passerby) -> None:
    context = passerby.wall.township.context("organizer", NOON)
    office = logged_in(passerby, "organizer")
    for written in XSS:
        again = passerby.send(persons=written, text=written, name=written, contact=written, named="yes")
        before, after = f"前{written}", f"后{written}"
        passerby.clock.move_to(passerby.clock.now() + SECOND)
        sent = passerby.send(persons="all", text=before, name=written, contact=after, named="yes")
        passerby.clock.move_to(passerby.clock.now() + SECOND)
        path = f"/objections/{max(row.id for row in submissions(context))}"
        shown = [
            office.post(f"{path}/read", data={**hidden(office.get(path)), "part": part, "reason": reason})
            for part, reason in (("text", "handling"), ("contact", "ask_back"))
        ]

        assert (again.status_code, sent.status_code) == (400, 200)
        pages = [answer.get_data(as_text=True) for answer in (again, sent, *shown)]
        planted = ("<script>alert", "<img", "<i>", "SECRET_KEY")
        assert [one for one in planted for page in pages if one in page] == []
        assert "前" in pages[2]
        assert "后" in pages[3]


def test_until_somebody_has_looked_it_holds_whom_it_names_and_nobody_else(wall: Wall) -> None:
    wall.post(wall.person("演示甲"), wall.person("演示乙"))
    given_in(wall, "演示甲")
    people, township = named(wall), wall.township

    assert close(township, people["演示甲"]) == ["objections_concluded"]
    assert close(township, people["演示乙"]) == []

    set_aside(township.context("organizer", AFTER), only(township), reason="nobody_meant")
    assert close(township, people["演示甲"]) == []


@pytest.mark.embedded
def test_one_about_everybody_holds_everybody(wall: Wall) -> None:
    wall.post(wall.person("演示甲"), wall.person("演示乙"))
    given_in(wall)

    assert [close(wall.township, one) for one in named(wall).values()] == [["objections_concluded"]] * 2


def test_what_is_taken_up_stands_in_the_dossier_and_holds_until_it_is_concluded(wall: Wall) -> None:
    wall.post(wall.person("演示甲"), wall.person("演示乙"))
    given_in(wall)
    people, township = named(wall), wall.township
    submission = only(township)

    taken = take_up(
        township.context("organizer", NOON), TakeUp(submission=submission, dossiers=(people["演示甲"],))
    )

    assert taken.dossiers == (people["演示甲"],)
    row = find_submission(township.context("organizer", NOON), submission)
    assert [(one.name, one.number, one.is_open) for one in row.dossiers] == [("演示甲", 1, True)]
    assert row.due == at("2016-07-08").date()  # fifteen working days after 17 June
    assert close(township, people["演示乙"]) == []
    assert close(township, people["演示甲"]) == ["objections_concluded"]
    township.act(
        people["演示甲"], "objection_concluded", "2016-06-19", by="organizer", objection=1, upheld=False
    )
    assert close(township, people["演示甲"]) == []
    with pytest.raises(BadInput):
        set_aside(township.context("organizer", AFTER), submission, reason="abuse")


def test_a_letter_holds_the_next_step_of_whom_it_names(township: Township) -> None:
    dossier, other = township.open(), township.open(on="2014-08-01")
    context = township.context("organizer", at("2016-03-01"))
    letter = EnterLetter(
        persons=(dossier,), channel="letter", received_on="2016-02-29", text=SAID, key=key(),
        contact={"name": "演示来信人", "reach": REACH},
    )  # fmt: skip

    submission = enter_letter(context, letter)

    assert enter_letter(context, letter) == submission
    held = township.refused(dossier, "target_proposed", "2016-03-02", members=5, present=5, for_=5)
    free = township.refused(other, "target_proposed", "2016-03-02", members=5, present=5, for_=5)
    assert "objections_concluded" in held
    assert "objections_concluded" not in free
    for day in ("2016-03-02", "yesterday"):
        with pytest.raises(BadInput):
            enter_letter(context, replace(letter, received_on=day, key=key()))


def test_reading_is_on_record_before_anything_is_opened(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    given_in(wall, "演示甲", contact={"name": "演示来信人", "reach": REACH})
    township = wall.township
    submission, context = only(township), township.context("organizer", NOON)

    text = read_submission(context, ReadSubmission(submission=submission, part="text", reason="handling"))
    contact = read_submission(
        context, ReadSubmission(submission=submission, part="contact", reason="ask_back")
    )

    assert (text.text, [one.name for one in text.persons], text.contact) == (SAID, ["演示甲"], None)
    assert contact.contact == {"name": "演示来信人", "reach": REACH}
    assert [(one["what"], one["reason"]) for one in events(township, "submission_read")] == [
        ("text", "handling"), ("contact", "ask_back"),
    ]  # fmt: skip
    with pytest.raises(BadInput):
        read_submission(context, ReadSubmission(submission=submission, part="contact", reason="curiosity"))
    assert len(events(township, "submission_read")) == 2


@pytest.mark.parametrize(
    ("logins", "error"),
    [(("secretary", "neighbour"), NotFound), (("member", "county", "auditor", "system_admin"), NotAllowed)],
)
def test_only_the_committees_office_reads_and_handles(
    wall: Wall, logins: tuple[str, ...], error: type[Exception]
) -> None:
    wall.post(wall.person("演示甲"))
    given_in(wall, "演示甲")
    submission = only(wall.township)

    for login in logins:
        refuse_everything(wall, submission, wall.township.context(login, NOON), error)
    assert events(wall.township, "submission_read") == []


def refuse_everything(wall: Wall, submission: str, context: Context, error: type[Exception]) -> None:
    for attempt in (
        lambda: read_submission(
            context, ReadSubmission(submission=submission, part="text", reason="handling")
        ),
        lambda: take_up(context, TakeUp(submission=submission, dossiers=tuple(named(wall).values()))),
        lambda: set_aside(context, submission, reason="abuse"),
        lambda: find_submission(context, submission),
    ):
        with pytest.raises(error):
            attempt()
    assert unread_submissions(context) == 0


def logged_in(passerby: Passerby, login: str) -> FlaskClient:
    client = create_app(passerby.wall.township.record, passerby.clock, config=CONFIG).test_client()
    entries = {**hidden(client.get("/login")), "account": login, "password": "a-made-up-password"}
    assert client.post("/login", data=entries).status_code == 302
    return client


@pytest.mark.embedded
def test_a_branch_sees_that_the_committee_is_at_work_and_nothing_more(passerby: Passerby) -> None:
    passerby.send(persons=passerby.tokens()[0], named="yes", name="演示来信人", contact=REACH)
    branch = logged_in(passerby, "secretary")
    dossier = named(passerby.wall)["演示乙"]
    submission = only(passerby.wall.township)

    pages = {
        path: branch.get(path)
        for path in ("/", "/notices", f"/dossiers/{dossier}", f"/dossiers/{dossier}/history")
    }
    shown = "".join(page.get_data(as_text=True) for page in pages.values())

    assert "镇里正在办理" in pages["/notices"].get_data(as_text=True)
    assert [
        secret for secret in (SAID, REACH, "演示来信人", "/objections", submission) if secret in shown
    ] == []
    assert branch.get("/objections").status_code == 403
    assert branch.get(f"/objections/{submission}").status_code == 403


@pytest.mark.embedded
def test_the_office_goes_from_the_desk_to_the_conclusion(passerby: Passerby) -> None:
    passerby.send(persons=passerby.tokens()[0], named="yes", name="演示来信人", contact=REACH)
    office, submission = logged_in(passerby, "organizer"), only(passerby.wall.township)
    path = f"/objections/{submission}"
    assert "还没有人看的意见：1 件" in office.get("/").get_data(as_text=True)
    listed = office.get("/objections").get_data(as_text=True)
    assert path in listed
    assert SAID not in listed + office.get(path).get_data(as_text=True)

    read = office.post(
        f"{path}/read", data={**hidden(office.get(path)), "part": "text", "reason": "handling"}
    )
    dossier = named(passerby.wall)["演示乙"]
    assert SAID in read.get_data(as_text=True)
    assert f'value="{dossier}" checked' in read.get_data(as_text=True)
    assert REACH not in read.get_data(as_text=True)
    taken = office.post(f"{path}/take-up", data={**hidden(read), "persons": dossier})
    assert taken.status_code == 302

    entry = office.get(path).get_data(as_text=True)
    conclude = f"/dossiers/{dossier}/acts/objection_concluded?objection=1"
    assert conclude in entry
    assert 'name="objection" type="number" value="1"' in office.get(conclude).get_data(as_text=True)
    assert (
        office.get(f"/dossiers/{dossier}/why/{re.findall(r'why/(objection:[0-9]+)', entry)[0]}").status_code
        == 200
    )
    answered = {**hidden(office.get(path)), "answer": "已经查过，谢谢您。"}
    assert office.post(f"{path}/answer", data=answered).status_code == 302


@pytest.mark.embedded
def test_a_branch_never_reads_how_many_objections_are_open_not_even_in_an_old_refusal(
    passerby: Passerby,
) -> None:
    passerby.send(persons=passerby.tokens()[0])
    township, dossier = passerby.wall.township, named(passerby.wall)["演示乙"]
    take_up(township.context("organizer", NOON), TakeUp(submission=only(township), dossiers=(dossier,)))
    assert close(township, dossier) == ["objections_concluded"]
    passerby.clock.move_to(at("2016-06-20"))

    shown = {}
    for login in ("secretary", "organizer"):
        counter = logged_in(passerby, login)
        paths = (f"/dossiers/{dossier}", f"/dossiers/{dossier}/history")
        shown[login] = [counter.get(path).get_data(as_text=True) for path in paths]

    assert [page.count("镇里正在办理，办完以后才能办这件事") for page in shown["secretary"]] == [1, 1]
    assert [page.count("1 件异议或信访") for page in shown["secretary"]] == [0, 0]
    assert [page.count("1 件异议或信访") for page in shown["organizer"]] == [1, 1]


@pytest.mark.embedded
def test_an_answer_is_read_by_the_receipt_alone(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    code = given_in(wall, "演示甲")
    township = wall.township
    submission, context = only(township), township.context("head", NOON)
    with pytest.raises(BadInput):
        answer_submission(context, submission, text="已经查过。")
    set_aside(context, submission, reason="nothing_said")

    answer_submission(context, submission, text="请写明时间、地点。")

    assert receipt_view(township.record, code).answer == "请写明时间、地点。"


@pytest.mark.embedded
def test_the_same_form_with_another_text_is_no_second_submission(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    new = HandIn(notice=wall.codes()[0], text=SAID, key="k" * 24, is_about_all=True)
    hand_in(wall.township.record, new, now=NOON)

    with pytest.raises(KeyReused):
        hand_in(wall.township.record, replace(new, text="另一件事"), now=NOON)


@pytest.mark.embedded
@pytest.mark.parametrize("count", [300, pytest.param(5000, marks=pytest.mark.slow)])
def test_a_flood_of_opinions_does_not_stop_whoever_works_inside(passerby: Passerby, count: int) -> None:
    """Every post from another address; between them somebody inside records acts."""
    office = logged_in(passerby, "secretary")
    entries = {**passerby.form(), "named": "no", "text": SAID, "persons": "all"}
    dossier = passerby.wall.township.open(on="2016-05-03", person=passerby.wall.township.person("演示丙"))
    codes: list[int] = []
    for number in range(count):
        where = {"REMOTE_ADDR": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"}
        given = {**entries, "key": f"{number:032}"}
        codes.append(passerby.client.post(passerby.path, data=given, environ_base=where).status_code)
        if number % 100 == 50:
            assert office.get("/").status_code == 200
    passerby.wall.township.act(dossier, "talk_held", "2016-05-20", talker="演示")

    pace = LIMITS["objection"].pace
    assert codes.count(200) == pace
    assert codes.count(429) == count - pace
    assert passerby.wall.township.version(dossier) == 2


@pytest.mark.embedded
def test_one_address_is_refused_after_its_limit_and_another_is_not(passerby: Passerby) -> None:
    entries = {**passerby.form(), "named": "no", "text": SAID, "persons": "all"}
    codes = []
    for number in range(LIMITS["objection"].count + 1):
        passerby.clock.move_to(NOON + number * SECOND)
        given = {**entries, "key": f"{number:032}"}
        codes.append(passerby.client.post(passerby.path, data=given).status_code)
    other = passerby.client.post(
        passerby.path, data={**entries, "key": "o" * 32}, environ_base={"REMOTE_ADDR": "2001:db8::1"}
    )

    assert codes == [200] * LIMITS["objection"].count + [429]
    assert other.status_code == 200
