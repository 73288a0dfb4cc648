"""Small changes of a module's source, each of which a test has to notice."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """`rules`: the ids of the rules whose code it changes, none for a helper. `is_inverted`: a verdict."""

    module: str
    line: int
    what: str
    rules: tuple[str, ...]
    source: str
    is_inverted: bool = False


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of one module: each verdict inverted, then one change for each place that has one."""
    tree = ast.parse(source)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            rules = _rules_of(function)
            if rules:
                what = f"{function.name}: verdict inverted"
                inverted = _inverted(source, function)
                yield Mutant(module, function.lineno, what, rules, inverted, is_inverted=True)
            yield from _changes(module, tree, function, rules)


def _rules_of(function: ast.FunctionDef) -> tuple[str, ...]:
    return tuple(
        str(one.args[0].value)
        for one in function.decorator_list
        if isinstance(one, ast.Call) and one.args and isinstance(one.args[0], ast.Constant)
    )


def _inverted(source: str, function: ast.FunctionDef) -> str:
    """The rule finds a breach where there is none, and none where there is one."""
    lines = source.splitlines()
    body = function.body[0].lineno - 1
    first = function.lineno - 1
    head = "\n".join(lines[first:body])
    inner = head.replace(f"def {function.name}(", f"def _right_{function.name}(", 1)
    wrapped = [
        *lines[: min(one.lineno for one in function.decorator_list) - 1],
        *inner.splitlines(),
        *lines[body : function.end_lineno],
        "",
        *lines[min(one.lineno for one in function.decorator_list) - 1 : first],
        f"def {function.name}(case):",
        f"    return None if _right_{function.name}(case) is not None else Breach()",
        *lines[function.end_lineno :],
    ]
    return "\n".join(wrapped) + "\n"


def _changes(
    module: str, tree: ast.Module, function: ast.FunctionDef, rules: tuple[str, ...]
) -> Iterator[Mutant]:
    in_decorators = {id(node) for one in function.decorator_list for node in ast.walk(one)}
    hints = {id(node) for one in ast.walk(function) for node in _hints(one)}
    for index, node in enumerate(ast.walk(function)):
        is_setting = id(node) in in_decorators and isinstance(node, ast.Constant)
        if id(node) in hints or is_setting:
            continue
        for change in CHANGES:
            for number, what in enumerate(change.names(node)):
                copy = deepcopy(tree)
                twin = copy.body[tree.body.index(function)]
                change.make(list(ast.walk(twin))[index], number)
                ast.fix_missing_locations(copy)
                line = getattr(node, "lineno", function.lineno)
                yield Mutant(module, line, f"{function.name}: {what}", rules, ast.unparse(copy))


def _hints(node: ast.AST) -> Iterator[ast.AST]:
    """Type annotations, which are never run."""
    for name in ("annotation", "returns"):
        hint = getattr(node, name, None)
        if hint is not None:
            yield from ast.walk(hint)


@dataclass(frozen=True, slots=True)
class Change:
    """`names`: what can be changed at a node (none where it is of another kind); `make` does the n-th."""

    names: Callable[[ast.AST], list[str]]
    make: Callable[[Any, int], None]


def _compare(node: Any, number: int) -> None:  # noqa: ANN401 - a node of the kind that `names` chose
    node.ops[number] = OTHER_COMPARISON[type(node.ops[number])]()


def _connect(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _reckon(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()


def _count(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1


def _decide(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)


def _affirm(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)


def _rename(node: Any, _: int) -> None:  # noqa: ANN401 - as above
    node.id = OTHER_NAME[node.id]


def _names_of_comparison(node: ast.AST) -> list[str]:
    ops = node.ops if isinstance(node, ast.Compare) else []
    return [f"{type(op).__name__} -> {OTHER_COMPARISON[type(op)].__name__}" for op in ops]


def _is_count(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


CHANGES = (
    Change(_names_of_comparison, _compare),
    Change(lambda node: ["and <-> or"] if isinstance(node, ast.BoolOp) else [], _connect),
    Change(
        lambda node: (
            ["not removed"] if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else []
        ),
        _affirm,
    ),
    Change(
        lambda node: (
            ["+ <-> -"] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) else []
        ),
        _reckon,
    ),
    Change(lambda node: ["another value"] if _is_count(node) else [], _count),
    Change(lambda node: ["condition inverted"] if isinstance(node, ast.If | ast.IfExp) else [], _decide),
    Change(
        lambda node: ["the other name"] if isinstance(node, ast.Name) and node.id in OTHER_NAME else [],
        _rename,
    ),
)
