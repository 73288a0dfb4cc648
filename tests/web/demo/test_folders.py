"""Safe to run again; refused with one line where a folder is held or foreign, or the port is taken."""

import json
import socket
from pathlib import Path

import pytest

from recruit.record import Record
from tests.web.demo.conftest import Demo, run_demo
from web.demo.folders import held


def test_a_second_run_begins_with_an_empty_folder(copied: Path) -> None:
    folder = copied / "demo"

    with held(folder):
        left = {path.name for path in folder.iterdir()}

    assert left == {"lock", "DEMO.txt"}


@pytest.mark.slow
def test_a_second_run_tells_the_same(demo: Demo, copied: Path) -> None:
    again = run_demo(copied, "--no-serve", "--json")

    assert again.exit_code == 0
    assert json.loads(again.stdout) == demo.counts


@pytest.mark.parametrize("name", ["year", "june"])
def test_a_record_that_another_process_serves_is_left_alone(copied: Path, name: str) -> None:
    with Record.open(copied / "demo" / name):
        refused = run_demo(copied, "--no-serve")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1
    assert "Another process" in refused.stderr
    assert (copied / "demo" / "year" / "recruit.db").exists()
    assert (copied / "demo" / "june" / "recruit.db").exists()


def test_a_second_demonstration_in_the_same_folder_ends_with_2(tmp_path: Path) -> None:
    with held(tmp_path / "demo"):
        refused = run_demo(tmp_path, "--no-serve", "--json")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Another process" in refused.stderr


def test_a_taken_port_is_said_before_anything_is_played(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = run_demo(tmp_path, "--port", str(port))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"Port {port}" in refused.stderr
    assert not (tmp_path / "demo").exists()


def test_a_folder_that_cannot_be_made_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused = run_demo(tmp_path / "file" / "data", "--no-serve")

    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_record_that_the_demonstration_did_not_make_is_left_alone(tmp_path: Path) -> None:
    Record.create(tmp_path / "demo" / "year").close()

    refused = run_demo(tmp_path, "--no-serve")

    assert refused.exit_code == 2
    assert "left alone" in refused.stderr
    assert (tmp_path / "demo" / "year" / "recruit.db").exists()
