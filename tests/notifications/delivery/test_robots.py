"""Robots and the SMS gateway: what a server answers in its body counts, and nothing leaves for elsewhere."""

import base64
import hashlib
import hmac
import urllib.parse
from datetime import UTC, datetime
from typing import Literal

import pytest

from notifications.delivery.letters import Letter, Result
from notifications.delivery.robots import Robot
from notifications.delivery.sms import Sms
from notifications.delivery.webhooks import Webhooks
from tests.notifications.delivery.servers import Certified, Stub, http_server

Kind = Literal["dingtalk", "wecom", "feishu"]
AT = datetime(2016, 5, 24, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("dingtalk", "wecom", "feishu")
CODES = {"dingtalk": "errcode", "wecom": "errcode", "feishu": "code"}


def letter(to: str, secret: str = "") -> Letter:
    return Letter(id="<a@b>", to=to, title="发展党员", body="一村党支部：谈话", at=AT, secret=secret)


def robot(kind: Kind, stub: Stub, localhost: Certified, **changed: object) -> Robot:
    known = {"hosts": (stub.name,), "private": (stub.name,), "trust": localhost.client, **changed}
    return Robot(kind, Webhooks(**known))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (200, 0, "sent"),
        (200, 310000, "refused"),
        (200, None, "refused"),
        (503, 0, "failed"),
        (403, 0, "refused"),
    ],
)
def test_what_the_body_says_counts(
    localhost: Certified, kind: Kind, status: int, code: int | None, outcome: str
) -> None:
    stub = Stub(answers={"/send": (status, {}, {} if code is None else {CODES[kind]: code, "errmsg": "x"})})
    with http_server(stub, tls=localhost.server):
        result = robot(kind, stub, localhost).send(letter(f"https://{stub.name}/send?key=1"))

    assert result.outcome == outcome
    assert "一村党支部：谈话" in str(stub.asked[0].body)
    assert stub.asked[0].host == stub.name


def test_a_page_with_200_is_no_delivery(localhost: Certified) -> None:
    stub = Stub(answers={"/send": (200, {}, "errcode 0")})
    with http_server(stub, tls=localhost.server):
        result = robot("wecom", stub, localhost).send(letter(f"https://{stub.name}/send"))

    assert result == Result("refused", "wecom_unreadable")


def test_dingtalk_is_signed_in_the_address_and_feishu_in_the_body(localhost: Certified) -> None:
    body = {"errcode": 0, "code": 0}
    stub = Stub(answers={"/ding": (200, {}, body), "/feishu": (200, {}, body)})
    with http_server(stub, tls=localhost.server):
        robot("dingtalk", stub, localhost).send(letter(f"https://{stub.name}/ding?access_token=t", "SEC1"))
        robot("feishu", stub, localhost).send(letter(f"https://{stub.name}/feishu", "SEC2"))

    query = dict(urllib.parse.parse_qsl(stub.asked[0].path.partition("?")[2]))
    text = f"{query['timestamp']}\nSEC1"
    signed = hmac.new(b"SEC1", text.encode(), hashlib.sha256).digest()
    assert query == {
        "access_token": "t", "timestamp": "1464048000000", "sign": base64.b64encode(signed).decode()
    }  # fmt: skip
    sent = stub.asked[1].body
    signed = hmac.new(b"1464048000\nSEC2", b"", hashlib.sha256).digest()
    assert (sent["timestamp"], sent["sign"]) == ("1464048000", base64.b64encode(signed).decode())


def test_a_redirect_is_not_followed(localhost: Certified) -> None:
    stub = Stub()
    with http_server(stub, tls=localhost.server):
        stub.answers["/send"] = (302, {"Location": f"https://{stub.name}/elsewhere"}, {"errcode": 0})
        stub.answers["/elsewhere"] = (200, {}, {"errcode": 0})
        result = robot("wecom", stub, localhost).send(letter(f"https://{stub.name}/send"))

    assert result == Result("refused", "http_302")
    assert [asked.path for asked in stub.asked] == ["/send"]


