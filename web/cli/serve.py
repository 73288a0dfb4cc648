"""`recruit serve`: the pages, and the clock in the same process where no workers run it."""

import gc
from pathlib import Path

import click
from waitress.server import create_server

from recruit.clock import Clock, SystemClock
from recruit.record import Record
from web.app import create_app
from web.cli.clockwork import Clockwork, clock_of_pages, ended_by_a_signal
from web.cli.group import fail
from web.cli.language import terminal_language
from web.cli.records import open_record
from web.config import Config
from web.files.sizes import LARGEST_REQUEST
from web.fitness import refusals

THREADS = 3  # they share one interpreter: with more of them each answer waits for all the others
OBJECTS_BEFORE_A_SEARCH = 20_000  # a page makes some thousands, most of which go by themselves


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.pass_obj
def serve(data: Path, host: str, port: int) -> None:
    """Serve the pages until stopped, and tick where no workers do (RECRUIT_SCHEDULER)."""
    with open_record(data, write=True) as record:
        clock, config = SystemClock(), Config()
        for refusal in refusals(record, config):
            fail(refusal.zh if terminal_language() == "zh" else refusal.en)
        clockwork = clock_of_pages(record, clock)
        click.echo(f"http://{host}:{port}/", err=True)
        serve_record(record, clock, host=host, port=port, clockwork=clockwork, config=config)


def serve_record(
    record: Record, clock: Clock, *, host: str, port: int, clockwork: Clockwork, config: Config | None = None
) -> None:
    """Serve an open record until the process is stopped; a port in use ends with exit code 2."""
    app = create_app(record, clock, config=config)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident="recruit",
            clear_untrusted_proxy_headers=True,
            max_request_body_size=LARGEST_REQUEST,  # what is larger is never put on the disk
        )
    except OSError as error:
        fail(f"Port {port} on {host} cannot be used ({error.strerror}); choose another with --port.")
    _spare_what_stays()
    with ended_by_a_signal():
        clockwork.start()
        try:
            server.run()  # returns when it is told to end: the answers under way are given first
        finally:
            clockwork.stop()
            server.close()


def _spare_what_stays() -> None:
    """The collector of cycles never looks again through what lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)
