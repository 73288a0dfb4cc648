"""The details of acts as fields of a request: the names and types of `workflows.field_kinds`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints, create_model

from web.api.values import LARGEST, Day, Edition, Id, LongText, Name, Sent, said
from workflows.field_kinds import FIELDS, PURPOSES, VOTES, Field
from workflows.fields import ALIASES
from workflows.words import label

Number = Annotated[int, said("数字", "a count", ge=-LARGEST, le=LARGEST)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_OF_THE_WHOLE_ACT = "replacement"
_TYPES: Mapping[str, Any] = {
    "date": Day,
    "count": Number,
    "flag": bool,
    "ids": list[Id],
    "number": Id,
    "time": Clock,
    "text": LongText,
    "dates": dict[Name, Day],
}


def _type(field: Field) -> Any:  # noqa: ANN401 - a type
    if field.name == "purpose":
        return Literal[(*PURPOSES, *VOTES, "letter")]
    if field.type in {"choice", "choices"}:
        one = Name if field.takes_any_word else Literal[field.choices]
        return one if field.type == "choice" else list[one]  # type: ignore[valid-type]
    return _TYPES[field.type]


def _detail_fields() -> dict[str, Any]:
    """Each detail by its name and by the short name that some acts have for it."""
    types: dict[str, list[Any]] = {}
    for name, field in FIELDS.items():
        if name != _OF_THE_WHOLE_ACT:
            types.setdefault(name, []).append(_type(field))
    for (_, short), name in ALIASES.items():
        if _type(FIELDS[name]) not in types.setdefault(short, []):
            types[short].append(_type(FIELDS[name]))
    return {name: (_any_of(kinds) | None, _meaning(name)) for name, kinds in sorted(types.items())}


def _any_of(kinds: list[Any]) -> Any:  # noqa: ANN401 - a type
    found = kinds[0]
    for kind in kinds[1:]:
        found = found | kind
    return found


def _meaning(name: str) -> Any:  # noqa: ANN401 - as `said`
    of = next((of for (_, short), of in ALIASES.items() if short == name), name)
    known = name if name in FIELDS else of
    return said(label("field", known, "zh"), label("field", known, "en"), default=None)


class Reason(Sent):
    """Why an exception is asked for; a person of the superior organization answers for it."""

    reason: LongText


if TYPE_CHECKING:

    class Details(Sent):
        """The details of acts; which of them an act has, the edition of its day says."""

else:
    Details = create_model("Details", __base__=Sent, **_detail_fields())

Override = LongText | Reason | None


class Replacement(Details):
    """The act that takes the place of a corrected one, with its details."""

    do: Name = said("办理事项", "the act")
    on: Day = said("哪一天", "the day")


class ActSent(Details):
    """An act with its details."""

    do: Name = said("办理事项，如 talk_held", "the act, such as talk_held")
    on: Day = said("哪一天发生的", "the day on which it happened")
    seen_version: int = said("看到的档案版本", "the version of the dossier that was seen", ge=0, le=LARGEST)
    override: Override = said(
        "特批原因，由上级的人确认",
        "the reason for an exception, for which somebody superior answers",
        default=None,
    )
    cites: Edition | None = said("材料引用的版本", "the edition that its paper names", default=None)
    meeting: Id | None = said("出自哪次会议", "the meeting that it comes from", default=None)
    replacement: Replacement | None = said("更正以后的事项", "what takes its place", default=None)


class NewPersonSent(Sent):
    """Somebody who is not in the directory yet; numbers and the day of birth are sealed at once."""

    name: str = said("姓名", "name", min_length=1, max_length=60)
    sex: Literal["female", "male"] | None = said("性别", "sex", default=None)
    born: Day | None = said("出生日期", "date of birth", default=None)
    education: Literal[FIELDS["education"].choices] | None = said("学历", "education", default=None)  # type: ignore[valid-type]
    category: Literal[FIELDS["category"].choices] | None = said("类别", "category", default=None)  # type: ignore[valid-type]
    id_number: str | None = said("身份证号", "ID number", default=None, max_length=18)
    phone: str | None = said("电话", "telephone", default=None, max_length=30)
    reading: str | None = said("拼音", "pinyin, where it is unusual", default=None, max_length=120)


class DossierSent(Details):
    """The act with which a dossier begins."""

    branch: Id = said("党支部", "the branch")
    person: Id | NewPersonSent = said("本人：编号，或新的人", "the person: an id, or somebody new")
    on: Day = said("哪一天", "the day")
    do: Literal["application_received", "transferred_in"] = said(
        "开始的事项", "the act that begins it", default="application_received"
    )
    cites: Edition | None = said("材料引用的版本", "the edition that its paper names", default=None)


_NOT_DETAILS = frozenset(
    ("do", "on", "seen_version", "override", "cites", "meeting", "dossier", "branch", "person")
)


def details_of(sent: BaseModel) -> dict[str, object]:
    """The details that were sent, a replacement with its own."""
    given = sent.model_dump(exclude_unset=True)
    return {name: value for name, value in given.items() if name not in _NOT_DETAILS}


def override_of(sent: BaseModel) -> str | None:
    """The reason, however it was written."""
    override = getattr(sent, "override", None)
    return override.reason if isinstance(override, Reason) else override
