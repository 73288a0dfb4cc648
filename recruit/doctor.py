"""What a record needs to be in good health: each thing checked and said in both languages, with its cure."""

import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from recruit.checked import Checked
from recruit.clock import civil_day
from recruit.context import ADMINISTRATORS
from recruit.due_work import DUE_WORK
from recruit.errors import RecordError
from recruit.guards import missing_guards
from recruit.migrate import HEAD, revision_of
from recruit.privileges import owns_the_guarded
from recruit.queries.crew import Crew, crews
from recruit.queries.years import calendar_years
from recruit.record import RESTORED, Record
from recruit.safety import SAFETY, is_ticking
from recruit.tables import Grant, User
from workflows.errors import Language, Sentence
from workflows.words import label

LEAST_FREE = 500 * 1024 * 1024
WAL_MENDED = (3, 51, 3)  # before it two connections may corrupt the log in one rare moment
_MEGABYTE = 1024 * 1024
_NAMED = 5


def examine(folder: Path, now: datetime, *, url: str | None = None) -> tuple[Checked, ...]:
    """Every check; a record that cannot be opened gives the one that says why."""
    found = list(_of_folder(folder, is_embedded=url is None))
    try:
        with Record.open(folder, url=url, write=False) as record:
            found.extend(_of_record(record, now))
    except RecordError as refused:
        found.append(
            Checked("database", ok=False, says=Sentence(zh=_plain(refused, "zh"), en=_plain(refused, "en")))
        )
    return tuple(found)


def examine_open(record: Record, now: datetime) -> tuple[Checked, ...]:
    """As `examine`, of a record that is open already."""
    return (*_of_folder(record.folder, is_embedded=record.is_embedded), *_of_record(record, now))


def _of_folder(folder: Path, *, is_embedded: bool) -> Iterator[Checked]:
    if is_embedded:
        yield _sqlite()
    yield _disk(folder)
    yield from _keys(folder)
    yield from _restore(folder)


def _of_record(record: Record, now: datetime) -> Iterator[Checked]:
    for check in CHECKS:
        yield from check(record, now)


def _plain(refused: RecordError, language: Language) -> str:
    return _plain_name(refused.message(language))


def _sqlite() -> Checked:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= WAL_MENDED:
        return Checked("sqlite", ok=True, says=Sentence(zh=f"SQLite {version}。", en=f"SQLite {version}."))
    zh = f"SQLite {version} 早于 3.51.3，极少数情况下两处同时写会损坏日志；本系统只用一处写，仍建议升级。"
    en = (
        f"SQLite {version} is older than 3.51.3, whose log two writers could damage in one rare moment; "
        "here one connection writes. An upgrade is advised all the same."
    )
    return Checked("sqlite", ok=None, says=Sentence(zh=zh, en=en))


def _disk(folder: Path) -> Checked:
    place = next((one for one in (folder, *folder.parents) if one.exists()), Path.cwd())
    free = shutil.disk_usage(place).free
    megabytes = free // _MEGABYTE
    zh, en = f"磁盘剩余 {megabytes} MB。", f"{megabytes} MB are free on the disk."
    if free < LEAST_FREE:
        zh, en = f"磁盘只剩 {megabytes} MB，请清理。", f"Only {megabytes} MB are free on the disk: make room."
    return Checked("disk", ok=free >= LEAST_FREE, says=Sentence(zh=zh, en=en))


