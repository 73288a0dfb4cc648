"""What is wrong with a value of a request, in both languages: one sentence for each kind of error."""

from collections.abc import Mapping

from recruit.errors import Problem

_KINDS: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少这一项", "is missing"),
    "extra_forbidden": ("没有这一项，或者写了两遍", "is not known here, or was given twice"),
    "json_invalid": ("不是 JSON", "is no JSON"),
    "no_text": ("含有不能保存的字符", "holds a character that no text has"),
    "string_too_long": ("太长，最多{max_length}个字符", "is too long; {max_length} characters at most"),
    "string_too_short": ("不能为空", "is empty"),
    "string_pattern_mismatch": ("格式不对", "is not written as it should be"),
    "string_type": ("应当是文字", "should be a text"),
    "int_type": ("应当是整数", "should be a whole number"),
    "int_parsing": ("应当是整数", "should be a whole number"),
    "bool_type": ("应当是 true 或 false", "should be true or false"),
    "bool_parsing": ("应当是 true 或 false", "should be true or false"),
    "list_type": ("应当是列表", "should be a list"),
    "dict_type": ("应当是对象", "should be an object"),
    "model_type": ("应当是对象", "should be an object"),
    "literal_error": ("应当是其中之一：{expected}", "should be one of {expected}"),
    "greater_than_equal": ("不能小于{ge}", "should not be less than {ge}"),
    "less_than_equal": ("不能大于{le}", "should not be more than {le}"),
    "too_short": ("至少{min_length}项", "needs {min_length} entries at least"),
    "too_long": ("最多{max_length}项", "takes {max_length} entries at most"),
    "timezone_aware": ("时刻要带时区，如 +08:00", "needs an offset, such as +08:00"),
}
_DAY = ("应当是日期，如 2016-06-17", "should be a day, such as 2016-06-17")
_INSTANT = (
    "应当是带时区的时刻，如 2016-06-17T08:30:00+08:00",
    "should be an instant with its offset, such as 2016-06-17T08:30:00+08:00",
)
_OTHER = ("不能使用", "cannot be used")


def fault_of(field: str, kind: str, **values: object) -> Problem:
    """The problem of one field; `field` empty: of the whole body."""
    zh, en = _KINDS.get(kind, _by_type(kind))
    name = field or "body"
    return Problem(
        field=name,
        id=kind,
        zh=f"{name}：{zh.format_map(values)}。",
        en=f"{name} {en.format_map(values)}.",
    )


def _by_type(kind: str) -> tuple[str, str]:
    if kind.startswith("datetime"):
        return _INSTANT
    return _DAY if kind.startswith("date") else _OTHER


def one_by_one(language: str) -> str:
    """Why several persons without counts of their own are refused."""
    if language == "en":
        return "One person at a time, each with counts of the own: nobody is decided on in a lot."
    return "一人一决定，各有各的票数；不能几个人一起通过。"
