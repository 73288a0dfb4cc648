"""The drawings in the READMEs and the docs are those that the editions give."""

from pathlib import Path

import pytest

from workflows.edition import EDITIONS, load_edition
from workflows.topology import mermaid

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_drawing_of_the_road_is_the_one_generated_from_the_edition(name: str) -> None:
    drawn = (ROOT / name).read_text(encoding="utf-8").split("```mermaid\n")[1].split("```")[0]

    assert drawn == mermaid(load_edition("2026"), ways_out=False)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_drawing_of_each_edition_is_the_one_generated_from_it(edition: str) -> None:
    page = (ROOT / "docs" / "procedure.md").read_text(encoding="utf-8")

    drawn = page.split(f"## Edition {edition}\n\n```mermaid\n")[1].split("```")[0]

    assert drawn == mermaid(load_edition(edition), ways_out=True)
