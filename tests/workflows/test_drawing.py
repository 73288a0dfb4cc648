"""The drawing in both READMEs is the one that the edition in force gives."""

from pathlib import Path

import pytest

from workflows.edition import load_edition
from workflows.topology import mermaid

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_drawing_of_the_road_is_the_one_generated_from_the_edition(name: str) -> None:
    drawn = (ROOT / name).read_text(encoding="utf-8").split("```mermaid\n")[1].split("```")[0]

    assert drawn == mermaid(load_edition("2026"), ways_out=False)
