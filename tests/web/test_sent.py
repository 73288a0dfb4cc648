"""Where messages go, and what was sent: the pages of whoever receives, audits and runs the system."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import insert, select

from recruit.ids import new_id
from recruit.tables import Delivery, Outbox, User
from tests.web.conftest import Counter
from tests.web.township import Township

NOW = datetime(2016, 6, 16, tzinfo=UTC)


def message(town: Township, login: str, *, state: str = "sent", error: str | None = None) -> str:
    """A message that was tried once."""
    id_ = new_id(NOW)
    with town.record.writing() as connection:
        user = connection.execute(select(User.id).where(User.login == login)).scalar_one()
        connection.execute(
            insert(Outbox).values(
                id=id_, subject="digest/1", channel="mail", recipient=user, template="digest", key=id_,
                not_before=NOW, state=state, title=f"演示消息 {login}", body="柳树村：谈话", attempts=1,
            )
        )  # fmt: skip
        connection.execute(
            insert(Delivery).values(
                id=id_, outbox=id_, number=1, at=NOW, result="refused" if error else "sent", error=error
            )
        )
    return id_


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


def test_an_address_is_saved_switched_off_and_deleted(secretary: Counter) -> None:
    saved = secretary.post("/me/addresses/mail", {"do": "set", "address": "li@post.example"}, page="/me")
    shown = secretary.text("/me")
    secretary.post("/me/addresses/mail", {"do": "off"}, page="/me")
    off = secretary.text("/me")
    secretary.post("/me/addresses/mail", {"do": "remove"}, page="/me")

    assert saved.status_code == 302
    assert 'value="li@post.example"' in shown
    assert "已启用" in shown
    assert "启用<span" in off
    assert "li@post.example" not in secretary.text("/me")


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("mail", "no address"),
        ("mail", "a@b"),
        ("mail", "a@b.cn\r\nBcc: c@d.cn"),
        ("mail", ""),
        ("sms", "12-34"),
    ],
)
def test_what_is_no_address_is_refused_and_stays_in_the_form(
    secretary: Counter, channel: str, address: str
) -> None:
    answer = secretary.post(f"/me/addresses/{channel}", {"do": "set", "address": address}, page="/me")

    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_a_telephone_number_is_kept_without_its_spacing(secretary: Counter, town: Township) -> None:
    secretary.post("/me/addresses/sms", {"do": "set", "address": "139 0000-1234"}, page="/me")

    assert 'value="13900001234"' in secretary.text("/me")


def test_an_unknown_way_is_not_found(secretary: Counter) -> None:
    assert secretary.post("/me/addresses/pigeon", {"do": "set"}, page="/me").status_code == 404


def test_everybody_reads_the_own_messages_alone(secretary: Counter, town: Township) -> None:
    message(town, "li")
    message(town, "zhang")

    page = secretary.text("/messages/sent")

    assert "演示消息 li" in page
    assert "柳树村：谈话" in page
    assert "演示消息 zhang" not in page


def test_an_auditor_reads_them_all_with_what_came_of_each_try(auditor: Counter, town: Township) -> None:
    message(town, "li", state="dead", error="smtp_550")

    page = auditor.text("/messages/sent/all?state=dead")

    assert "演示消息 li" in page
    assert "smtp_550" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_a_secretary_may_not_read_those_of_others(secretary: Counter, organizer: Counter) -> None:
    assert secretary.get("/messages/sent/all").status_code == 403
    assert organizer.get("/messages/sent/all").status_code == 403


@pytest.mark.parametrize("state", ["held", "dead"])
def test_the_system_administrator_lets_messages_go_again(app: Flask, town: Township, state: str) -> None:
    chosen, other = message(town, "li", state=state), message(town, "zhang", state=state)
    admin = logged_in(app, "sysadmin")

    answer = admin.post(
        "/messages/sent/again",
        {"state": state, "message": chosen},
        page=f"/messages/sent/all?state={state}",
    )

    with town.record.reading() as connection:
        states = {row.id: row.state for row in connection.execute(select(Outbox.id, Outbox.state))}
        tries = connection.execute(
            select(Delivery.number, Delivery.result)
            .where(Delivery.outbox == chosen)
            .order_by(Delivery.number)
        ).all()
    assert answer.status_code == 302
    assert (states[chosen], states[other]) == ("waiting", state)
    assert [tuple(row) for row in tries] == [(1, "sent"), (2, "released")]
    assert "放行重发" in admin.text("/messages/sent/all?state=waiting")


def test_nothing_chosen_sends_nothing(app: Flask, town: Township) -> None:
    message(town, "li", state="dead")
    admin = logged_in(app, "sysadmin")

    admin.post("/messages/sent/again", {"state": "dead"}, page="/messages/sent/all?state=dead")

    assert "请至少选一条消息" in admin.text("/messages/sent/all?state=dead")


def test_an_auditor_lets_nothing_go(auditor: Counter, town: Township) -> None:
    id_ = message(town, "li", state="dead")

    answer = auditor.post("/messages/sent/again", {"state": "dead", "message": id_}, page="/me")

    assert answer.status_code == 403


def test_the_committees_secretary_names_a_robot_and_ends_it(head: Counter, town: Township) -> None:
    page = head.text("/me")
    place = page.split('name="organization"')[1].split('value="')[1].split('"')[0]
    entries: dict[str, object] = {
        "organization": place,
        "kind": "wecom",
        "url": "https://qyapi.weixin.qq.com/send?key=k1",
        "secret": "",
    }
    answer = head.post("/me/robots", entries, page="/me")
    shown = head.text("/me")
    ended = head.hrefs(shown, "/me/robots/")[0]
    head.post(ended, {}, page="/me")

    assert answer.status_code == 302
    assert "key=k1" not in shown
    assert head.hrefs(head.text("/me"), "/me/robots/") == []


def test_a_robot_at_http_is_refused_and_a_secretary_names_none(head: Counter, secretary: Counter) -> None:
    place = head.text("/me").split('name="organization"')[1].split('value="')[1].split('"')[0]
    entries: dict[str, object] = {
        "organization": place,
        "kind": "wecom",
        "url": "http://qyapi.weixin.qq.com/send",
        "secret": "",
    }

    assert head.post("/me/robots", entries, page="/me").status_code == 400
    assert secretary.post("/me/robots", entries, page="/me").status_code == 403


def test_a_page_of_fifty_leads_to_the_earlier_ones(secretary: Counter, town: Township) -> None:
    for _ in range(51):
        message(town, "li")

    page = secretary.text("/messages/sent")
    before = page.split("before=")[1].split('"')[0]

    assert page.count('<li><div class="head">') == 50
    assert secretary.text(f"/messages/sent?before={before}").count('<li><div class="head">') == 1
