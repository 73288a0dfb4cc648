"""One JSON request to a server outside: where it may go is decided before, and again once it is resolved."""

import ipaddress
import json
import socket
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from notifications.delivery.letters import Result

_MOST_BYTES = 65_536
Resolve = Callable[[str, int], Collection[str]]


class Barred(Exception):  # noqa: N818 - refusals are named as states
    """An address that nothing is sent to; its text is one of a few codes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is empty where the server did not answer with a JSON object."""

    status: int
    body: Mapping[str, Any]


def addresses_of(host: str, port: int) -> Collection[str]:
    """Every address of the name. Raises `OSError`."""
    return tuple(
        dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """`hosts`: where requests may go at all, "name" or "name:port".

    `private`: those of them that may stand inside the house; any other one that resolves to an address
    inside is barred. `is_plain_allowed`: http, to those alone.
    """

    hosts: Collection[str]
    private: Collection[str] = ()
    is_plain_allowed: bool = False
    seconds: float = 8
    trust: ssl.SSLContext | None = None
    resolve: Resolve = addresses_of

    def post(self, url: str, payload: object, *, headers: Mapping[str, str] | None = None) -> Answer:
        """No redirect is followed and no proxy asked. Raises `Barred`, `OSError`, `httpx.HTTPError`."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        port = parts.port or (80 if parts.scheme == "http" else 443)
        name = self._allowed(parts.scheme, host, port)
        address = self._reachable(name, host, port)
        written = f"[{address}]" if ":" in address else address
        target = parts._replace(netloc=f"{written}:{port}", fragment="").geturl()
        with httpx.Client(
            follow_redirects=False,
            trust_env=False,
            timeout=self.seconds,
            verify=self.trust or ssl.create_default_context(),
        ) as client:
            request = client.build_request(
                "POST",
                target,
                json=payload,
                headers={**(headers or {}), "Host": parts.netloc},
                extensions={"sni_hostname": host},
            )
            return _read(client.send(request, stream=True))

    def _allowed(self, scheme: str, host: str, port: int) -> str:
        """The entry of the list that lets it pass. Raises `Barred`."""
        if scheme != "https" and not (scheme == "http" and self.is_plain_allowed):
            raise Barred("not_https")
        name = next((one for one in (f"{host}:{port}", host) if one in self.hosts), None)
        if name is None or (name == host and port not in (80, 443)):
            raise Barred("host_not_allowed")
        if scheme == "http" and name not in self.private:
            raise Barred("not_https")
        return name

    def _reachable(self, name: str, host: str, port: int) -> str:
        """The address to connect to: resolved once, so that it is the one that was looked at."""
        found = list(self.resolve(host, port))
        if not found:
            raise OSError(f"no address of {host}")
        if name not in self.private and not all(ipaddress.ip_address(one).is_global for one in found):
            raise Barred("private_address")
        return found[0]


def refusal_of(failed: Exception) -> Result:
    """What a request that met no answer is called; codes only."""
    if isinstance(failed, Barred):
        return Result("refused", str(failed))
    return Result("failed", type(failed).__name__)


def _read(response: httpx.Response) -> Answer:
    try:
        read = bytearray()
        for chunk in response.iter_bytes():
            read += chunk
            if len(read) > _MOST_BYTES:
                return Answer(response.status_code, {})
        return Answer(response.status_code, _object(bytes(read)))
    finally:
        response.close()


def _object(read: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(read)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
