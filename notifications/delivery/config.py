"""How messages leave this installation, from the environment (`RECRUIT_...`)."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Self

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from notifications.delivery.letters import Sender
from notifications.delivery.running import Way
from recruit.recipients import MAIL, ROBOTS, SMS

_OFFICIAL = ["oapi.dingtalk.com", "qyapi.weixin.qq.com", "open.feishu.cn"]


class DeliveryConfig(BaseSettings):
    """Without a host for mail nothing is mailed, without an address no SMS; robots need only the network."""

    model_config = SettingsConfigDict(env_prefix="RECRUIT_", frozen=True, extra="ignore")

    base_url: str = ""
    """Where the pages are found, as messages link to them: https://host."""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """starttls | tls | none"""
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_sender: str = ""
    sms_url: str = ""
    sms_body: str = '{"phone": "{phone}", "text": "{text}"}'
    sms_token: str = ""
    sms_expected: str = ""
    webhook_hosts: list[str] = _OFFICIAL
    """Hosts to which robots may be addressed, "name" or "name:port"."""
    webhook_private_hosts: list[str] = []
    """Those of them, and of the SMS gateway, that stand inside the house."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.smtp_security not in {"starttls", "tls", "none"}:
            raise ValueError("RECRUIT_SMTP_SECURITY: starttls, tls or none")
        if self.smtp_host and not self.smtp_sender:
            raise ValueError("RECRUIT_SMTP_SENDER: the address that mails come from")
        if self.sms_url and not isinstance(json.loads(self.sms_body), dict):
            raise ValueError("RECRUIT_SMS_BODY: a JSON object")
        return self

    @property
    def channels(self) -> tuple[str, ...]:
        """Those by which anything can be sent."""
        mail = (MAIL,) if self.smtp_host else ()
        return (*mail, *((SMS,) if self.sms_url else ()), *(ROBOTS if self.webhook_hosts else ()))


@cache
def delivery_config() -> DeliveryConfig:
    """Read once for the process. Raises `pydantic.ValidationError`."""
    return DeliveryConfig()


@cache
def senders() -> Mapping[str, Sender]:
    """Made once for the process; a channel without a sender waits."""
    from notifications.delivery.senders import senders_of  # noqa: PLC0415 - httpx and smtplib cost start-up

    return senders_of(delivery_config())


def way_of(config: DeliveryConfig) -> Way:
    return Way(base_url=config.base_url.rstrip("/"))
