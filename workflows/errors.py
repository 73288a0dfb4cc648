"""What floor 1 raises, in words for the person at the desk, Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message in both languages; `{name}` is replaced by the value of that name."""

    zh: str
    en: str

    def filled(self, language: Language, values: Mapping[str, str]) -> str:
        template = self.zh if language == "zh" else self.en
        return template.format_map(_Shown(values))


class WorkflowsError(Exception):
    """Whatever floor 1 refuses to compute; `message(language)` says it at the desk."""

    def message(self, language: Language) -> str:
        del language  # a subclass has both
        return str(self)


class UnreadableText(WorkflowsError):  # noqa: N818 - refusals are named as states
    """A text that cannot be read: NAME, the line and column (both from 1), and how to mend it.

    `what` is a message id of this module, or any other id together with its own `sentence`.
    """

    def __init__(
        self,
        name: str,
        *,
        what: str,
        line: int | None = None,
        column: int | None = None,
        values: Mapping[str, str] | None = None,
        sentence: Sentence | None = None,
    ) -> None:
        self.name = name
        self.line = line
        self.column = column
        self.what = what
        self.values: dict[str, str] = dict(values or {})
        self._sentence = sentence or UNREADABLE.get(what) or _unknown(what, self.values)
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """One line, `NAME:LINE: what is wrong; how to mend it`."""
        place = self.name if self.line is None else f"{self.name}:{self.line}"
        words = self._sentence.filled(language, self.values)
        return f"{place}: {' '.join(words.split())}"


class SettingsError(WorkflowsError):
    """A setting that does not exist, or a value that it does not take: `key`, `value`, `allowed`."""

    def __init__(self, key: str, value: object, allowed: Sentence) -> None:
        self.key = key
        self.value = value
        self.allowed = allowed
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """One line: the setting, the value that was given, and what is allowed."""
        allowed = self.allowed.filled(language, {})
        return _BAD_SETTING.filled(
            language, {"key": self.key, "value": _short(self.value), "allowed": allowed}
        )


class LooserSetting(WorkflowsError):  # noqa: N818 - refusals are named as states
    """A lower organization's value that would loosen an upper one's (PROCEDURE.md, section 7)."""

    def __init__(self, name: str, upper: object, lower: object) -> None:
        self.name = name
        self.upper = upper
        self.lower = lower
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """One line: the setting, the value asked for, and the value that it would loosen."""
        values = {"name": self.name, "upper": _short(self.upper), "lower": _short(self.lower)}
        return _LOOSER.filled(language, values)


class _Shown(dict[str, str]):
    """A value that nobody gave is shown by its name: a message must never fail itself."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _short(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _unknown(what: str, values: Mapping[str, str]) -> Sentence:
    details = ", ".join(f"{key} {value}" for key, value in values.items())
    text = f"{what} ({details})" if details else what
    text = text.replace("{", "{{").replace("}", "}}")
    return Sentence(zh=text, en=text)


_LONGEST_VALUE = 80

_BAD_SETTING = Sentence(
    zh="设置 {key} 不能取“{value}”；可以取：{allowed}",
    en="setting {key} cannot be '{value}'; allowed: {allowed}",
)
_LOOSER = Sentence(
    zh="设置 {name} 的值“{lower}”比上级规定的“{upper}”宽；下级只能从严，请填“{upper}”或更严的值",
    en="setting {name}: '{lower}' is looser than '{upper}' set above; "
    "a lower organization may only be stricter: enter '{upper}' or a stricter value",
)

UNREADABLE: dict[str, Sentence] = {
    "too_large": Sentence(
        zh="文件超过 {limit} 字节；请分成几个文件",
        en="the text is longer than {limit} bytes; split it into several files",
    ),
    "too_many_nodes": Sentence(
        zh="内容超过 {limit} 项（别名按展开后计算）；请分成几个文件，或少用别名",
        en="more than {limit} entries, aliases counted as often as they are used; "
        "split the text, or write fewer aliases",
    ),
    "too_deep": Sentence(
        zh="嵌套超过 {limit} 层；请减少嵌套",
        en="nested more than {limit} levels deep; make it flatter",
    ),
    "not_utf8": Sentence(
        zh="不是 UTF-8 编码；请另存为 UTF-8",
        en="the text is not UTF-8; save it as UTF-8",
    ),
    "control_character": Sentence(
        zh="含有控制字符 {character}；请删去",
        en="control character {character}; remove it",
    ),
    "syntax": Sentence(
        zh="YAML 写法有误（{detail}）；请检查此行及上一行的缩进、引号和括号",
        en="not YAML ({detail}); check indentation, quotes and brackets here and on the line above",
    ),
    "duplicate_key": Sentence(
        zh="键“{key}”重复（第一次在第 {first} 行）；请删去一个",
        en="key '{key}' stands twice (first in line {first}); remove one",
    ),
    "key_not_scalar": Sentence(
        zh="键必须是一个词，不能是列表或映射；请改写",
        en="a key must be a plain word, not a list or a mapping; rewrite it",
    ),
    "several_documents": Sentence(
        zh="只能有一个文档；请删去“---”或分成几个文件",
        en="only one document is read; remove the '---' or split the text",
    ),
    "unknown_alias": Sentence(
        zh="别名“{alias}”在此之前没有定义；请先写“&{alias}”",
        en="alias '{alias}' is not defined before this place; write '&{alias}' first",
    ),
    "tag": Sentence(
        zh="不接受标签“{tag}”；请删去",
        en="tag '{tag}' is not accepted; remove it",
    ),
    "no_such_day": Sentence(
        zh="没有“{value}”这一天或这一时刻；请改正日期",
        en="'{value}' is not a day or an instant of the calendar; correct it",
    ),
}
