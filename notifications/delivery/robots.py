"""Robots of groups: DingTalk, WeCom and Feishu answer 200 when they refuse, so their body is what counts."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import new as hmac
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import httpx

from notifications.delivery.letters import SENT, Letter, Result
from notifications.delivery.webhooks import Answer, Barred, Webhooks, refusal_of

_CODES = {"dingtalk": "errcode", "wecom": "errcode", "feishu": "code"}
_OK, _BROKEN = range(200, 300), 500
Kind = Literal["dingtalk", "wecom", "feishu"]


@dataclass(frozen=True, slots=True)
class Robot:
    """Sends to the robots of one kind."""

    kind: Kind
    webhooks: Webhooks

    def send(self, letter: Letter) -> Result:
        url, payload = _request(self.kind, letter)
        try:
            answer = self.webhooks.post(url, payload)
        except (Barred, OSError, httpx.HTTPError) as failed:
            return refusal_of(failed)
        return _judged(self.kind, answer)


def dingtalk_sign(secret: str, at: datetime) -> tuple[str, str]:
    """The time in milliseconds, and the signature over it, as the query of the address takes them."""
    stamp = str(int(at.timestamp() * 1000))
    signed = hmac(secret.encode(), f"{stamp}\n{secret}".encode(), sha256).digest()
    return stamp, b64encode(signed).decode()


def feishu_sign(secret: str, at: datetime) -> tuple[str, str]:
    """The time in seconds, and the signature, which Feishu makes of nothing under time and secret."""
    stamp = str(int(at.timestamp()))
    return stamp, b64encode(hmac(f"{stamp}\n{secret}".encode(), b"", sha256).digest()).decode()


def _request(kind: str, letter: Letter) -> tuple[str, Mapping[str, Any]]:
    text = f"{letter.title}\n{letter.body}"
    if kind == "feishu":
        payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if letter.secret:
            payload["timestamp"], payload["sign"] = feishu_sign(letter.secret, letter.at)
        return letter.to, payload
    url = letter.to
    if kind == "dingtalk" and letter.secret:
        stamp, sign = dingtalk_sign(letter.secret, letter.at)
        mark = "&" if urlsplit(url).query else "?"
        url = f"{url}{mark}timestamp={stamp}&sign={quote(sign, safe='')}"
    return url, {"msgtype": "text", "text": {"content": text}}


def _judged(kind: str, answer: Answer) -> Result:
    """Sent only where the body says 0; a redirect, a page or silence is none."""
    if answer.status >= _BROKEN:
        return Result("failed", f"http_{answer.status}")
    if answer.status not in _OK:
        return Result("refused", f"http_{answer.status}")
    code = answer.body.get(_CODES[kind])
    if code == 0:
        return SENT
    return Result("refused", f"{kind}_{code}" if isinstance(code, int) else f"{kind}_unreadable")
