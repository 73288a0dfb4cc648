"""What lies in the repository: nothing unasked at the top, nothing of one machine, modules of one sitting."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["workflows", "recruit", "notifications", "web"]
TOP = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "README.md",
    "README.zh-CN.md",
    "benchmarks",
    "docs",
    "notifications",
    "pyproject.toml",
    "recruit",
    "requirements.lock",
    "tests",
    "web",
    "workflows",
}
LONGEST_MODULE = 300
# Names and endings are joined here so that this file names no host itself.
REGISTRIES = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("debian", "org")]
REGISTRY = re.compile("|".join(rf"\b{re.escape(name)}\.{end}\b" for name, end in REGISTRIES))
PLACE = re.compile(r"(?<![\w.~}])/(?:work|root|home|Users)/\w|\b[A-Z]:\\Users\\")


def test_nothing_unasked_lies_at_the_top() -> None:
    assert {path.parts[0] for path in kept_files()} - TOP == set()


def test_no_lock_that_records_addresses_is_kept() -> None:
    recording = {"uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "package-lock.json", "Pipfile.lock"}

    assert [path for path in kept_files() if path.name in recording] == []


def test_no_file_names_a_package_registry() -> None:
    assert files_with(REGISTRY) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    assert files_with(PLACE) == []


def test_both_readmes_show_the_same_commands() -> None:
    english = commands(ROOT / "README.md")

    assert english != []
    assert commands(ROOT / "README.zh-CN.md") == english


@pytest.mark.parametrize("floor", FLOORS)
def test_every_module_opens_with_a_sentence(floor: str) -> None:
    assert [str(path) for path in modules(floor) if not opening(path).endswith((".", "。"))] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_no_module_is_longer_than_one_sitting(floor: str) -> None:
    lengths = {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in modules(floor)}

    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_every_floor_says_that_it_is_typed(floor: str) -> None:
    assert (ROOT / floor / "py.typed").is_file()


def kept_files() -> list[Path]:
    """Every file that git keeps or would be asked to keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def modules(floor: str) -> list[Path]:
    return [
        path
        for path in kept_files()
        if path.parts[0] == floor and path.suffix == ".py" and "migrations" not in path.parts
    ]


def opening(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse((ROOT / path).read_text("utf-8"))) or ""
    return docstring.split("\n\n")[0]


def files_with(pattern: re.Pattern[str]) -> list[str]:
    return [str(path) for path in kept_files() if pattern.search(text_of(path))]


def text_of(path: Path) -> str:
    return (ROOT / path).read_bytes().decode("utf-8", errors="ignore")


def commands(readme: Path) -> list[str]:
    """The lines of all code blocks but the drawings, without their remarks."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    blocks = [block for kind, block in found if kind != "mermaid"]
    lines = [re.sub(r"\s+#.*|^#.*", "", line).rstrip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]
