"""Short messages by the gateway of the house: one HTTP request each, as the operator describes it."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from notifications.delivery.letters import SENT, Letter, Result
from notifications.delivery.webhooks import Answer, Barred, Webhooks, refusal_of

_MARK = re.compile(r"\{(phone|text|id)\}")
_OK, _BROKEN = range(200, 300), 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """`body`: a JSON object in whose texts {phone}, {text} and {id} stand for themselves.

    `token`: sent as a bearer's. `expected`: a field of the answer and its value, such as "code=0"; without it
    every answer of 2xx is a success.
    """

    url: str
    body: str
    webhooks: Webhooks
    token: str = ""
    expected: str = ""

    def send(self, letter: Letter) -> Result:
        filled = _filled(json.loads(self.body), letter)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self.webhooks.post(self.url, filled, headers=headers)
        except (Barred, OSError, httpx.HTTPError) as failed:
            return refusal_of(failed)
        return self._judged(answer)

    def _judged(self, answer: Answer) -> Result:
        if answer.status >= _BROKEN:
            return Result("failed", f"http_{answer.status}")
        if answer.status not in _OK:
            return Result("refused", f"http_{answer.status}")
        field, _, wanted = self.expected.partition("=")
        if field and str(answer.body.get(field)) != wanted:
            return Result("refused", "sms_refused")
        return SENT


def host_of(url: str) -> str:
    """As the list of allowed hosts has it, with the port where it names one."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _filled(template: Any, letter: Letter) -> Any:  # noqa: ANN401 - any JSON
    """The template with its marks replaced in texts only: nothing that is sent can change its form."""
    if isinstance(template, dict):
        return {name: _filled(value, letter) for name, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, letter) for value in template]
    if isinstance(template, str):
        values = {"phone": letter.to, "text": letter.body, "id": letter.id}
        return _MARK.sub(lambda mark: values[mark.group(1)], template)
    return template