def _keys(folder: Path) -> Iterator[Checked]:
    keys = folder / "keys"
    if not keys.is_dir():
        return
    readable = [
        one.name for one in sorted(keys.iterdir()) if one.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if readable:
        names = ", ".join(readable)
        zh, en = f"密钥文件 {names} 别人也能读，请改为 0600。", f"Others may read {names}: make it 0600."
    else:
        zh, en = "密钥文件只有本人能读。", "The keys are readable by their owner alone."
    yield Checked("keys", ok=not readable, says=Sentence(zh=zh, en=en))


def _restore(folder: Path) -> Iterator[Checked]:
    if (folder / RESTORED).exists():
        zh, en = (
            "恢复的备份等待两名管理员确认。",
            "A restored backup waits for two administrators to confirm it.",
        )
        yield Checked("restore", ok=False, says=Sentence(zh=zh, en=en))


def _server(record: Record, now: datetime) -> Iterator[Checked]:
    """On PostgreSQL the role that serves owns nothing: it could take the guards away."""
    del now
    if record.is_embedded:
        return
    with record.reading() as connection:
        version = ".".join(map(str, connection.dialect.server_version_info or ()))
        is_owner = owns_the_guarded(connection)
    zh, en = f"PostgreSQL {version}。", f"PostgreSQL {version}."
    if is_owner:
        zh += "程序使用的角色拥有这些表，可以取消防篡改保护：请另设所有者（RECRUIT_DATABASE_OWNER_URL）。"
        en += (
            " The role that serves owns the tables and could drop their guards: "
            "name another owner (RECRUIT_DATABASE_OWNER_URL)."
        )
    yield Checked("postgres", ok=None if is_owner else True, says=Sentence(zh=zh, en=en))


def _structure(record: Record, now: datetime) -> Iterator[Checked]:
    del now
    with record.reading() as connection:
        missing, revision = missing_guards(connection), revision_of(connection)
    zh, en = "防篡改保护都在。", "The append-only guards stand."
    if missing:
        names = ", ".join(missing)
        zh, en = (
            f"防篡改保护缺失：{names}。",
            f"Append-only guards are missing: {names}. Find out who removed them.",
        )
    yield Checked("guards", ok=not missing, says=Sentence(zh=zh, en=en))
    structure = Sentence(zh=f"数据库结构 {revision}。", en=f"The structure of the database is {revision}.")
    yield Checked("database", ok=revision == HEAD, says=structure)


def _calendar_years(record: Record, now: datetime) -> Iterator[Checked]:
    """This year's official notice is known, and next year's from 15 November on."""
    for one in calendar_years(record, now):
        zh, en = f"{one.year} 年放假安排已录入。", f"The calendar of {one.year} is entered."
        if not one.is_known:
            zh = f"{one.year} 年放假安排还没有录入，期限暂按周末计算；请系统管理员录入。"
            en = f"The calendar of {one.year} is not entered: its deadlines are provisional until it is."
        yield Checked(f"calendar_{one.year}", ok=one.is_known, says=Sentence(zh=zh, en=en))


def _clock(record: Record, now: datetime) -> Iterator[Checked]:
    is_running = is_ticking(record, now)
    zh, en = "提醒的时钟在走。", "The clock of the reminders runs."
    if not is_running:
        zh = "提醒的时钟没有走：没有人会收到提醒。请运行 recruit serve 或 recruit worker。"
        en = "The clock of the reminders does not run: nobody is reminded. Start recruit serve or worker."
    yield Checked("heartbeat", ok=is_running, says=Sentence(zh=zh, en=en))


def _administrators(record: Record, now: datetime) -> Iterator[Checked]:
    """System, security and audit administrator: three seats, three persons, none vacant."""
    today = civil_day(now)
    with record.reading() as connection:
        rows = connection.execute(
            select(Grant.role, Grant.user)
            .join(User, User.id == Grant.user)
            .where(
                Grant.role.in_(ADMINISTRATORS),
                Grant.from_on <= today,
                Grant.to_on.is_(None) | (Grant.to_on >= today),
                User.disabled_at.is_(None),
            )
        ).all()
    vacant = sorted(ADMINISTRATORS - {row.role for row in rows})
    several = {
        user for user in (row.user for row in rows) if len({r.role for r in rows if r.user == user}) > 1
    }
    zh, en = "三类管理员由三人分任。", "The three administrators are three persons."
    if vacant or several:
        names = ", ".join(vacant)
        zh = f"管理员空缺：{names}。" if vacant else "有人兼任两类管理员。"
        en = f"Vacant: {names}." if vacant else "Somebody holds two administrators' seats."
    yield Checked("administrators", ok=not vacant and not several, says=Sentence(zh=zh, en=en))


def _crew(record: Record, now: datetime) -> Iterator[Checked]:
    """What the procedure needs: a secretary in each branch; where it approves, two persons and a member."""
    with record.reading() as connection:
        found = crews(connection, civil_day(now))
    lacking = [crew for crew in found if not crew.is_complete]
    if not lacking:
        zh, en = "各组织最少要有的人都齐了。", "Every organization has its smallest crew."
        yield Checked("crew", ok=True, says=Sentence(zh=zh, en=en))
        return
    named = lacking[:_NAMED]
    zh = "；".join(f"{_plain_name(one.name)}：{_lacks(one, 'zh')}" for one in named)
    en = "; ".join(f"{_plain_name(one.name)}: {_lacks(one, 'en')}" for one in named)
    rest = len(lacking) - len(named)
    zh = f"缺人的组织 {len(lacking)} 个。{zh}" + (f"；另有 {rest} 个" if rest else "") + "。"
    en = f"Short of people: {len(lacking)}. {en}" + (f"; {rest} more" if rest else "") + "."
    yield Checked("crew", ok=None, says=Sentence(zh=zh, en=en))


def _lacks(crew: Crew, language: Language) -> str:
    if crew.is_one_person:
        return "经办和决定是同一个人" if language == "zh" else "one person records and decides"
    names = [label("role", role, language) for role in crew.vacant]
    return f"缺{'、'.join(names)}" if language == "zh" else f"no {', '.join(names)}"


def _plain_name(name: str) -> str:
    return name.replace("{", "(").replace("}", ")")


CHECKS: tuple[Callable[[Record, datetime], Iterator[Checked]], ...] = (
    _server,
    _structure,
    _calendar_years,
    _clock,
    _administrators,
    _crew,
    *DUE_WORK,
    *SAFETY,
)
