"""One list of dependencies: the group, the extra, the lock and the constraints say the same."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def test_the_extra_and_the_group_for_development_are_the_same_list() -> None:
    assert PROJECT["dependency-groups"]["dev"] == PROJECT["project"]["optional-dependencies"]["dev"]


def test_the_lock_and_the_constraints_name_the_same_versions() -> None:
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == pins()


def test_everything_asked_for_is_locked() -> None:
    asked = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]

    assert {name_of(each) for each in asked} - {name_of(pin) for pin in pins()} == set()


def test_every_locked_version_has_a_hash() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())

    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_holds_no_address_and_no_option() -> None:
    allowed = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?")

    assert [line for line in LOCK.splitlines() if not allowed.fullmatch(line)] == []


def pins() -> list[str]:
    return [line.removesuffix("\\").strip() for line in LOCK.splitlines() if "==" in line and line[0] != " "]


def name_of(requirement: str) -> str:
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()
