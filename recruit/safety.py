"""Whether the record could be lost, stay closed or be rewritten unseen: backups, keys, signatures."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from babel.dates import format_timedelta
from sqlalchemy import func, select

from recruit.checked import Checked
from recruit.content import content_place
from recruit.errors import BadNote, KeysMissing
from recruit.lately import BACKUP, VERIFIED, last
from recruit.log.signing import read_signer
from recruit.queries.checkpoints import OVERDUE, latest_signed, unsigned_age
from recruit.queries.witnessed import oldest_unwitnessed_age, witnessed_size
from recruit.record import Record
from recruit.tables import Content, Event, Heartbeat
from workflows.errors import Sentence

SILENCE = timedelta(minutes=3)  # three missed ticks of a minute
BACKUP_DUE = timedelta(hours=25)  # a day, and the hour that a daily one may slip
WITNESS_DUE = timedelta(hours=24)
VERIFIED_DUE = timedelta(days=30)


def is_ticking(record: Record, now: datetime) -> bool:
    """Whether the clock of the reminders has ticked in the last minutes."""
    with record.reading() as connection:
        beat = connection.execute(
            select(func.max(Heartbeat.at)).where(Heartbeat.tick == "sweep", Heartbeat.at <= now)
        ).scalar()
    return beat is not None and now - beat <= SILENCE


def _backup(record: Record, now: datetime) -> Iterator[Checked]:
    """A record that never had one is given as long as a backup may be old."""
    if record.url is not None:
        zh = "PostgreSQL 由 pg_dump 备份，这里看不到；请另行检查备份是否按时完成。"
        en = "PostgreSQL is backed up by pg_dump, which is not seen from here: look after it yourself."
        yield Checked("backup", ok=None, says=Sentence(zh=zh, en=en))
        return
    taken = last(record.folder, BACKUP)
    if taken is not None:
        hours = _hours(now - taken.at)
        zh, en = f"上次备份在 {hours} 小时前。", f"The last backup was taken {hours} hours ago."
        is_old = now - taken.at > BACKUP_DUE
        if is_old:
            zh, en = f"{zh}请马上备份，并检查定时任务。", f"{en} Take one now, and look at what should have."
        yield Checked("backup", ok=not is_old, says=Sentence(zh=zh, en=en))
        return
    with record.reading() as connection:
        begun = connection.execute(select(func.min(Event.recorded_at))).scalar()
    is_new = begun is None or now - begun <= BACKUP_DUE
    zh = "还没有备份过。请定时运行 recruit backup --into。"
    en = "No backup was ever taken. Let recruit backup --into run at set times."
    yield Checked("backup", ok=None if is_new else False, says=Sentence(zh=zh, en=en))


def _keys_fit(record: Record, now: datetime) -> Iterator[Checked]:
    """The newest sealed text opens with these keys: they are not those of another record."""
    del now
    with record.reading() as connection:
        newest = select(Content.act, Content.person, Content.sealed).order_by(Content.act.desc()).limit(1)
        row = connection.execute(newest).one_or_none()
    if row is None:
        return
    try:
        record.keys.unseal(row.person, content_place(row.act), row.sealed)
        is_right = True
    except KeysMissing:
        is_right = False
    zh, en = "密钥打得开最近的内容。", "The keys open the newest text."
    if not is_right:
        zh = "密钥打不开最近的内容：密钥文件夹不是这个数据库的。请从密钥备份中恢复。"
        en = "The keys do not open the newest text: they are not those of this database. Restore them."
    yield Checked("keys_fit", ok=is_right, says=Sentence(zh=zh, en=en))


def _log_key(record: Record, now: datetime) -> Iterator[Checked]:
    """The newest checkpoint bears the signature of the key that lies here."""
    del now
    with record.reading() as connection:
        latest = latest_signed(connection)
    if latest is None:
        return
    try:
        is_right = read_signer(record.keys_folder, epoch=latest.epoch).verifier.has_signed(latest.note)
    except (KeysMissing, BadNote):
        is_right = False
    zh, en = "签名密钥是签过日志的那一把。", "The key of the log is the one that signed it."
    if not is_right:
        zh = "keys/log.key 不是签过日志的那一把，日志不再签名。请从密钥备份中恢复。"
        en = "keys/log.key is not the key that signed the log, and signs no more. Restore it."
    yield Checked("log_key", ok=is_right, says=Sentence(zh=zh, en=en))


def _unsigned(record: Record, now: datetime) -> Iterator[Checked]:
    """Within a minute each act is under a signed checkpoint, as long as the clock runs."""
    age = unsigned_age(record, now=now)
    if age is None or age <= OVERDUE:
        says = Sentence(zh="日志及时签名。", en="The log is signed in time.")
        yield Checked("unsigned", ok=True, says=says)
        return
    zh = f"最早一条没有签名的记录等了 {format_timedelta(age, locale='zh_Hans_CN')}。"
    en = f"The oldest record that is not signed has waited {format_timedelta(age, locale='en')}."
    if is_ticking(record, now):
        zh, en = f"{zh}请运行 recruit audit verify 查明原因。", f"{en} recruit audit verify tells why."
        yield Checked("unsigned", ok=False, says=Sentence(zh=zh, en=en))
        return
    zh, en = f"{zh}recruit serve 开着才会签名。", f"{en} It is signed while recruit serve runs."
    yield Checked("unsigned", ok=None, says=Sentence(zh=zh, en=en))


def _unwitnessed(record: Record, now: datetime) -> Iterator[Checked]:
    """Only a checkpoint that is kept elsewhere shows a record that was rewritten with its signatures."""
    size = witnessed_size(record)
    if size is None:
        zh = "没有迹象表明有检查点带到外面保存过。请运行 recruit audit checkpoint -o，把文件交给别处保管。"
        en = "Nothing tells that a checkpoint left the house: take one out (recruit audit checkpoint -o)."
        yield Checked("unwitnessed", ok=None, says=Sentence(zh=zh, en=en))
        return
    age = oldest_unwitnessed_age(record, size=size, now=now)
    is_right = age is None or age <= WITNESS_DUE
    zh, en = "外面的检查点是一天以内的。", "What a checkpoint outside does not prove is not a day old."
    if age is not None and not is_right:
        zh = f"{_hours(age)} 小时以来的记录没有外面的检查点证明。请用 recruit audit checkpoint -o 写出一份。"
        en = f"For {_hours(age)} hours no checkpoint outside proves the newest records: take one out."
    yield Checked("unwitnessed", ok=is_right, says=Sentence(zh=zh, en=en))


def _verified(record: Record, now: datetime) -> Iterator[Checked]:
    """The whole log was verified not long ago, and nothing was found."""
    done = last(record.folder, VERIFIED)
    if done is not None and not done.ok:
        zh = "上次全面核对发现问题。请运行 recruit audit verify，查明以前不要改动任何文件。"
        en = "The last verification found something: run recruit audit verify, and change nothing before."
        yield Checked("verified", ok=False, says=Sentence(zh=zh, en=en))
        return
    if done is None or now - done.at > VERIFIED_DUE:
        zh = "三十天内没有全面核对过日志。请运行 recruit audit verify。"
        en = "The log was not verified in the last thirty days: run recruit audit verify."
        yield Checked("verified", ok=None, says=Sentence(zh=zh, en=en))
        return
    days = (now - done.at).days
    zh, en = f"{days} 天前全面核对过日志。", f"The log was verified {days} days ago."
    yield Checked("verified", ok=True, says=Sentence(zh=zh, en=en))


def _hours(age: timedelta) -> int:
    return int(age.total_seconds() // 3600)


SAFETY: tuple[Callable[[Record, datetime], Iterator[Checked]], ...] = (
    _backup,
    _keys_fit,
    _log_key,
    _unsigned,
    _unwitnessed,
    _verified,
)
