"""A person looks at the own dossier with the code that the branch handed over, and sees nothing of others."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from recruit.commands.own import CODE_LASTS, LOOK_LASTS, dossier_of_own, make_own_code, open_own
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.limits import LIMITS
from tests.homes import ask
from tests.recruit.builders import Township as Recorded
from tests.recruit.builders import at
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.conftest import Counter
from tests.web.township import Township, lettered

__all__ = ["folder", "founded", "founded_on_postgres", "home", "postgres", "township"]  # fixtures

MARCH = at("2016-03-01")
SECOND = timedelta(seconds=1)


def slip(secretary: Counter, town: Township) -> str:
    page = f"/dossiers/{town.dossiers['王秀兰']}"
    answer = secretary.post(f"{page}/own-code", {}, page=page)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'<p class="code">([A-Z0-9-]+)</p>', answer.get_data(as_text=True))
    assert found is not None
    return str(found.group(1))


def opened(app: Flask, code: str) -> Counter:
    person = Counter(app)
    assert person.post("/my", {"code": code}).status_code == 302
    return person


def main_of(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page[page.index("<main") : page.index("</main>")])


def test_a_code_opens_the_own_dossier_and_a_new_one_ends_it(township: Recorded) -> None:
    dossier = township.open()
    secretary, record = township.context("secretary", MARCH), township.record
    first = make_own_code(secretary, dossier)
    token = open_own(record, first.code.lower(), now=MARCH)
    assert token is not None
    assert dossier_of_own(record, token, now=MARCH) == dossier

    second = make_own_code(secretary, dossier)

    assert dossier_of_own(record, token, now=MARCH) is None
    assert open_own(record, first.code, now=MARCH) is None
    assert open_own(record, second.code, now=MARCH) is not None
    with record.reading() as connection:
        made = ask(connection, "SELECT count(*) FROM event WHERE \"do\" = 'own_code_made'").scalar_one()
        stored = bytes(ask(connection, "SELECT code_digest FROM own_code").scalar_one())
    assert made == 2
    assert second.code.encode() not in stored


@pytest.mark.embedded
def test_a_code_lasts_thirty_days_and_a_look_half_an_hour(township: Recorded) -> None:
    dossier = township.open()
    code, record = make_own_code(township.context("secretary", MARCH), dossier).code, township.record
    token = open_own(record, code, now=MARCH)
    assert token is not None

    assert dossier_of_own(record, token, now=MARCH + LOOK_LASTS - SECOND) == dossier
    assert dossier_of_own(record, token, now=MARCH + LOOK_LASTS) is None
    assert open_own(record, code, now=MARCH + CODE_LASTS - SECOND) is not None
    assert open_own(record, code, now=MARCH + CODE_LASTS) is None


@pytest.mark.embedded
def test_only_the_branch_and_the_organizer_hand_out_codes_of_open_dossiers(township: Recorded) -> None:
    dossier = township.open()
    for login, error in (("neighbour", NotFound), ("auditor", NotAllowed), ("head", NotAllowed)):
        with pytest.raises(error):
            make_own_code(township.context(login, MARCH), dossier)
    make_own_code(township.context("organizer", MARCH), dossier)
    township.act(dossier, "withdrawn", "2016-03-02", reason="演示")

    with pytest.raises(BadInput):
        make_own_code(township.context("secretary", at("2016-03-03")), dossier)


def test_the_page_says_where_one_stands_and_whom_to_ask(
    app: Flask, secretary: Counter, town: Township
) -> None:
    person = opened(app, slip(secretary, town))

    page = person.text("/my")

    assert "您现在是：积极分子（第 2 步，共 7 步）" in page
    assert "培养教育到2015年9月10日满期" in page
    assert "周海波" in page
    assert "0900-555 0123" in page
    assert person.get("/my").headers["Cache-Control"] == "no-store"
    assert person.get("/").status_code == 302
    assert person.get(f"/dossiers/{town.dossiers['王秀兰']}").status_code == 302
    assert "You are at:" in person.text("/my?language=en")


def test_an_objection_or_a_hold_changes_nothing_on_it(app: Flask, secretary: Counter, town: Township) -> None:
    person = opened(app, slip(secretary, town))
    before = main_of(person.text("/my"))

    lettered(town)
    unread = main_of(person.text("/my"))
    town.act("王秀兰", "objection_received", date(2016, 6, 7), "liu", purpose="letter", note="演示")
    taken_up = main_of(person.text("/my"))
    town.act("王秀兰", "suspended", date(2016, 6, 7), reason="演示")
    held = main_of(person.text("/my"))

    assert (unread, taken_up, held) == (before, before, before)


def test_closing_it_ends_the_look_for_every_copy(app: Flask, secretary: Counter, town: Township) -> None:
    person = opened(app, slip(secretary, town))
    cookie = person.client.get_cookie("recruit_own")
    assert cookie is not None
    assert cookie.http_only

    person.post("/my/close", {}, page="/my")
    copy: FlaskClient = app.test_client()
    copy.set_cookie("recruit_own", cookie.value)

    assert "纸条上的查询码" in copy.get("/my").get_data(as_text=True)


def test_wrong_codes_are_refused_after_some(app: Flask, town: Township) -> None:
    guesser = Counter(app)
    codes = []
    for number in range(LIMITS["own_code"].count + 1):
        town.clock.move_to(town.clock.now() + SECOND)
        codes.append(guesser.post("/my", {"code": f"WRNG{number}"}).status_code)

    assert codes == [401] * LIMITS["own_code"].count + [429]
