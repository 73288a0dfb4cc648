"""Mail through a real server: at least once, one Message-ID a message, six hours of silence survived."""

import smtplib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest

from notifications.delivery.composing import compose
from notifications.delivery.letters import Letter, Result, Sender
from notifications.delivery.mail import Mail
from notifications.delivery.running import Way
from recruit.commands.checkpoints import enqueue_checkpoint, keep_checkpoint
from recruit.queries.checkpoints import present_checkpoint
from tests.homes import ask
from tests.notifications.delivery.post import Box, addressed, clerks, delivered, results, rows, swept, utc
from tests.notifications.delivery.servers import HOST, Certified, Postbox, free_port, mail_server, only
from tests.recruit.builders import Township

DAY = "2016-05-24"
EIGHT = utc(DAY, 8)


def mail(port: int, **options: object) -> Mail:
    given = {"security": "none", "seconds": 5.0, **options}
    return Mail(host=HOST, port=port, sender="recruit@post.example", **given)  # type: ignore[arg-type]


def text_of(got: Message) -> str:
    payload = got.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")


def letter(**changed: str) -> Letter:
    known = {
        "id": "<a@b.recruit>",
        "to": "li@post.example",
        "title": "发展党员：有 1 件事要办",
        "body": "一行\n二行",
    }
    return Letter(at=EIGHT, **{**known, **changed})


def test_a_mail_arrives_as_it_was_written() -> None:
    postbox = Postbox()
    with mail_server(postbox) as port:
        result = mail(port).send(letter())

    (got,) = postbox.mails
    assert result == Result("sent")
    assert str(make_header(decode_header(got["Subject"]))) == "发展党员：有 1 件事要办"
    assert got["Message-ID"] == "<a@b.recruit>"
    assert got["Date"] == "Tue, 24 May 2016 08:00:00 +0800"
    assert text_of(got).splitlines() == ["一行", "二行"]


@pytest.mark.parametrize("field", ["to", "title", "id"])
@pytest.mark.parametrize(
    "inserted", ["\r\nBcc: thief@post.example", "\nBcc: thief@post.example", "\r", "\x00"]
)
def test_a_line_break_adds_no_header(field: str, inserted: str) -> None:
    postbox = Postbox()
    with mail_server(postbox) as port:
        result = mail(port).send(letter(**{field: getattr(letter(), field) + inserted}))

    assert result == Result("refused", "unfit_header", is_final=True)
    assert postbox.mails == []


def test_an_unknown_recipient_is_a_final_refusal_and_the_address_is_not_kept() -> None:
    with mail_server(Postbox()) as port:
        result = mail(port).send(letter(to="unknown@post.example"))

    assert result == Result("refused", "smtp_550", is_final=True)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("451 try later", Result("refused", "smtp_451")),
        ("554 no", Result("refused", "smtp_554", is_final=True)),
    ],
)
def test_the_servers_code_decides_whether_it_is_tried_again(answer: str, result: Result) -> None:
    with mail_server(Postbox(answer=answer)) as port:
        assert mail(port).send(letter()) == result


def test_nobody_there_is_a_failure() -> None:
    assert mail(free_port()).send(letter()) == Result("failed", "ConnectionRefusedError")


def test_starttls_is_insisted_on_and_its_certificate_looked_at(localhost: Certified) -> None:
    postbox = Postbox()
    with mail_server(postbox) as port:
        without = mail(port, security="starttls").send(letter())
    with mail_server(postbox, tls_context=localhost.server) as port:
        unknown = mail(port, security="starttls").send(letter())
        trusted = mail(port, security="starttls", trust=localhost.client).send(letter())

    assert without == Result("failed", smtplib.SMTPNotSupportedError.__name__)
    assert unknown == Result("failed", "SSLCertVerificationError")
    assert trusted == Result("sent")
    assert len(postbox.mails) == 1


