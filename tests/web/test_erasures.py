"""Erasing a person at the counter: found by the whole name, proposed by one, confirmed by another."""

from datetime import date, datetime

import pytest
from flask import Flask

from recruit.commands.erasable import ERASED
from recruit.log.verify import verify
from tests.web.conftest import Counter
from tests.web.township import ID_NUMBER, WRITTEN, Township, proposed, withdrawn
from workflows.acts import SHANGHAI


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


@pytest.fixture
def person(town: Township) -> str:
    return withdrawn(town)


@pytest.fixture
def security(app: Flask) -> Counter:
    return logged_in(app, "secadmin")


@pytest.fixture
def audit(app: Flask) -> Counter:
    return logged_in(app, "audadmin")


def test_one_administrator_proposes_and_another_erases_for_good(
    security: Counter, audit: Counter, town: Township, person: str
) -> None:
    found = security.text("/erasures?q=陈文")
    assert f'href="/erasures/persons/{person}"' in found
    page = f"/erasures/persons/{person}"
    sent = security.post(page, {"ground": "request", "ticket": "演〔2016〕7号"})
    assert sent.status_code == 302
    assert "什么都不会删" in security.text("/erasures")

    (check,) = {href for href in hrefs(audit.text("/")) if href.startswith("/erasures/")}
    assert "演〔2016〕7号" in audit.text(check)
    done = audit.post(f"{check}/confirm", {"typed": " 陈文 "}, page=check)

    assert done.status_code == 302
    assert "已彻底删除" in audit.text("/erasures")
    assert audit.get(check).status_code == 404
    assert verify(town.record).ok
    assert not town.record.keys.has(person)
    shown = audit.text(f"/dossiers/{town.dossiers['陈文']}")
    assert ERASED in shown
    assert "陈文" not in shown


def test_the_page_says_what_goes_and_what_stays_and_shows_nothing_of_it(
    security: Counter, person: str
) -> None:
    page = security.text(f"/erasures/persons/{person}")

    for line in ("身份证号、手机、出生日期", "2 条记录的内容", "日志中的 3 条记录", "2014年7月1日建档"):
        assert line in page, line
    assert ID_NUMBER not in page
    assert WRITTEN not in page


def test_a_name_that_is_typed_wrong_erases_nobody(audit: Counter, town: Township, person: str) -> None:
    check = f"/erasures/{proposed(town, person)}"

    for typed in ("", "陈", "陈志远"):
        answer = audit.post(f"{check}/confirm", {"typed": typed}, page=check)
        assert answer.status_code == 400
        assert "什么都没有删" in answer.get_data(as_text=True)
    assert town.record.keys.has(person)


@pytest.mark.parametrize(
    ("login", "word"), [("secadmin", "撤回提请"), ("audadmin", "不同意，退回"), ("sysadmin", "不同意，退回")]
)
def test_a_proposal_is_withdrawn_or_refused(
    app: Flask, town: Township, person: str, login: str, word: str
) -> None:
    counter, check = logged_in(app, login), f"/erasures/{proposed(town, person)}"
    assert word in counter.text(check)

    answer = counter.post(f"{check}/withdraw", {}, page=check)

    assert answer.status_code == 302
    assert "提请已撤销" in counter.text("/erasures")
    assert counter.get(check).status_code == 404
    assert town.record.keys.has(person)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("王秀兰", "还有档案没有结束", "A dossier is still open"),
        ("周海波", "党员档案要永久保存", "never erased"),
        ("陈文", "保存期到2019年10月7日才满", "The time of keeping ends on 2019-10-07"),
    ],
)
def test_every_refusal_is_said_before_and_in_both_languages(
    security: Counter, town: Township, person: str, name: str, zh: str, en: str
) -> None:
    page = f"/erasures/persons/{town.people[name]}"
    assert zh in security.text(page)

    security.post("/switch", {"switch": "en", "back": page}, page=page)

    assert en in security.text(page)


def test_a_ground_that_does_not_hold_is_not_offered_and_is_refused_when_sent(
    security: Counter, town: Township, person: str
) -> None:
    page = f"/erasures/persons/{person}"
    assert 'value="retention_over"' not in security.text(page)
    assert "<select" not in security.text(f"/erasures/persons/{town.people['王秀兰']}")

    answer = security.post(page, {"ground": "retention_over", "ticket": "演1号"})

    assert answer.status_code == 400
    assert "保存期到2019年10月7日才满" in answer.get_data(as_text=True)
    assert 'value="演1号"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("on", "is_offered"), [("2019-10-06", False), ("2019-10-07", True), ("2019-10-08", True)]
)
def test_retention_is_offered_from_the_day_on_which_it_ends(
    app: Flask, town: Township, person: str, on: str, is_offered: bool
) -> None:
    day = date.fromisoformat(on)
    town.clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI))

    page = logged_in(app, "secadmin").text(f"/erasures/persons/{person}")

    assert ('value="retention_over"' in page) is is_offered


@pytest.mark.parametrize("entries", [{"ground": "", "ticket": "演1号"}, {"ground": "court", "ticket": " "}])
def test_a_proposal_needs_ground_and_paper(
    security: Counter, town: Township, person: str, entries: dict[str, object]
) -> None:
    answer = security.post(f"/erasures/persons/{person}", entries)

    assert answer.status_code == 400
    assert "没有等待确认的提请" in security.text("/erasures")


def test_what_waits_already_leads_to_its_page(security: Counter, town: Township, person: str) -> None:
    waiting = proposed(town, person)

    page = security.text(f"/erasures/persons/{person}")
    again = security.post(f"/erasures/persons/{person}", {"ground": "court", "ticket": "演2号"}, page="/")

    assert f'href="/erasures/{waiting}"' in page
    assert "<select" not in page
    assert again.status_code == 400
    assert "已有一份删除提请" in again.get_data(as_text=True)


def test_part_of_a_name_finds_nobody_and_only_the_proposer_looks(
    security: Counter, audit: Counter, person: str
) -> None:
    assert "没有这个姓名或编号" in security.text("/erasures?q=陈")
    assert person not in audit.text("/erasures?q=陈文")


def test_the_proposer_is_shown_no_button_to_confirm_and_is_refused(
    security: Counter, town: Township, person: str
) -> None:
    check = f"/erasures/{proposed(town, person)}"

    page = security.text(check)
    refused = security.post(f"{check}/confirm", {"typed": "陈文"}, page=check)

    assert "须由审计管理员或系统管理员" in page
    assert "/confirm" not in page
    assert refused.status_code == 403
    assert town.record.keys.has(person)


@pytest.mark.parametrize("login", ["li", "liu", "zhang", "wu"])
def test_nobody_else_has_these_pages(app: Flask, town: Township, person: str, login: str) -> None:
    counter, waiting = logged_in(app, login), proposed(town, person)

    for path in ("/erasures", f"/erasures/{waiting}", f"/erasures/persons/{person}"):
        assert counter.get(path).status_code == 403, path
    assert counter.post(f"/erasures/{waiting}/withdraw", {}, page="/").status_code == 403


@pytest.mark.parametrize("login", ["secadmin", "audadmin", "sysadmin"])
def test_the_desk_of_an_administrator_leads_to_what_waits(
    app: Flask, town: Township, person: str, login: str
) -> None:
    waiting = proposed(town, person)

    desk = logged_in(app, login).text("/")

    assert 'href="/erasures"' in desk
    assert f'href="/erasures/{waiting}"' in desk


def hrefs(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('href="')[1:]]
