"""What is misshapen in a text is said in both languages, with its line."""

import re
from datetime import date, datetime
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, field_validator

from workflows.errors import UnreadableText
from workflows.shapes import Misshapen, validated
from workflows.texts import read_yaml_located


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    places: StrictInt = Field(default=1, ge=0, le=99)
    label: str = ""


class Trial(BaseModel):
    model_config = ConfigDict(extra="forbid")

    year: StrictInt
    on: date = date(2016, 6, 17)
    at: datetime | None = None
    due: StrictBool = False
    kind: Literal["branch", "committee"] = "branch"
    parts: tuple[Part, ...] = ()
    most: dict[str, int] = {}
    even: StrictInt = 2

    @field_validator("even")
    @classmethod
    def _is_even(cls, value: int) -> int:
        if value % 2:
            raise Misshapen(zh=f"{value} 不是偶数", en=f"{value} is odd")
        return value


WRONG = [
    ("on: 2016-06-17", "year", 1, "缺这一项", "missing"),
    ("year: 2016\nyeer: 1", "yeer", 2, "没有这一项", "no such entry"),
    ("year: soon", "year", 1, "“soon”", "'soon' is not a whole number"),
    ("year: true", "year", 1, "应为整数", "whole number"),
    ("year: 2016\non: soon", "on", 2, "2016-06-17", "is not a day; write it as 2016-06-17"),
    ("year: 2016\nat: soon", "at", 2, "+08:00", "is not an instant"),
    ("year: 2016\ndue: 3", "due", 2, "true 或 false", "neither true nor false"),
    ("year: 2016\nkind: county", "kind", 2, "可以选：branch, committee", "choose from branch, committee"),
    ("year: 2016\nparts: 3", "parts", 2, "列表", "list"),
    ("year: 2016\nmost: 3", "most", 2, "名称: 值", "name: value"),
    ("year: 2016\nparts:\n  - 3", "parts.0", 3, "名称: 值", "name: value"),
    ("year: 2016\nparts:\n  - {places: -1}", "parts.0.places", 3, "至少 0", "0 at least"),
    ("year: 2016\nparts:\n  - {places: 100}", "parts.0.places", 3, "最多 99", "99 at most"),
    ("year: 2016\nparts:\n  - {label: [1]}", "parts.0.label", 3, "应为文字", "not a word"),
    ("year: 2016\neven: 3", "even", 2, "3 不是偶数", "3 is odd"),
]


@pytest.mark.parametrize(("text", "entry", "line", "zh", "en"), WRONG)
def test_the_first_wrong_entry_is_named(text: str, entry: str, line: int, zh: str, en: str) -> None:
    plain, where = read_yaml_located(text, name="trial.yaml")

    with pytest.raises(UnreadableText) as refused:
        validated(Trial, plain, name="trial.yaml", where=where)

    assert refused.value.line == line
    assert re.match(
        rf"trial\.yaml:{line}: {re.escape(entry)}：.*{re.escape(zh)}", refused.value.message("zh")
    )
    assert re.match(
        rf"trial\.yaml:{line}: {re.escape(entry)}: .*{re.escape(en)}", refused.value.message("en")
    )


def test_a_text_that_is_no_mapping_at_all_is_refused() -> None:
    plain, where = read_yaml_located("- 1\n", name="trial.yaml")

    with pytest.raises(UnreadableText, match="name: value"):
        validated(Trial, plain, name="trial.yaml", where=where)


def test_braces_in_what_was_written_do_not_break_the_sentence() -> None:
    plain, where = read_yaml_located('year: "{0}{x}"', name="trial.yaml")

    with pytest.raises(UnreadableText, match=re.escape("{0}{x}")):
        validated(Trial, plain, name="trial.yaml", where=where)