def test_a_log_in_goes_over_tls_only_and_a_wrong_one_is_a_failure(localhost: Certified) -> None:
    postbox = Postbox()
    options: dict[str, Any] = {
        "authenticator": only("recruit", "secret"),
        "auth_required": True,
        "tls_context": localhost.server,
    }
    with mail_server(postbox, **options) as port:
        kept = {"security": "starttls", "trust": localhost.client, "user": "recruit"}
        right = mail(port, password="secret", **kept).send(letter())
        wrong = mail(port, password="other", seconds=0.5, **kept).send(letter())

    assert right == Result("sent")
    assert wrong.outcome == "failed"
    assert len(postbox.mails) == 1


def test_each_lost_reply_costs_one_mail_more_and_no_other_message_id(township: Township) -> None:
    """P5: the server takes the mail and hangs up before it answers."""
    township.open(on="2016-05-03")
    clerks(township, 8)
    swept(township, DAY)
    compose(township.record, EIGHT)
    postbox = Postbox(is_deaf=2)

    with mail_server(postbox) as port:
        for seconds in (0, 31, 120):
            delivered(township, EIGHT + timedelta(seconds=seconds), mail(port))

    ids = Counter(str(got["Message-ID"]) for got in postbox.mails)
    assert len(postbox.mails) == 10
    assert len(ids) == 8
    assert Counter(results(township.record)) == {"sent": 8, "failed": 2}


@pytest.mark.embedded
def test_mail_that_is_down_for_six_hours_loses_nothing(township: Township) -> None:
    """P6: at most 15 tries a mail, everything within 65 minutes of recovery, other channels unaffected."""
    township.open(on="2016-05-03")
    clerks(township, 8)
    addressed(township, "secretary", channel="sms")
    swept(township, DAY)
    compose(township.record, EIGHT)
    postbox, sms, port = Postbox(), Box(), free_port()
    senders: dict[str, Sender] = {"mail": mail(port), "sms": sms}
    way = Way(chance=iter_chances())
    recovered = EIGHT + timedelta(hours=6)

    moment = EIGHT
    while moment < recovered:
        delivered(township, moment, senders, way=way)
        moment += timedelta(minutes=2)
    with mail_server(postbox, port=port):
        while len(postbox.mails) < 8 and moment < recovered + timedelta(minutes=65):
            delivered(township, moment, senders, way=way)
            moment += timedelta(minutes=2)

    with township.record.reading() as connection:
        tries = [row[0] for row in ask(connection, "SELECT attempts FROM outbox WHERE channel = 'mail'")]
    assert sorted(postbox.recipients) == [f"clerk{number}@post.example" for number in range(8)]
    assert max(tries) <= 15
    assert moment <= recovered + timedelta(minutes=65)
    assert [one.at < EIGHT + timedelta(seconds=5) for one in sms.letters] == [True]
    assert {state for _, _, state in rows(township.record)} == {"sent"}


def iter_chances() -> Callable[[], float]:
    chances = iter([number / 997 for number in range(997)] * 20)
    return lambda: next(chances)


def test_the_days_checkpoint_is_mailed_as_it_was_signed(township: Township) -> None:
    addressed(township, "auditor")
    keep_checkpoint(township.record, now=EIGHT)
    enqueue_checkpoint(township.record, now=EIGHT)
    postbox = Postbox()

    with mail_server(postbox) as port:
        delivered(township, EIGHT, mail(port))

    (got,) = postbox.mails
    note = present_checkpoint(township.record).note
    assert str(make_header(decode_header(got["Subject"]))) == "发展党员：每日检查点，请保存"
    assert text_of(got) == note
    assert Counter(state for _, _, state in rows(township.record)) == {"dropped": 2, "sent": 1}


@pytest.mark.parametrize(("hours", "state"), [(72, "sent"), (88, "dropped")])
@pytest.mark.embedded
def test_a_checkpoint_of_three_days_ago_gives_way_to_the_later_ones(
    township: Township, hours: int, state: str
) -> None:
    addressed(township, "auditor")
    keep_checkpoint(township.record, now=EIGHT)
    enqueue_checkpoint(township.record, now=EIGHT)

    delivered(township, EIGHT + timedelta(hours=hours), Box())

    assert ("auditor", "mail", state) in rows(township.record)
