"""The import contracts hold, and each of them turns red when it is broken."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
FLOORS = ["web", "notifications", "recruit", "workflows"]
UPWARD = [(low, high) for index, high in enumerate(FLOORS) for low in FLOORS[index + 1 :]]
FORBIDDEN = [
    pytest.param(contract["id"], source, contract["forbidden_modules"], id=f"{contract['id']}-{source}")
    for contract in LINTER["contracts"]
    if contract["type"] == "forbidden"
    for source in contract["source_modules"]
]


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, house / floor, ignore=shutil.ignore_patterns("__pycache__", "static"))
    return house


@pytest.fixture
def planted(copied_house: Path) -> Iterator[Path]:
    """Give the copy back as it was, whatever a test has planted."""
    yield copied_house
    for floor in FLOORS:
        (copied_house / floor / "planted.py").unlink(missing_ok=True)


def test_every_floor_keeps_every_contract() -> None:
    code, report = lint(ROOT)

    assert code == 0, report


def test_the_floors_are_those_of_the_contracts() -> None:
    layers = next(contract for contract in LINTER["contracts"] if contract["type"] == "layers")

    assert layers["layers"] == FLOORS
    assert sorted(LINTER["root_packages"]) == sorted(FLOORS)


@pytest.mark.parametrize(("low", "high"), UPWARD)
def test_an_arrow_that_points_up_is_found(planted: Path, low: str, high: str) -> None:
    plant(planted, low, [high])

    code, report = lint(planted, contract="floors")

    assert code == 1, report
    assert f"{low}.planted -> {high}" in report


@pytest.mark.parametrize(("contract", "floor", "forbidden"), FORBIDDEN)
def test_a_forbidden_import_is_found(planted: Path, contract: str, floor: str, forbidden: list[str]) -> None:
    plant(planted, floor, forbidden)

    code, report = lint(planted, contract=contract)

    assert code == 1, report
    assert [name for name in forbidden if f"{floor}.planted -> {name} " not in report] == []


def plant(house: Path, floor: str, imports: list[str]) -> None:
    lines = [f"import {name}\n" for name in imports]
    (house / floor / "planted.py").write_text("".join(lines), "utf-8")


def lint(house: Path, *, contract: str | None = None) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    chosen = ["--contract", contract] if contract else []
    done = subprocess.run([*command, *chosen], cwd=house, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
