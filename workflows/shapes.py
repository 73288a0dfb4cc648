"""The shape of a text, validated by a model: refused with file, line, what is wrong and how to mend it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from workflows.errors import Sentence, UnreadableText
from workflows.texts import Locator, Path

Shape = TypeVar("Shape", bound=BaseModel)


class Misshapen(ValueError):  # noqa: N818 - refusals are named as states
    """What a model's own check refuses, in both languages."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.sentence = Sentence(zh=zh, en=en)


def validated(shape: type[Shape], item: object, *, name: str, where: Locator, path: Path = ()) -> Shape:
    """`item` as `shape`; `path` is where it stands in the text `name`.

    Raises `UnreadableText` for the first error.
    """
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        raise misplaced(name, where, (*path, *first["loc"]), _said(first)) from error


def misplaced(name: str, where: Locator, path: Path, what: Sentence) -> UnreadableText:
    """`what` is wrong with the entry at `path`: the error with its line and how to mend it."""
    mend = Sentence(zh=f"{_plain(what.zh)}；请改正这一处", en=f"{_plain(what.en)}; correct this entry")
    return UnreadableText(name, what="shape", line=where.nearest(path), sentence=mend)


def _said(error: ErrorDetails) -> Sentence:
    at = ".".join(str(part) for part in error["loc"])
    says = _sentence(error)
    return Sentence(zh=f"{at}：{says.zh}" if at else says.zh, en=f"{at}: {says.en}" if at else says.en)


def _sentence(error: ErrorDetails) -> Sentence:
    context: Mapping[str, Any] = error.get("ctx") or {}
    own = context.get("error")
    if isinstance(own, Misshapen):
        return own.sentence
    found = _SENTENCES.get(error["type"])
    if found is None:
        return Sentence(zh=f"写法不对（{error['msg']}）", en=error["msg"])
    values = {name: _choices(value) if name == "expected" else str(value) for name, value in context.items()}
    values["found"] = _short(error["input"])
    return Sentence(zh=found.filled("zh", values), en=found.filled("en", values))


def _choices(expected: object) -> str:
    return str(expected).replace("'", "").replace(" or ", ", ")


def _short(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


_LONGEST = 60
_WHOLE = Sentence(zh="应为整数，不能是“{found}”", en="'{found}' is not a whole number")
_WORD = Sentence(zh="应为文字，不能是“{found}”", en="'{found}' is not a word")
_YES_OR_NO = Sentence(zh="应为 true 或 false，不能是“{found}”", en="'{found}' is neither true nor false")
_DAY = Sentence(
    zh="“{found}”不是日期，请写成 2016-06-17", en="'{found}' is not a day; write it as 2016-06-17"
)
_INSTANT = Sentence(
    zh="“{found}”不是时刻，请写成 2016-06-17T09:00+08:00",
    en="'{found}' is not an instant; write it as 2016-06-17T09:00+08:00",
)
_LIST = Sentence(zh="应为列表", en="a list is needed here")
_MAPPING = Sentence(zh="应为若干“名称: 值”", en="named entries (name: value) are needed here")
_SENTENCES: Mapping[str, Sentence] = {
    "missing": Sentence(zh="缺这一项", en="this entry is missing"),
    "extra_forbidden": Sentence(
        zh="没有这一项，可能写错了名称", en="there is no such entry; its name may be misspelt"
    ),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "string_type": _WORD,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "literal_error": Sentence(
        zh="“{found}”不能选，可以选：{expected}", en="'{found}' is no choice; choose from {expected}"
    ),
    "greater_than_equal": Sentence(zh="{found} 太小，至少 {ge}", en="{found} is too small; {ge} at least"),
    "less_than_equal": Sentence(zh="{found} 太大，最多 {le}", en="{found} is too large; {le} at most"),
    "too_short": Sentence(zh="太少，至少 {min_length} 项", en="too few; {min_length} at least"),
    "string_pattern_mismatch": Sentence(zh="“{found}”写法不对", en="'{found}' is not written as it must be"),
}  # fmt: skip
