"""`recruit worker`: the clock alone, without pages."""

from pathlib import Path
from threading import Event

import click

from recruit.clock import SystemClock
from web.cli.clockwork import clock_of_worker, ended_by_a_signal, scheduler_of
from web.cli.records import open_record


@click.command()
@click.pass_obj
def worker(data: Path) -> None:
    """Run the clock alone until stopped: any number of them on PostgreSQL, one on the embedded database."""
    with open_record(data, write=True) as record:
        clock = clock_of_worker(record, SystemClock())
        click.echo(f"clock: {scheduler_of(record)}", err=True)
        with ended_by_a_signal():
            clock.start()
            try:
                Event().wait()
            except KeyboardInterrupt:
                click.echo("clock: stopped", err=True)
            finally:
                clock.stop()
