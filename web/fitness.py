"""What keeps the counter from being served: each reason in both languages, with its cure."""

import stat
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask.helpers import get_debug_flag

from recruit.record import Record
from web.config import Config
from web.secret import PAGE_KEY_BYTES, page_key_file
from workflows.errors import Sentence

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def refusals(record: Record, config: Config) -> Iterator[Sentence]:
    """Beside what opening the record refuses already: missing guards, a master key that others may read."""
    if get_debug_flag():
        zh = "调试方式开着（FLASK_DEBUG），不启动：出错页会把内部内容给别人看。请去掉这个环境变量。"
        en = "Debugging is on (FLASK_DEBUG): error pages would show what is inside. Unset it, then start."
        yield Sentence(zh=zh, en=en)
    yield from _of_the_secret(record)
    address = urlsplit(config.base_url)
    if config.base_url and address.scheme != "https" and address.hostname not in _THIS_MACHINE:
        zh = f"RECRUIT_BASE_URL 是 {config.base_url}，不启动：密码会明文传送。请改为 https:// 开头。"
        en = (
            f"RECRUIT_BASE_URL is {config.base_url}: passwords would travel in clear. It must begin https://."
        )
        yield Sentence(zh=zh, en=en)


def _of_the_secret(record: Record) -> Iterator[Sentence]:
    file = page_key_file(record.keys_folder)
    if not file.exists():
        return  # made at this start
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        zh = f"{file} 别人也能读，不启动。请改为 0600，并换一个：删掉它，下次启动时重新生成。"
        en = (
            f"Others may read {file}. Make it 0600 and replace it: delete it, the next start makes a new one."
        )
        yield Sentence(zh=zh, en=en)
    if file.stat().st_size < PAGE_KEY_BYTES:
        zh = f"{file} 太短，签名可被猜出，不启动。请删掉它，下次启动时重新生成。"
        en = f"{file} is too short to sign with. Delete it; the next start makes a new one."
        yield Sentence(zh=zh, en=en)
