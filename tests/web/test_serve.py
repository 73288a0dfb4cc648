"""`recruit serve` as a process: ready at once, ended cleanly by a signal, and discreet in its log."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from recruit.record import Record
from tests.web.township import Township

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str) -> dict[str, object]:
    """The answer's JSON, whatever its code; empty while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as refused:
        with refused:
            return dict(json.load(refused))
    except OSError:
        return {}


def wait_until_ready(port: int) -> dict[str, object]:
    end = time.monotonic() + PATIENCE
    answer: dict[str, object] = {}
    while not answer.get("ok") and time.monotonic() < end:
        answer = ask(f"http://127.0.0.1:{port}/readyz")
        time.sleep(0.1)
    return answer


def heed_interrupts() -> None:
    """A process started in the background of a shell would inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_is_ready_after_its_first_tick_and_ends_cleanly(
    town: Township, tmp_path: Path, end: signal.Signals
) -> None:
    town.record.close()
    folder, port = town.record.folder, free_port()
    command = [sys.executable, "-c", "from web.cli import main; main()", "--data", str(folder), "serve"]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=log,
            stderr=log,
            preexec_fn=heed_interrupts,  # noqa: PLW1509 - the parent has no threads of its own
        ) as process,
    ):
        try:
            answer = wait_until_ready(port)
            process.send_signal(end)
            code = process.wait(PATIENCE)
        finally:
            process.kill()

    checks = {"database": True, "guards": True, "heartbeat": True, "checkpoint": True}
    assert answer == {"ok": True, "checks": checks}
    assert code == 0
    assert (tmp_path / "log").read_text("utf-8") == f"http://127.0.0.1:{port}/\n"
    with Record.open(folder) as record:  # the lock is free, the guards stand
        assert record.is_writable
