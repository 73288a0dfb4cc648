"""Every command that writes may meet another writer, and is then tried again whole."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted((ROOT / "recruit" / "commands").glob("*.py"))
NEVER = {"signed_in_or_none"}  # what it writes is only when somebody was last seen: a collision is let be


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_a_command_that_writes_is_repeated_where_it_collides(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))

    bare = [
        one.name
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_") and one.name not in NEVER
        if _writes(one) and "repeated" not in map(ast.unparse, one.decorator_list)
    ]

    assert bare == []


def _writes(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "writing" for node in ast.walk(function))
