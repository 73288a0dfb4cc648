"""What the rules can give, read from their sources: variants and named values of their breaches."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import get_args

from workflows import rules, scan, votes


class Source:
    """The functions of the rules in a package's modules, with what their breaches carry."""

    def __init__(self, package: ModuleType) -> None:
        modules = [module for module in vars(package).values() if inspect.ismodule(module)]
        trees = [ast.parse(inspect.getsource(module)) for module in modules]
        self.functions = {
            node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)
        }
        self.ids = {_id_of(node): node for node in self.functions.values() if _id_of(node)}

    def nodes(self, rule: str) -> Iterator[ast.AST]:
        """The function of the rule and the helpers that it calls."""
        waiting, seen = [self.ids[rule]], set[str]()
        while waiting:
            function = waiting.pop()
            if function.name in seen:
                continue
            seen.add(function.name)
            for node in ast.walk(function):
                yield node
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    called = self.functions.get(node.func.id)
                    waiting.extend([called] if called else [])

    def variants(self, rule: str) -> set[str]:
        found: set[str] = set()
        for node in self.nodes(rule):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Breach":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                found |= _variants(given["variant"]) if "variant" in given else {"default"}
            elif isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "variant" for target in node.targets
            ):
                found |= _variants(node.value)
        return found

    def values(self, rule: str) -> set[str]:
        return {
            str(key.value)
            for node in self.nodes(rule)
            if isinstance(node, ast.Dict)
            for key in node.keys
            if isinstance(key, ast.Constant)
        }


def _id_of(function: ast.FunctionDef) -> str:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            first = decorator.args[0] if decorator.args else None
            if decorator.func.id in {"rule", "within", "across"} and isinstance(first, ast.Constant):
                return str(first.value)
    return ""


def _variants(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=None):
            return {"default"}
        case ast.Constant(value=str(variant)):
            return {variant}
        case ast.IfExp():
            return _variants(node.body) | _variants(node.orelse)
        case ast.Name(id="variant"):
            return set()  # its assignment is read
        case ast.Attribute(attr="outcome"):
            return set(get_args(votes.Outcome))
    raise AssertionError(f"line {node.lineno}: a variant that this test cannot read")


SOURCE = Source(rules)
OF_REGISTERS = Source(scan)
