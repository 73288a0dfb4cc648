"""`recruit demo`: play the years, print the story, serve the copy of 17 June 2016."""

import json
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import click

from notifications.ticker import Ticker
from recruit.clock import MovedClock
from recruit.record import Record
from web.cli.group import fail
from web.cli.serve import serve_record
from web.config import Config
from web.demo.cast import Cast, load_cast
from web.demo.counts import counts_of
from web.demo.folders import JUNE, YEAR, copy_closed, held
from web.demo.local_law import read_plan
from web.demo.outcomes import StoryError
from web.demo.stage import log_ins
from web.demo.telling import Teller, composition, summary
from web.demo.year import JUNE as JUNE_AT
from web.demo.year import Audience, play_year

HOST = "127.0.0.1"
OPENING = (
    "演示数据：青河镇 2014 年至 2016 年发展党员工作。人名、地名、电话、证件号码均为虚构。",
    "计划没有定日子的步骤（拟发展对象、备案、介绍人、政治审查、集中培训、支部大会、",
    "党委审批），由演示放在合规的日子。",
    "[Invented data: a township's years 2014 to 2016.",
    " Steps that its plan names no day for are placed on legal days.]",
    "",
)


class Options(Protocol):
    """`folder`: where `year` and `june` lie; `json`: nothing but one JSON value on stdout."""

    @property
    def folder(self) -> Path: ...
    @property
    def serve(self) -> bool: ...
    @property
    def json(self) -> bool: ...
    @property
    def port(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The counts of the finished year and of the copy, and who was admitted."""

    year: Mapping[str, Any]
    june: Mapping[str, Any]
    admitted: list[str]


def run_demo(options: Options) -> int:
    """Play, print and, if asked, serve until stopped; gives the exit code.

    Raises `Locked` while another process holds the folder, `NotWritable`; a taken port ends with exit code 2.
    """
    if options.serve:
        _ensure_port(options.port)
    cast, password = load_cast(), _password()
    with held(options.folder):
        teller = Teller(_silent if options.json else click.echo)
        for line in OPENING:
            teller.say(line)
        played = _play(options.folder, cast, password, teller)
        if options.json:
            click.echo(json.dumps({**played.year, "june": played.june}, ensure_ascii=False))
        else:
            _summarize(cast, played)
        if options.serve:
            _serve(options, cast, password)
    return 0


def _play(folder: Path, cast: Cast, password: str, teller: Teller) -> Played:
    june: dict[str, Any] = {}

    def copied(record: Record) -> Record:
        opened.append(copy_closed(record, folder / JUNE))
        with Record.open(folder / JUNE, write=False) as copy:
            june.update(_sound(counts_of(copy)))
        return opened[-1]

    audience = Audience(told=teller.told, reminded=teller.reminded, noted=teller.noted, copied=copied)
    opened = [Record.create(folder / YEAR)]
    try:
        play_year(opened[-1], cast, password=password, audience=audience)
        year = _sound(counts_of(opened[-1]))
    finally:
        opened[-1].close()
    teller.finish()
    return Played(year=year, june=june, admitted=teller.admitted)


def _sound(counts: dict[str, Any]) -> dict[str, Any]:
    if not counts["log"]["verified"]:
        raise StoryError("the log does not verify")
    return counts


def _summarize(cast: Cast, played: Played) -> None:
    lines = [
        "",
        *summary(played.june, "2016 年 6 月 17 日 08:30 [the copy of 17 June 2016]"),
        *summary(played.year, "2016 年底 [the end of 2016]"),
        *composition(cast, played.admitted, read_plan()),
    ]
    for line in lines:
        click.echo(line)


def _serve(options: Options, cast: Cast, password: str) -> None:
    """The copy of June, its clock running on from that morning."""
    with Record.open(options.folder / JUNE) as record:
        for line in _invitation(options, cast, password):
            click.echo(line, err=options.json)
        config = Config(demo=True, help_name="镇组织办小刘", help_phone="0900-555 0123")
        clock = MovedClock(start=JUNE_AT, running=True)
        ticker = Ticker(record, clock)
        serve_record(record, clock, host=HOST, port=options.port, clockwork=ticker, config=config)


def _invitation(options: Options, cast: Cast, password: str) -> list[str]:
    other = options.port + 1
    who = [f"    {login:<14}{what}" for login, what in log_ins(cast).items()]
    finished = f"recruit --data {options.folder / YEAR} serve"
    return [
        "",
        f"http://{HOST}:{options.port}/  （2016年6月17日 08:30 起；Ctrl+C 停止 [Ctrl+C stops]）",
        f"  密码 [password]：{password}  （随机生成，所有用户相同 [made for this run, for all users]）",
        "  演示登录不问手机验证码，可在“我的设置”里试 [no code is asked for; try it in My settings]",
        "  用户名 [log-ins]：",
        *who,
        f"  看全年 [the finished year]：RECRUIT_DEMO=true {finished} --port {other}",
    ]


def _ensure_port(port: int) -> None:
    """Before the years are played: ends with exit code 2 when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as taken:
            reason = getattr(taken, "strerror", None) or str(taken)
            fail(f"Port {port} on {HOST} cannot be used ({reason}); choose another with --port.")


def _password() -> str:
    """New for each run; there is none in the code."""
    return f"qinghe-{secrets.token_hex(5)}"


def _silent(_line: str) -> None:
    """Say nothing: with `--json` the story is not printed."""
