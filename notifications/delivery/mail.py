"""Mail by SMTP: one message a connection, the same Message-ID on every try."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from notifications.delivery.letters import SENT, Letter, Result
from workflows.acts import SHANGHAI

Security = Literal["starttls", "tls", "none"]
_PERMANENT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`security`: starttls (the server must offer it), tls from the first byte, or none, for a server inside.

    `trust`: certificates to go by instead of the system's.
    """

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str = ""
    password: str = ""
    seconds: float = 8
    trust: ssl.SSLContext | None = None

    def send(self, letter: Letter) -> Result:
        try:
            message = self._message(letter)
        except ValueError:
            return Result("refused", "unfit_header", is_final=True)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as failed:
            return _judged(failed)
        try:
            server.send_message(message, from_addr=self.sender, to_addrs=[letter.to])
        except (OSError, smtplib.SMTPException) as failed:
            return _judged(failed)
        finally:
            server.close()  # without QUIT: an answer to it says nothing of the message, and may not come
        return SENT

    def _connected(self) -> smtplib.SMTP:
        house = self.sender.rpartition("@")[2]  # not the name of this machine, which would be looked up
        context = self.trust or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, house, timeout=self.seconds, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, house, timeout=self.seconds)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter) -> EmailMessage:
        """Raises `ValueError` for a line break in what becomes a header."""
        for header in (letter.to, letter.title, letter.id):
            if not header.isprintable():
                raise ValueError("a line break in a header")
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = letter.to
        message["Subject"] = letter.title
        message["Date"] = format_datetime(letter.at.astimezone(SHANGHAI))
        message["Message-ID"] = letter.id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message


def _judged(failed: OSError | smtplib.SMTPException) -> Result:
    """A refusal of this message alone is final from 500 on; all else is a broken way.

    What the server says of the log-in or of the sender is about every message.
    """
    if isinstance(failed, smtplib.SMTPRecipientsRefused):
        return _refused(next(iter(failed.recipients.values()))[0])
    if isinstance(failed, smtplib.SMTPDataError):
        return _refused(failed.smtp_code)
    if isinstance(failed, smtplib.SMTPResponseException):
        return Result("failed", f"smtp_{failed.smtp_code}")
    return Result("failed", type(failed).__name__)


def _refused(code: int) -> Result:
    return Result("refused", f"smtp_{code}", is_final=code >= _PERMANENT)
