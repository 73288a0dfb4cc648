"""The sentence of an error with its values and the names of its fields, in the language that is asked for."""

from collections.abc import Mapping

from recruit.sentences import WORDS
from workflows.words import label

# Fields of the administration; those of acts have their names in workflows/words.
FIELDS: Mapping[str, tuple[str, str]] = {
    "absent": ("不在岗的人", "absent person"),
    "address": ("地址", "address"),
    "channel": ("发送方式", "channel"),
    "messages": ("消息", "messages"),
    "url": ("机器人地址", "address of the robot"),
    "branch": ("党支部", "branch"),
    "checkpoint": ("检查点", "checkpoint"),
    "do": ("事项", "act"),
    "from_on": ("从哪一天起", "first day"),
    "ground": ("理由", "ground"),
    "id_number": ("身份证号", "ID number"),
    "key": ("请求编号", "request key"),
    "kind": ("类别", "kind"),
    "login": ("登录名", "log-in name"),
    "meeting": ("会议", "meeting"),
    "name": ("姓名或名称", "name"),
    "old": ("原密码", "old password"),
    "on": ("日期", "day"),
    "override": ("特批原因", "reason for the override"),
    "folder": ("文件夹", "folder"),
    "passphrase": ("备份口令", "passphrase"),
    "paper": ("文件编号", "number of the document"),
    "password": ("密码", "password"),
    "person": ("本人", "person"),
    "present_count": ("实到人数", "number present"),
    "reason": ("原因", "reason"),
    "role": ("角色", "role"),
    "sex": ("性别", "sex"),
    "source": ("依据（文件）", "source (the notice)"),
    "stand_in": ("代办人", "stand-in"),
    "ticket": ("依据文号", "number of the paper"),
    "to_on": ("到哪一天止", "last day"),
    "total": ("总数", "total"),
    "until": ("哪一天再提醒", "reminded again on"),
    "valid_from": ("生效日期", "valid from"),
    "value": ("值", "value"),
    "what": ("项目", "item"),
    "user": ("用户", "user"),
    "code": ("验证码", "code"),
    "whom": ("打给谁", "whom to ring"),
    "year": ("年份", "year"),
}


def field_name(field: str, language: str) -> str:
    """What a form calls the field; a replacement's field by its own name."""
    name = field.removeprefix("replacement.")
    if name in FIELDS:
        chinese, english = FIELDS[name]
        return english if language.startswith("en") else chinese
    return label("field", name, "en" if language.startswith("en") else "zh")


def words(id: str, language: str, values: Mapping[str, object]) -> str:  # noqa: A002 - the word of the whole project
    chinese, english = WORDS[id]
    return (english if language.startswith("en") else chinese).format_map(values)
