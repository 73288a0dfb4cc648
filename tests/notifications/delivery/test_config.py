"""What the environment says decides what is sent; without it nothing is, and nothing is imported for it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from notifications.delivery.config import DeliveryConfig, delivery_config, senders
from notifications.delivery.mail import Mail
from notifications.delivery.senders import senders_of
from notifications.delivery.sms import Sms
from notifications.delivery.ticking import tick_outbox
from tests.notifications.delivery.post import addressed, rows, swept, utc
from tests.notifications.delivery.servers import HOST, Postbox, mail_server
from tests.recruit.builders import Township


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """Configuration and senders are kept for the process."""
    yield
    delivery_config.cache_clear()
    senders.cache_clear()


def set_mail(patch: pytest.MonkeyPatch, **values: object) -> None:
    for name, value in {"host": HOST, "sender": "recruit@post.example", "security": "none", **values}.items():
        patch.setenv(f"RECRUIT_SMTP_{name.upper()}", str(value))


def test_without_any_word_only_the_robots_of_the_known_servers_can_be_reached() -> None:
    assert DeliveryConfig().channels == ("dingtalk", "wecom", "feishu")


def test_the_environment_makes_the_senders(monkeypatch: pytest.MonkeyPatch) -> None:
    set_mail(monkeypatch, port=2525, user="u", password="p", security="tls")
    monkeypatch.setenv("RECRUIT_SMS_URL", "https://sms.example:8443/send")
    monkeypatch.setenv("RECRUIT_SMS_EXPECTED", "code=0")
    monkeypatch.setenv("RECRUIT_WEBHOOK_HOSTS", "[]")

    made = senders_of(DeliveryConfig())

    mail, sms = made["mail"], made["sms"]
    assert sorted(made) == ["mail", "sms"]
    assert isinstance(mail, Mail)
    assert (mail.host, mail.port, mail.security, mail.user) == (HOST, 2525, "tls", "u")
    assert isinstance(sms, Sms)
    assert sms.webhooks.hosts == ("sms.example:8443",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RECRUIT_SMTP_SECURITY", "ssl"),
        ("RECRUIT_SMTP_SENDER", ""),
        ("RECRUIT_SMS_BODY", "[]"),
        ("RECRUIT_SMS_BODY", "{"),
    ],
)
def test_what_cannot_be_meant_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    set_mail(monkeypatch)
    monkeypatch.setenv("RECRUIT_SMS_URL", "https://sms.example/send")
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError):
        DeliveryConfig()


def test_a_tick_composes_and_sends(township: Township, monkeypatch: pytest.MonkeyPatch) -> None:
    addressed(township, "secretary")
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    postbox = Postbox()
    monkeypatch.setenv("RECRUIT_BASE_URL", "https://recruit.example/")

    with mail_server(postbox) as port:
        set_mail(monkeypatch, port=port)
        first = tick_outbox(township.record, utc("2016-05-24", 8))
        second = tick_outbox(township.record, utc("2016-05-24", 8, 0, 10))

    payload = postbox.mails[0].get_payload(decode=True)
    assert (first, second, len(postbox.mails)) == (2, 0, 1)
    assert isinstance(payload, bytes)
    assert "https://recruit.example/messages" in payload.decode()


@pytest.mark.embedded
def test_a_tick_without_a_way_to_mail_writes_no_mail(township: Township) -> None:
    addressed(township, "secretary")
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")

    assert tick_outbox(township.record, utc("2016-05-24", 8)) == 0
    assert rows(township.record) == []


def test_what_sends_is_imported_with_the_first_tick_only() -> None:
    script = "import sys, web.cli.serve; print(sorted({'httpx', 'smtplib'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