def test_an_address_inside_is_barred_after_resolution(localhost: Certified) -> None:
    stub = Stub(answers={"/send": (200, {}, {"errcode": 0})})
    with http_server(stub, tls=localhost.server):
        barred = robot("wecom", stub, localhost, private=())
        result = barred.send(letter(f"https://{stub.name}/send"))

    assert result == Result("refused", "private_address")
    assert stub.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_one_private_address_among_public_ones_is_enough(address: str) -> None:
    webhooks = Webhooks(hosts=("oapi.dingtalk.com",), resolve=lambda _host, _port: ("203.119.0.1", address))

    result = Robot("dingtalk", webhooks).send(letter("https://oapi.dingtalk.com/robot/send"))

    assert result == Result("refused", "private_address")


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://evil.example/send", "host_not_allowed"),
        ("https://oapi.dingtalk.com.evil.example/send", "host_not_allowed"),
        ("https://oapi.dingtalk.com@evil.example/send", "host_not_allowed"),
        ("https://oapi.dingtalk.com:8443/send", "host_not_allowed"),
        ("http://oapi.dingtalk.com/send", "not_https"),
        ("file:///etc/passwd", "not_https"),
    ],
)
def test_only_listed_hosts_are_asked_and_only_by_https(url: str, error: str) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ()

    webhooks = Webhooks(hosts=("oapi.dingtalk.com",), resolve=resolve)

    assert Robot("dingtalk", webhooks).send(letter(url)) == Result("refused", error)
    assert asked == []


def test_a_certificate_that_nobody_vouches_for_is_a_failure(localhost: Certified) -> None:
    stub = Stub(answers={"/send": (200, {}, {"errcode": 0})})
    with http_server(stub, tls=localhost.server):
        result = robot("wecom", stub, localhost, trust=None).send(letter(f"https://{stub.name}/send"))

    assert result == Result("failed", "ConnectError")
    assert stub.asked == []


def gateway(stub: Stub, **changed: str) -> Sms:
    known = {
        "url": f"http://{stub.name}/sms",
        "body": '{"to": ["{phone}"], "msg": "【演示】{text}", "n": 1}',
        **changed,
    }
    webhooks = Webhooks(hosts=(stub.name,), private=(stub.name,), is_plain_allowed=True)
    return Sms(**known, webhooks=webhooks)


@pytest.mark.parametrize(
    ("status", "body", "expected", "outcome"),
    [
        (200, {}, "", "sent"),
        (202, {"code": 0}, "code=0", "sent"),
        (200, {"code": 7}, "code=0", "refused"),
        (200, {}, "code=0", "refused"),
        (400, {"code": 0}, "code=0", "refused"),
        (500, {"code": 0}, "code=0", "failed"),
    ],
)
def test_a_short_message_goes_as_the_operator_described_it(
    status: int, body: dict[str, int], expected: str, outcome: str
) -> None:
    stub = Stub(answers={"/sms": (status, {}, body)})
    with http_server(stub):
        result = gateway(stub, expected=expected, token="made-up").send(letter("13900001234"))

    assert result.outcome == outcome
    assert stub.asked[0].body == {"to": ["13900001234"], "msg": "【演示】一村党支部：谈话", "n": 1}
    assert stub.asked[0].authorization == "Bearer made-up"


def test_what_is_sent_cannot_change_the_form_of_the_request() -> None:
    stub = Stub(answers={"/sms": (200, {}, {})})
    written = Letter(id="<a@b>", to="1", title="", body='", "to": ["{phone}', at=AT)
    with http_server(stub):
        gateway(stub).send(written)

    assert stub.asked[0].body == {"to": ["1"], "msg": '【演示】", "to": ["{phone}', "n": 1}


def test_http_without_tls_is_for_a_gateway_inside_alone() -> None:
    webhooks = Webhooks(
        hosts=("sms.example",), is_plain_allowed=True, resolve=lambda _h, _p: ("203.119.0.1",)
    )
    sms = Sms(url="http://sms.example/send", body="{}", webhooks=webhooks)

    assert sms.send(letter("1")) == Result("refused", "not_https")
