"""The senders of an installation, made from its configuration."""

from collections.abc import Mapping
from typing import cast

from notifications.delivery.config import DeliveryConfig
from notifications.delivery.letters import Sender
from notifications.delivery.mail import Mail, Security
from notifications.delivery.robots import Kind, Robot
from notifications.delivery.sms import Sms, host_of
from notifications.delivery.webhooks import Webhooks
from recruit.recipients import MAIL, ROBOTS, SMS


def senders_of(config: DeliveryConfig) -> Mapping[str, Sender]:
    """One for each channel of the configuration."""
    made: dict[str, Sender] = {}
    if MAIL in config.channels:
        made[MAIL] = Mail(
            host=config.smtp_host,
            port=config.smtp_port,
            sender=config.smtp_sender,
            security=cast("Security", config.smtp_security),
            user=config.smtp_user,
            password=config.smtp_password,
        )
    if SMS in config.channels:
        gateway = Webhooks(
            hosts=(host_of(config.sms_url),), private=config.webhook_private_hosts, is_plain_allowed=True
        )
        made[SMS] = Sms(
            url=config.sms_url,
            body=config.sms_body,
            webhooks=gateway,
            token=config.sms_token,
            expected=config.sms_expected,
        )
    robots = Webhooks(hosts=config.webhook_hosts, private=config.webhook_private_hosts)
    made.update({kind: Robot(cast("Kind", kind), robots) for kind in ROBOTS if kind in config.channels})
    return made
