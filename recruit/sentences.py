"""What the errors of the record say, in Chinese and English: what, by which rule, how to mend it."""

from collections.abc import Mapping

from recruit.files.sentences import FILES
from recruit.sentences_of_accounts import OF_ACCOUNTS
from recruit.sentences_of_administration import ADMINISTRATION
from recruit.sentences_of_meetings import OF_MEETINGS
from recruit.sentences_of_opinions import OF_OPINIONS

WORDS: Mapping[str, tuple[str, str]] = {
    **ADMINISTRATION,
    **OF_ACCOUNTS,
    **OF_OPINIONS,
    **OF_MEETINGS,
    "bad_input": ("填写有误：{detail}", "The input cannot be used: {detail}"),
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
    "entered_before": (
        "{found}已登记过；要改动，请写明原因。",
        "{found} is entered already; to change it say why.",
    ),
    "done_before": (
        "这一期已经记过，是{found}办的；要改，请用“更正”。",
        "This period is done already, on {found}; to change it use the correction.",
    ),
    "not_done_yet": ("这一期还没有记过，不用更正。", "Nothing is recorded for this period yet."),
    "not_yet_done": (
        "{found}还没有到，办完了再记。",
        "{found} has not come yet; record it when it is done.",
    ),
    "before_its_period": (
        "{found}早于这一期的第一天（{needed}），请核对。",
        "{found} comes before the first day of this period ({needed}).",
    ),
    "not_to_be_rung": (
        "这条提醒不用给这个人打电话，请从电话单上选。",
        "This reminder is not for that person; choose from the call sheet.",
    ),
    "not_the_next_year": (
        "节假日安排要逐年公布：下一个是{needed}年，不是{found}年。",
        "Calendar years are published one after the other: {needed} comes next, not {found}.",
    ),
    "reaches_back": (
        "从{found}起已有记录在案，不能倒追；请填今天或以后的日期。",
        "Acts from {found} on are recorded; a setting cannot reach back over them. Take today or later.",
    ),
    "file_permanent": (
        "本人是党员（含预备党员）：党员档案要永久保存，不能删除。",
        "The person is a member, full or probationary: such files are kept for good and never erased.",
    ),
    "dossier_open": (
        "还有档案没有结束，不能删除；请先由所在支部办结或终止。",
        "A dossier is still open and cannot be erased; its branch has to bring it to an end first.",
    ),
    "erased_before": (
        "这个人的资料已经删除，没有可删的了。",
        "This person has been erased already; nothing is left to erase.",
    ),
    "erasure_waits": (
        "已有一份删除提请在等确认，不用再提；要改，请先撤回那一份。",
        "A proposal to erase this person waits already; to change it, withdraw that one first.",
    ),
    "retention_runs": (
        "保存期到{needed.year}年{needed.month}月{needed.day}日才满，在这以前不能以“保存期满”删除。",
        "The time of keeping ends on {needed}; before that day “retention over” is no ground.",
    ),
    "not_one_of": (
        "{field}：“{found}”不在可选范围内：{choices}。",
        "{field}: “{found}” is not one of {choices}.",
    ),
    "too_many_dossiers": (
        "一次最多导出 {most} 份档案，请选一个支部，或者选人。",
        "At most {most} dossiers are exported at once; choose a branch, or persons.",
    ),
    "three_administrators": (
        "系统、安全、审计三类管理员须由三人分别担任；该用户已任{found}，请另选一人。",
        "System, security and audit administrator are three persons; this user is {found}. Choose another.",
    ),
    "id_number": (
        "身份证号有误：应为18位，末位校验码不符时请核对原件。",
        "The ID number is wrong: 18 characters with a matching check digit; compare it with the card.",
    ),
    "name_too_long": ("{field}太长，最多{most}个字。", "{field} is too long; {most} characters at most."),
    "past_day": (
        "{field}{found}已经过去，请填今天或以后的日期。",
        "{field}: {found} is past; take today or later.",
    ),
    "wrong_password": ("原密码不对，请再试一次。", "The old password does not match; try again."),
    "mail_address": (
        "这不是邮箱地址，请核对，如 name@example.cn。",
        "This is no mail address; compare it, such as name@example.cn.",
    ),
    "phone_number": ("这不是手机号，请核对。", "This is no telephone number; compare it."),
    "robot_url": (
        "群机器人的地址要以 https:// 开头，请从群里整条复制。",
        "The address of a robot begins with https://; copy it whole from the group.",
    ),
    "how_many": (
        "请至少选一条消息；一次最多{most}条。",
        "Choose at least one message, at most {most} at once.",
    ),
    "future_meeting": ("会议日期在将来，请改正。", "The meeting lies in the future; correct its day."),
    "wrong_presence": (
        "到会人数有误：不能少于零，也不能多于应到人数。",
        "The number present is wrong: not below zero, not above those entitled.",
    ),
    "short_password": ("密码至少12个字符。", "A password has 12 characters or more."),
    "nothing_lost": (
        "日志与上次签名仍然衔接，没有丢失记录，无须宣布新纪元。",
        "The log still extends what was signed last: nothing was lost, and there is no epoch to declare.",
    ),
    "not_found": (
        "没有找到这个{what}，或不在您的管辖范围内。请核对编号，或请上级授权。",
        "No such {what} within your reach. Check its number, or ask your superior for a grant.",
    ),
    "not_allowed": (
        "您的角色不能办理“{what}”；应由{needed}办理。",
        "Your role may not do “{what}”; it takes {needed}.",
    ),
    "count_as_one": (
        "您和经办人之间有代办关系，按一个人算。请另外一个人确认。",
        "One of you stands in for the other, so you two count as one. Somebody else must confirm.",
    ),
    "nothing_to_lend": (
        "{field}：这个人在这段时间没有可以代办的职责。管理和审计职责不能代办。",
        "{field}: no role in that time that could be stood in for; administering and auditing have none.",
    ),
    "not_a_colleague": (
        "{field}：要选同一党委范围内、有职责、能登录的人，不能是管理或审计人员。",
        "{field}: somebody with a log-in and a role under the same committee, no administrator or auditor.",
    ),
    "oneself": (
        "{field}：不能由本人代办，也不能由指定的人自己代办，请另选一人。",
        "{field}: neither the absent person nor whoever names the stand-in; choose another.",
    ),
    "chain": (
        "{field}：这段时间里此人已有代办关系，不能一层转一层，请先结束那一个。",
        "{field}: stands in, or is stood in for, in that time already; end that first, there are no chains.",
    ),
    "days_reversed": (
        "{field}：不能早于开始的那一天。",
        "{field}: not before the day on which it begins.",
    ),
    "day_over": (
        "{field}：{found}已经过去，请填今天或以后的日期。",
        "{field}: {found} is over; take today or a later day.",
    ),
    "day_too_far": (
        "{field}：最晚到{needed}。",
        "{field}: {needed} at the latest.",
    ),
    "substitute_over": (
        "这次代办已经结束或被谢绝，请重新指定。",
        "This has ended or was declined; name somebody anew.",
    ),
    "no_working_day": (
        "{field}：{found}不是工作日，请换一个工作日。",
        "{field}: {found} is no working day; choose one.",
    ),
    "due_now": (
        "今天到期或已经过期的，不能再往后推，请尽快办。",
        "What is due today or overdue cannot be put off; do it soon.",
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
    "busy": (
        "{path} 正忙或没有应答，什么也没有写入。请稍等几秒再发一次。",
        "{path} is busy or does not answer; nothing was written. Wait some seconds and send it again.",
    ),
    "no_driver": (
        "没有安装 PostgreSQL 驱动。请安装 recruit[postgres]，或去掉 RECRUIT_DATABASE_URL。",
        "There is no driver for PostgreSQL: install recruit[postgres], or unset RECRUIT_DATABASE_URL.",
    ),
    "unfit_server": (
        "PostgreSQL {found} 不能用：需要 15 以上、编码 UTF8。",
        "PostgreSQL {found} does not fit: version 15 or later with the encoding UTF8 is needed.",
    ),
    "no_database": (
        "{path} 里没有数据库。请先运行 recruit init。",
        "There is no database in {path}. Run recruit init first.",
    ),
    "old_database": (
        "{path} 的数据库结构不是本版本的，没有打开。请先运行 recruit upgrade。",
        "The database in {path} is not of this version and was not opened. Run recruit upgrade first.",
    ),
    "no_scheduler": (
        "RECRUIT_SCHEDULER 不能是 {found}：SQLite 用 embedded，PostgreSQL 用 procrastinate 或 embedded。",
        "RECRUIT_SCHEDULER cannot be {found}: SQLite takes embedded, PostgreSQL procrastinate or embedded.",
    ),
    "would_lose": (
        "数据库不能退回旧结构：{table} 里的记录会丢失，没有改动。请改用那个版本的备份。",
        "The structure does not go back: what is in {table} would be lost. Restore a backup of that version.",
    ),
    "guards_missing": (
        "防篡改保护缺失（{found}），不再写入。请先查明是谁动过数据库，再从备份恢复。",
        "Append-only guards are missing ({found}); nothing is written. Find out why, then restore a backup.",
    ),
    "log_in_locked": (
        "密码输错太多次，请{minutes}分钟后再试；急用请找安全管理员解除。",
        "Too many failed attempts. Try again in {minutes} minutes, or ask the security administrator.",
    ),
    "keys_exposed": (
        "密钥文件 {path} 别人也能读，没有打开。请改为只有本人能读（chmod 600），并查明有没有人复制过。",
        "Others than its owner may read {path}; nothing was opened. Make it 0600; find out who copied it.",
    ),
    "bad_backup": (
        "备份 {path} 不能用（{detail}）：口令不对，或文件被改动、截断。没有恢复，请核对口令或换一份备份。",
        "The backup {path} is of no use ({detail}): wrong passphrase or changed file. Nothing is restored.",
    ),
    "restored_another": (
        "备份（{leaves} 条）与外面保存的检查点（{size} 条）对不上：记录被改写过。没有恢复，请告诉审计员。",
        "The backup ({leaves} entries) contradicts the checkpoint kept outside ({size}): it was rewritten.",
    ),
    "bad_ledger": (
        "删除登记 {path} 第 {line} 行读不出来，没有恢复。请换一份完整的登记；它只能增加，不能改动。",
        "Line {line} of the ledger {path} cannot be read; nothing is restored. Take a whole copy of it.",
    ),
    "awaiting_confirmation": (
        "{path} 是从备份恢复的，两名管理员确认以前只能查看。请运行 recruit restore --confirm。",
        "{path} was restored and is read-only until two administrators run recruit restore --confirm.",
    ),
    "folder_in_use": (
        "文件夹 {found} 里已有文件，不会覆盖。请用 --data 指定一个新文件夹。",
        "The folder {found} is not empty and is never overwritten. Name a new one with --data.",
    ),
    "bad_note": (
        "无法读取检查点或公钥（{detail}）。请核对文件是否完整。",
        "The checkpoint or key cannot be read ({detail}). Check that the file is whole.",
    ),
    "not_extending": (
        "日志与上次签名不衔接（{detail}），停止签名。恢复过备份的，由两名管理员运行 recruit audit epoch。",
        "The log does not extend what was signed last ({detail}). After a restore run recruit audit epoch.",
    ),
    "not_witnessed": (
        "没有见证：{detail}。请向对方索取检查点和衔接证明，必要时当面核对。",
        "Not witnessed: {detail}. Ask the house for its checkpoint with a proof, and talk to it if need be.",
    ),
    "keys_missing": (
        "缺少密钥（{path}），相关内容无法读取。请从密钥备份中恢复。",
        "A key is missing ({path}); what it seals cannot be read. Restore it from the backup of the keys.",
    ),
    **FILES,
}
