"""The sentence of an error with its values and the names of its fields, in the language that is asked for."""

from collections.abc import Mapping

from recruit.sentences import WORDS
from workflows.words import label

# Fields of the administration; those of acts have their names in workflows/words.
FIELDS: Mapping[str, tuple[str, str]] = {
    "absent": ("不在岗的人", "absent person"),
    "abstain": ("弃权", "abstained"),
    "against": ("反对", "against"),
    "ballot": ("表决方式", "way of voting"),
    "address": ("地址", "address"),
    "channel": ("发送方式", "channel"),
    "messages": ("消息", "messages"),
    "closed_on": ("从哪一天起撤销", "closed from"),
    "ended_by": ("离开的原因", "why it ended"),
    "ends_on": ("到哪一天止", "last day"),
    "full_since": ("成为正式党员的日期", "full member since"),
    "members": ("党员", "members"),
    "opened_on": ("成立日期", "set up on"),
    "organization": ("组织", "organization"),
    "parent": ("上级组织", "superior organization"),
    "penalty": ("处分", "penalty"),
    "restored_on": ("恢复权利的日期", "rights restored on"),
    "rows": ("日子", "days"),
    "since": ("到本支部的日期", "on this roll since"),
    "staff_count": ("职工人数", "number of staff"),
    "until_on": ("离开的日期", "first day off the roll"),
    "url": ("机器人地址", "address of the robot"),
    "branch": ("党支部", "branch"),
    "for": ("赞成", "for"),
    "invalid": ("无效", "invalid"),
    "issued": ("发出", "issued"),
    "recused": ("回避", "recused"),
    "returned": ("收回", "returned"),
    "time": ("时间", "time"),
    "votes": ("表决", "votes"),
    "whole_count": ("应到人数", "number entitled"),
    "written_abstain": ("书面弃权", "written abstentions"),
    "written_against": ("书面反对", "written against"),
    "written_for": ("书面赞成", "written for"),
    "checkpoint": ("检查点", "checkpoint"),
    "do": ("事项", "act"),
    "dossiers": ("档案", "dossiers"),
    "export": ("导出", "export"),
    "from_on": ("从哪一天起", "first day"),
    "ground": ("理由", "ground"),
    "id_number": ("身份证号", "ID number"),
    "key": ("请求编号", "request key"),
    "kind": ("类别", "kind"),
    "last_on": ("最后有效日", "last day"),
    "login": ("登录名", "log-in name"),
    "meeting": ("会议", "meeting"),
    "name": ("姓名或名称", "name"),
    "old": ("原密码", "old password"),
    "on": ("日期", "day"),
    "override": ("特批原因", "reason for the override"),
    "attachments": ("附件", "attachment"),
    "file": ("文件", "file"),
    "folder": ("文件夹", "folder"),
    "passphrase": ("备份口令", "passphrase"),
    "persons": ("反映谁", "persons"),
    "received_on": ("哪天收到的", "received on"),
    "text": ("反映的情况", "what happened"),
    "contact": ("联系方式", "contact"),
    "submission": ("意见", "opinion"),
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
