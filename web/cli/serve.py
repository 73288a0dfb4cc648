"""`recruit serve`: the pages, and the clock in the same process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGTERM, signal
from types import FrameType
from typing import NoReturn

import click
from waitress.server import create_server

from notifications.ticker import Ticker
from recruit.clock import Clock, SystemClock
from recruit.record import Record
from web.app import create_app
from web.cli.group import fail
from web.cli.records import open_record
from web.config import Config

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.pass_obj
def serve(data: Path, host: str, port: int) -> None:
    """Serve the pages, and tick, until stopped."""
    with open_record(data, write=True) as record:
        click.echo(f"http://{host}:{port}/", err=True)
        serve_record(record, SystemClock(), host=host, port=port)


def serve_record(record: Record, clock: Clock, *, host: str, port: int, config: Config | None = None) -> None:
    """Serve an open record until the process is stopped; a port in use ends with exit code 2."""
    app = create_app(record, clock, config=config)
    try:
        server = create_server(
            app, host=host, port=port, threads=THREADS, ident="recruit", clear_untrusted_proxy_headers=True
        )
    except OSError as error:
        fail(f"Port {port} on {host} cannot be used ({error.strerror}); choose another with --port.")
    ticker = Ticker(record, clock)
    with _ended_by_a_signal():
        ticker.start()
        try:
            server.run()  # returns when it is told to end: the answers under way are given first
        finally:
            ticker.stop()
            server.close()


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """SIGTERM ends as Ctrl-C does: requests and tick are finished, then the record is closed."""
    before = signal(SIGTERM, _end)
    try:
        yield
    finally:
        signal(SIGTERM, before)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit
