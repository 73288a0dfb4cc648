"""`recruit init`: the database, the keys, and a one-time link for the first administrators."""

from pathlib import Path

import click

from recruit.clock import SystemClock
from recruit.queries.organizations import is_founded
from web.cli.group import fail
from web.cli.records import create_record
from web.setup.token import MINUTES, new_token


@click.command()
@click.option(
    "--port", default=8000, show_default=True, help="The port under which `recruit serve` will answer."
)
@click.pass_obj
def init(data: Path, port: int) -> None:
    """Create the database, the keys and a one-time link; no default account, no default password."""
    with create_record(data) as record:
        if is_founded(record):
            fail(f"{data}: its administrators are already named; run `recruit --data {data} serve`.")
        token = new_token(record, SystemClock().now())
    click.echo(
        f"Ready. Start `recruit --data {data} serve --port {port}`, then open within {MINUTES} minutes:"
    )
    click.echo(f"http://127.0.0.1:{port}/setup/{token}")
