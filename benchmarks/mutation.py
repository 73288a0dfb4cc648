"""How many small changes to the rules the tests notice, each rule's inverted verdict among them.

uv run python -m benchmarks.mutation [--inverted] [--every 5] [workflows/rules/target.py ...]
"""

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from inspect import getsourcelines
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType, FunctionType

import pytest

from benchmarks.mutants import Mutant, mutants_of
from workflows.edition import EDITIONS, load_edition
from workflows.rules import RULES

TESTS = ("test_rules_*.py", "test_missing.py", "test_past*.py")
OPTIONS = ("-q", "-n0", "--no-cov", "--no-header", "--show-capture=no", "--tb=no")
SECONDS_AT_MOST = 60


class Check:
    """Takes the place of pytest's loop: the tests are collected once, and each mutant has its own process."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self._mutants = mutants
        self._files = {str(import_module(one.module).__file__) for one in mutants}
        self._called: dict[CodeType, list[pytest.Item]] = {}
        self.tried = 0
        self.survivors: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._watch(session)
        if session.testsfailed:
            raise session.Failed("the tests fail without any change: mend that first")
        for mutant in self._mutants:
            self.tried += 1
            if not _is_found(mutant, session, self._who_calls(mutant)):
                self.survivors.append(f"{mutant.module}:{mutant.line} {mutant.what}")
                print(f"SURVIVED {self.survivors[-1]}", file=sys.stderr, flush=True)
        return True

    def _watch(self, session: pytest.Session) -> None:
        """Every test once as it is, to know which functions it calls; the quick ones will run first."""
        taken: dict[str, float] = {}
        for item in session.items:
            seen: set[CodeType] = set()

            def note(frame: FrameType, event: str, _arg: object, seen: set[CodeType] = seen) -> None:
                if event == "call" and frame.f_code.co_filename in self._files:
                    seen.add(frame.f_code)

            began = perf_counter()
            sys.setprofile(note)
            _run(item)
            sys.setprofile(None)
            taken[item.nodeid] = perf_counter() - began
            for code in seen:
                self._called.setdefault(code, []).append(item)
        for items in self._called.values():
            items.sort(key=lambda item: taken[item.nodeid])

    def _who_calls(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests that call the changed function, the lambdas of its decorators included."""
        function = vars(import_module(mutant.module))[mutant.what.partition(":")[0]]
        file, (first, last) = function.__code__.co_filename, _lines_of(function)
        calling = [
            item
            for code, items in self._called.items()
            if code.co_filename == file and first <= code.co_firstlineno <= last
            for item in items
        ]
        return list(dict.fromkeys(calling))


def _lines_of(function: FunctionType) -> tuple[int, int]:
    lines, first = getsourcelines(function)
    return first, first + len(lines) - 1


def _is_found(mutant: Mutant, session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """A child that never ends has found it, too."""
    child = os.fork()
    if child == 0:
        _judge(mutant, session, items)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _run(item: pytest.Item) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)


def _judge(mutant: Mutant, session: pytest.Session, items: Sequence[pytest.Item]) -> None:
    """In the child: ends with 0 if all tests pass with the change, else with 1."""
    signal.alarm(SECONDS_AT_MOST)
    plugins = session.config.pluginmanager
    plugins.unregister(plugins.get_plugin("terminalreporter"))
    status = 1
    with suppress(Exception):
        _put_in_place(mutant)
        for item in items:
            _run(item)
            if session.testsfailed:
                break
        status = 1 if session.testsfailed else 0
    os._exit(status)


def _put_in_place(mutant: Mutant) -> None:
    """The changed source takes effect wherever the module's functions are already known."""
    module = import_module(mutant.module)
    for rule_id in [one for one, rule in RULES.items() if rule.judge.__module__ == mutant.module]:
        del RULES[rule_id]
    names = {"__name__": mutant.module, "__package__": module.__package__}
    exec(compile(mutant.source, f"<mutant of {mutant.module}>", "exec"), names)
    for name, value in names.items():
        known = vars(module).get(name)
        if isinstance(known, FunctionType) and isinstance(value, FunctionType):
            known.__code__ = value.__code__
    vars(module).update({name: value for name, value in names.items() if name not in vars(module)})
    for edition in EDITIONS:
        load_edition(edition).remembered.clear()


def _asked() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, default=sorted(Path("workflows/rules").glob("[!_]*.py"))
    )
    parser.add_argument("--inverted", action="store_true", help="invert each rule's verdict, nothing else")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th mutant only")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="PATTERN")
    return parser.parse_args()


def main() -> int:
    asked = _asked()
    mutants = [
        mutant
        for file in asked.files
        for mutant in mutants_of(".".join(file.with_suffix("").parts), file.read_text(encoding="utf-8"))
        if mutant.is_inverted or not asked.inverted
    ][:: asked.every]
    check = Check(mutants)
    tests = [str(test) for name in asked.tests for test in sorted(Path("tests/workflows").glob(name))]
    began = perf_counter()
    pytest.main([*OPTIONS, *tests], plugins=[check])
    found = check.tried - len(check.survivors)
    print(*check.survivors, sep="\n")
    print(
        f"{found} of {check.tried} found ({found / max(check.tried, 1):.1%}), {perf_counter() - began:.0f} s"
    )
    return 1 if check.survivors or check.tried < len(mutants) else 0


if __name__ == "__main__":
    sys.exit(main())
