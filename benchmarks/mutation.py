"""A mutation check: every small change of the rules has to make a test fail.

uv run python -m benchmarks.mutation [--inverted] [--every=5] [workflows/rules/target.py ...]
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "workflows" / "rules"
TESTS = ROOT / "tests" / "workflows"
OPTIONS = ["-x", "-q", "-n", "0", "--no-cov", "-p", "no:cacheprovider", "--no-header"]
SLOWEST = 300  # seconds after which a mutant that still runs counts as found: it does not end


class Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed source."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        del spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, f"<mutant of {self.name}>", "exec"), module.__dict__)


def main(arguments: Sequence[str]) -> int:
    files = [Path(one).resolve() for one in arguments if not one.startswith("-")] or sorted(
        RULES.glob("*.py")
    )
    every = next((int(one.partition("=")[2]) for one in arguments if one.startswith("--every=")), 1)
    mutants = [one for file in files for one in _mutants(file, inverted="--inverted" in arguments)][::every]
    _warm()
    if _fails(Mutant("workflows.none", 0, "nothing", (), ""), [str(TESTS)]):
        print("the tests fail without any change: mend that first", file=sys.stderr)
        return 2
    survived = []
    for number, mutant in enumerate(mutants, start=1):
        is_found = _is_found(mutant)
        if not is_found:
            survived.append(mutant)
            print(f"SURVIVED {mutant.module}:{mutant.line} {mutant.what}", flush=True)
        if number % 25 == 0:
            print(f"{number}/{len(mutants)}, {len(survived)} survived", file=sys.stderr, flush=True)
    found = len(mutants) - len(survived)
    print(f"{found} of {len(mutants)} found ({100 * found / len(mutants):.1f} %)")
    return 1 if survived else 0


def _mutants(file: Path, *, inverted: bool) -> Iterator[Mutant]:
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for one in mutants_of(module, file.read_text(encoding="utf-8")):
        if one.is_inverted or not inverted:
            yield one


def _warm() -> None:
    """What every run imports anyway, once, before the forks."""
    import dateutil.relativedelta  # noqa: F401, PLC0415
    import holidays  # noqa: F401, PLC0415
    import pydantic  # noqa: F401, PLC0415
    import pytest  # noqa: F401, PLC0415
    import ruamel.yaml  # noqa: F401, PLC0415
    import transitions  # noqa: F401, PLC0415


def _is_found(mutant: Mutant) -> bool:
    """First by the tests that name its rules, then by all of the floor."""
    near = _naming(mutant.rules)
    return (bool(near) and _fails(mutant, near)) or _fails(mutant, [str(TESTS)])


def _naming(rules: Sequence[str]) -> list[str]:
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(TESTS.glob("test_rules_*.py"))}
    return [str(file) for file, text in texts.items() if any(f'"{rule}"' in text for rule in rules)]


def _fails(mutant: Mutant, tests: list[str]) -> bool:
    """Run the tests in a child that imports the mutant; a child that never ends has found it, too."""
    child = os.fork()
    if child == 0:
        _run(mutant, tests)
    ends = time.monotonic() + SLOWEST
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True


def _run(mutant: Mutant, tests: list[str]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.chdir(ROOT)
    sys.meta_path.insert(0, Replaced(mutant.module, mutant.source))
    import pytest  # noqa: PLC0415 - imported before the fork

    os._exit(int(pytest.main([*OPTIONS, *tests])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
