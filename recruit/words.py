"""What the errors of the record say, in Chinese and English: what, by which rule, how to mend it."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "bad_input": ("填写有误：{detail}", "The input cannot be used: {detail}"),
    "not_a_date": (
        "{field}：“{value}”不是日期，请写成 2016-06-17。",
        "{field}: “{value}” is not a date; write 2016-06-17.",
    ),
    "not_a_count": (
        "{field}：“{value}”不是整数，请填数字。",
        "{field}: “{value}” is not a whole number; write digits.",
    ),
    "not_a_flag": ("{field}：“{value}”应为是或否。", "{field}: “{value}” is neither yes nor no."),
    "not_a_choice": (
        "{field}：“{value}”不在可选范围内：{choices}。",
        "{field}: “{value}” is not one of {choices}.",
    ),
    "not_ids": (
        "{field}：“{value}”不是人员编号，请从名册中选择。",
        "{field}: “{value}” names nobody; choose from the roll.",
    ),
    "not_a_number": (
        "{field}：“{value}”不是编号，请核对。",
        "{field}: “{value}” is not a number of a paper; check it.",
    ),
    "not_a_time": (
        "{field}：“{value}”不是时刻，请写成 08:30。",
        "{field}: “{value}” is not a time; write 08:30.",
    ),
    "not_dates": ("{field}：请按事项分别填写日期。", "{field}: give a date for each act."),
    "not_an_act": (
        "{field}：更正后的事项须写明事项和日期。",
        "{field}: the replacement needs its act and its day.",
    ),
    "text_too_long": ("{field}：文字过长，最多{most}字。", "{field}: too long; {most} characters at most."),
    "field_unknown": (
        "“{field}”不是此事项的内容，请删去。",
        "“{field}” does not belong to this act; leave it out.",
    ),
    "field_missing": ("请填写{field}。", "{field} is needed."),
    "unreadable_field": (
        "{field}：“{value}”无法识别，请改正。",
        "{field}: “{value}” cannot be read; correct it.",
    ),
    "no_such_act": (
        "第{found}条不在这份档案里；现有第1至{last}条，请核对。",
        "There is no act {found} in this dossier; it has 1 to {last}.",
    ),
    "beginning_kept": (
        "第一条是档案的开始，只能更正为另一天或另一来源，不能取消；不再办理请用“终止”。",
        "The act that begins a dossier can be replaced, not taken back; use “closed” to end it.",
    ),
    "not_a_branch": (
        "{field}：“{value}”不是党支部，请从列表中选择。",
        "{field}: “{value}” is no branch; choose one from the list.",
    ),
    "other_day": (
        "该会议是{value}召开的，日期不一致，请核对。",
        "That meeting was held on {value}; the day of the act differs.",
    ),
    "decided_before": (
        "该会议已就此人作过“{value}”的决定，不能重复。",
        "That meeting has decided “{value}” on this person already.",
    ),
    "unknown_act": (
        "没有“{found}”这种办理事项，请从列表中选择。",
        "There is no act “{found}”; choose one from the list.",
    ),
    "taken": ("{field}“{found}”已被使用，请换一个。", "{field} “{found}” is in use; choose another."),
    "missing": ("请填写{field}。", "{field} is needed."),
    "not_one_of": (
        "{field}：“{found}”不在可选范围内：{choices}。",
        "{field}: “{found}” is not one of {choices}.",
    ),
    "looser_setting": (
        "设置项{field}：下级只能更严，“{found}”松于上级的“{needed}”。",
        "{field}: a lower unit may only be stricter; “{found}” is looser than the superior's “{needed}”.",
    ),
    "three_administrators": (
        "系统、安全、审计三类管理员须由三人分别担任；该用户已任{found}，请另选一人。",
        "System, security and audit administrator are three persons; this user is {found}. Choose another.",
    ),
    "id_number": (
        "身份证号有误：应为18位，末位校验码不符时请核对原件。",
        "The ID number is wrong: 18 characters with a matching check digit; compare it with the card.",
    ),
    "inconsistent": ("{detail}", "{detail}"),
    "short_password": ("密码至少12个字符。", "A password has 12 characters or more."),
    "not_found": (
        "没有找到这个{what}，或不在您的管辖范围内。请核对编号，或请上级授权。",
        "No such {what} within your reach. Check its number, or ask your superior for a grant.",
    ),
    "not_allowed": (
        "您的角色不能办理“{what}”；应由{needed}办理。",
        "Your role may not do “{what}”; it takes {needed}.",
    ),
    "stale_dossier": (
        "页面打开后，这份档案已有新的记录（现为第 {version} 条）。内容没有改动，请刷新后再办。",
        "The dossier has moved on since this page was opened (version {version}); reload it.",
    ),
    "key_reused": (
        "同一个请求编号已用于另一项内容。没有改动，请刷新页面后重新提交。",
        "This request key was already used with another body. Nothing was changed; reload the page.",
    ),
    "refused": ("按规定不能办理，档案没有改动。", "The rules refuse this act; the dossier is unchanged."),
    "not_writable": (
        "数据文件夹 {path} 不能写入（{detail}）。请检查权限和磁盘空间，或用 --data 另选文件夹。",
        "The data folder {path} cannot be written ({detail}). Check it, or choose another with --data.",
    ),
    "locked": (
        "另一个进程正在使用数据文件夹 {path}。请先停止它，或用 --data 另选文件夹。",
        "Another process uses the data folder {path}. Stop it first, or choose another folder with --data.",
    ),
    "no_database": (
        "{path} 里没有数据库。请先运行 recruit init。",
        "There is no database in {path}. Run recruit init first.",
    ),
    "old_database": (
        "{path} 的数据库结构不是本版本的。请先运行 recruit upgrade。",
        "The database in {path} is not of this version. Run recruit upgrade first.",
    ),
    "guards_missing": (
        "防篡改保护缺失（{found}），拒绝写入。请联系管理员查明原因后运行 recruit upgrade。",
        "Append-only guards are missing ({found}); nothing is written. Find out why; run recruit upgrade.",
    ),
    "keys_missing": (
        "缺少密钥（{path}），相关内容无法读取。请从密钥备份中恢复。",
        "A key is missing ({path}); what it seals cannot be read. Restore it from the backup of the keys.",
    ),
}


def words(id: str, language: str, values: Mapping[str, object]) -> str:  # noqa: A002 - the word of the whole project
    chinese, english = WORDS[id]
    return (english if language.startswith("en") else chinese).format_map(values)
