"""What an installation decides about its counter, from the environment (`RECRUIT_...`)."""

from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class Config(BaseSettings):
    """Hosts, limits and the human to call; every value has a safe default."""

    model_config = SettingsConfigDict(env_prefix="RECRUIT_", frozen=True, extra="ignore")

    hosts: list[str] = []
    """Host names under which the pages are served beside 127.0.0.1 and localhost."""
    base_url: str = ""
    """Where people reach the pages ("https://recruit.example"), for links in what leaves the house."""
    help_name: str = ""
    help_phone: str = ""
    demo: bool = False
    body_bytes: int = 20 * MEBIBYTE
    form_bytes: int = MEBIBYTE
    api_per_minute: int = 600
    """How many requests of one token are answered in a minute by one process."""
    metrics_token: SecretStr = SecretStr("")
    """What a collector shows as a bearer token to read /metrics; empty: tokens of users alone."""
    proxies: int = 0
    """How many proxies of one's own stand before the server; only then their X-Forwarded-* headers count."""

    second_factor: Literal["required", "offered"] | None = None
    """Whether who decides, administers or audits needs one; unsaid: yes, but not in the demonstration."""
    password_profile: Literal["modern", "mlps"] = "modern"  # noqa: S105 - a name, no password
    """`mlps`: three kinds of characters, and a new password every 90 days."""

    @property
    def is_mlps(self) -> bool:
        return self.password_profile == "mlps"  # noqa: S105 - as above

    @property
    def needs_second_factor(self) -> bool:
        return (self.second_factor or ("offered" if self.demo else "required")) == "required"

    @property
    def trusted_hosts(self) -> list[str]:
        return ["127.0.0.1", "localhost", *self.hosts]
