"""Whether the clock's due work gets done: what was set aside, and what hangs in the queue of the workers."""

from collections.abc import Callable, Iterator
from datetime import datetime

from recruit.checked import Checked
from recruit.queries.jobs import hanging_jobs
from recruit.queries.set_aside import set_aside
from recruit.record import Record
from workflows.errors import Sentence

_NAMED = 3


def _set_aside(record: Record, now: datetime) -> Iterator[Checked]:
    """Items that fail are tried again by each run; as long as they fail somebody is not reminded."""
    del now
    waiting = set_aside(record)
    zh, en = "没有处理不了的提醒。", "The clock set nothing aside."
    if waiting:
        named = ", ".join(f"{one.tick} {one.item} ({one.error})" for one in waiting[:_NAMED])
        zh = f"时钟有 {len(waiting)} 项处理不了，每次都会重试：{named}。时钟页面有全部清单。"
        en = f"The clock set {len(waiting)} items aside and tries them again: {named}. Its page lists all."
    yield Checked("set_aside", ok=not waiting, says=Sentence(zh=zh, en=en))


def _jobs(record: Record, now: datetime) -> Iterator[Checked]:
    """Only beside PostgreSQL: no worker has been at one task for five minutes."""
    if record.is_embedded:
        return
    hanging = hanging_jobs(record, now)
    if hanging is None:
        zh = "没有 recruit worker 用的任务队列；要用请运行 recruit upgrade。"
        en = "There is no queue for recruit worker; recruit upgrade makes it."
        yield Checked("jobs", ok=None, says=Sentence(zh=zh, en=en))
        return
    zh, en = "没有卡住的任务。", "No task of the workers hangs."
    if hanging:
        named = ", ".join(sorted({one.tick for one in hanging}))
        zh = f"有任务五分钟还没有做完：{named}。请看 recruit worker 的日志，必要时重新启动。"
        en = (
            f"Not done after five minutes: {named}. Look at the log of recruit worker; restart it if need be."
        )
    yield Checked("jobs", ok=not hanging, says=Sentence(zh=zh, en=en))


DUE_WORK: tuple[Callable[[Record, datetime], Iterator[Checked]], ...] = (_set_aside, _jobs)
