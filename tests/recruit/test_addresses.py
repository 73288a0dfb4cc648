"""Addresses and robots: sealed, logged without what they say, and named by those who may."""

import pytest
from sqlalchemy import select

from recruit.commands.addresses import remove_address, set_address, switch_address
from recruit.commands.outbox import release_held, retry_dead
from recruit.commands.robots import AddRobot, add_robot, end_robot
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.queries.addresses import AddressRow, my_addresses, robot_places, robots
from recruit.tables import Address, Event, Robot
from tests.recruit.builders import Township

URL = "https://oapi.dingtalk.com/robot/send?access_token=made-up-token"


def robot_at(township: Township, place: str, **changed: str) -> AddRobot:
    known = {"organization": township.places[place], "kind": "dingtalk", "url": URL, "secret": "SEC-made-up"}
    return AddRobot(**{**known, **changed})


def events(township: Township) -> list[bytes]:
    with township.record.reading() as connection:
        return [
            bytes(row) for row in connection.execute(select(Event.canonical).order_by(Event.id)).scalars()
        ]


def test_an_address_is_stored_sealed_and_logged_by_its_channel_alone(township: Township) -> None:
    context = township.context("secretary")

    set_address(context, "mail", "li.jianguo@post.example")
    set_address(context, "mail", "li@post.example")
    switch_address(context, "mail", is_on=False)

    with township.record.reading() as connection:
        (sealed,) = connection.execute(select(Address.sealed)).scalars()
    assert my_addresses(context) == (AddressRow(channel="mail", address="li@post.example", is_on=False),)
    assert b"post.example" not in bytes(sealed)
    assert [sum(do in event for event in events(township)) for do in (b"address_set", b"address_off")] == [
        2,
        1,
    ]
    assert not any(b"post.example" in event for event in events(township))


def test_what_is_not_there_can_be_neither_switched_nor_removed(township: Township) -> None:
    context = township.context("secretary")
    set_address(context, "sms", "+86 139-0000-1234")
    remove_address(context, "sms")

    with pytest.raises(NotFound):
        switch_address(context, "sms", is_on=True)
    with pytest.raises(NotFound):
        remove_address(context, "sms")


@pytest.mark.parametrize("url", ["http://a.cn/x", "https://", "https://u:p@a.cn/x", "https://a.cn/x y", "x"])
def test_a_robot_stands_at_https_and_names_no_password(township: Township, url: str) -> None:
    with pytest.raises(BadInput):
        add_robot(township.context("head"), robot_at(township, "first", url=url))


def test_a_robot_is_sealed_listed_without_its_address_and_ended(township: Township) -> None:
    robot = add_robot(township.context("head"), robot_at(township, "first"))
    listed = robots(township.context("head"))
    end_robot(township.context("system_admin"), robot)

    with township.record.reading() as connection:
        url, secret = connection.execute(select(Robot.url_sealed, Robot.secret_sealed)).one()
    assert [(row.id, row.organization_name) for row in listed] == [(robot, "一村党支部")]
    assert b"made-up" not in bytes(url) + bytes(secret or b"made-up")
    assert not any(b"made-up" in event for event in events(township))
    assert robots(township.context("head")) == ()
    with pytest.raises(NotFound):
        end_robot(township.context("head"), robot)


@pytest.mark.parametrize("login", ["secretary", "organizer", "auditor"])
def test_only_the_committees_secretary_and_the_system_administrator_name_robots(
    township: Township, login: str
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        add_robot(township.context(login), robot_at(township, "first"))
    assert robot_places(township.context(login)) == ()


def test_a_committees_secretary_names_none_above(township: Township) -> None:
    with pytest.raises(NotFound):
        add_robot(township.context("head"), robot_at(township, "county"))


@pytest.mark.parametrize("command", [release_held, retry_dead])
def test_only_the_system_administrator_lets_messages_go(township: Township, command: object) -> None:
    assert callable(command)
    with pytest.raises(NotAllowed):
        command(township.context("audit_admin"), ["01AHT21ZM04QJE7KAPQKYF7FRV"])
    with pytest.raises(NotFound):
        command(township.context("system_admin"), ["01AHT21ZM04QJE7KAPQKYF7FRV"])
    with pytest.raises(BadInput):
        command(township.context("system_admin"), [])
