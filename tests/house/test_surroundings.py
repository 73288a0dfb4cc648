"""What a test needs is asked for by name, and nothing outside this machine is reached."""

import socket

import pytest

from tests.conftest import require


def test_what_is_missing_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECRUIT_REQUIRE", raising=False)

    with pytest.raises(pytest.skip.Exception, match="needs browser: not installed"):
        require("browser", reason="not installed")


def test_what_is_missing_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRUIT_REQUIRE", "browser,postgres")

    with pytest.raises(pytest.fail.Exception, match="RECRUIT_REQUIRE asks for postgres: not installed"):
        require("postgres", reason="not installed")


def test_an_address_outside_this_machine_is_refused() -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match="only this machine"):
        outward.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
