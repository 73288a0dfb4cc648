"""What to do about each thing that the doctor finds wrong, for the person who reads it on a page."""

from collections.abc import Mapping

from recruit.checked import Checked
from workflows.errors import Sentence

_BY_ID: Mapping[str, tuple[str, str]] = {
    "sqlite": (
        "请系统管理员在方便时升级 Python 或 SQLite，再重新启动。",
        "Let the system administrator upgrade Python or SQLite when convenient, and restart.",
    ),
    "disk": (
        "删掉不用的文件或换大一点的磁盘；写满以后只能看、不能记。",
        "Remove what is not needed or take a larger disk; once it is full, only reading goes on.",
    ),
    "keys": (
        "在服务器上把密钥文件改成只有本人能读（chmod 600），并查明有没有人复制过。",
        "On the server make the files of keys 0600, and find out whether somebody copied them.",
    ),
    "restore": (
        "两名管理员各用自己的登录运行 recruit restore --confirm。",
        "Two administrators run recruit restore --confirm, each with an own log-in.",
    ),
    "postgres": (
        "为数据表另设所有者，见 docs/keeping.md。",
        "Give the tables another owner; see docs/keeping.md.",
    ),
    "guards": (
        "先查明是谁动过数据库，再运行 recruit upgrade 补上保护，然后全面核对日志。",
        "Find out who touched the database, put the guards back with recruit upgrade, then verify the log.",
    ),
    "database": (
        "运行 recruit upgrade，升级前先备份。",
        "Run recruit upgrade, with a backup before.",
    ),
    "calendar": (
        "国务院办公厅的通知公布以后，由系统管理员在“假日”页面录入并公布这一年。",
        "Once the State Council's notice is out, the system administrator enters and publishes the year.",
    ),
    "heartbeat": (
        "重新启动 recruit serve（或 recruit worker）；漏掉的提醒会补发。",
        "Start recruit serve (or recruit worker) again; what was missed is told then.",
    ),
    "administrators": (
        "由安全管理员给三个不同的人分别授予这三种角色；安全、审计管理员可以由上级组织的人担任。",
        "The security administrator grants the three roles to three persons; two may sit at the superior.",
    ),
    "crew": (
        "由安全管理员给缺的岗位授权；没有书记的支部，提醒会改发给上级党委。",
        "The security administrator grants the vacant roles; a branch without a secretary is told above.",
    ),
    "set_aside": (
        "在“时钟”页面看是哪一项；反复出现的，把编号告诉维护人员。",
        "Look at the page of the clock; tell the number of what stays there to whoever maintains this.",
    ),
    "jobs": (
        "重新启动卡住的 recruit worker，另一个会接着做。",
        "Restart the worker that hangs; another one goes on meanwhile.",
    ),
    "backup": (
        "马上运行 recruit backup --into 文件夹，并让它定时运行；备份和口令分开保管。",
        "Run recruit backup --into FOLDER now and at set times; keep backup and passphrase apart.",
    ),
    "keys_fit": (
        "从密钥备份恢复这个数据库自己的密钥文件夹；在那以前不要写入。",
        "Restore the keys of this very database from their backup, and write nothing before.",
    ),
    "log_key": (
        "从密钥备份恢复 keys/log.key；没有备份的，由两名管理员宣布新纪元。",
        "Restore keys/log.key from its backup; without one two administrators declare an epoch.",
    ),
    "unsigned": (
        "先看“时钟”是不是停了；没停的，运行 recruit audit verify。",
        "See whether the clock stands still; if it does not, run recruit audit verify.",
    ),
    "unwitnessed": (
        "运行 recruit audit checkpoint -o 文件，交给纪检或上级保管。",
        "Run recruit audit checkpoint -o FILE and give the file to somebody outside.",
    ),
    "verified": (
        "审计管理员运行 recruit audit verify，并记下结果。",
        "The audit administrator runs recruit audit verify and notes the result.",
    ),
}


def cure_of(checked: Checked) -> Sentence | None:
    """None where nothing has to be done."""
    if checked.ok is True:
        return None
    words = _BY_ID.get(checked.id) or _BY_ID.get(checked.id.partition("_")[0])
    return None if words is None else Sentence(zh=words[0], en=words[1])
