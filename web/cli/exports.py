"""`recruit audit export`: the offline bundle of the log."""

from pathlib import Path

import click

from recruit.clock import SystemClock
from recruit.commands.exports import ExportLog, console, export_log
from recruit.commands.sessions import actor_of_login
from recruit.context import Context
from web.cli.audit import audit
from web.cli.group import fail
from web.cli.records import open_record


@audit.command("export")
@click.argument("dossiers", nargs=-1)
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The zip file."
)
@click.option("--for", "reader", help="A log-in: only what this reader may see.")
@click.option("--contents", is_flag=True, help="With the personal part that the reader may see; needs --for.")
@click.pass_obj
def export(
    data: Path, dossiers: tuple[str, ...], output: Path, reader: str | None, *, contents: bool
) -> None:
    """Write a bundle that is checked without this program; every dossier in it is logged.

    Without DOSSIER the whole log.
    """
    if contents and reader is None:
        fail("recruit audit export: --contents needs --for LOGIN: somebody must be allowed to read them.")
    now = SystemClock().now()
    with open_record(data) as record:
        actor = console(record) if reader is None else actor_of_login(record, reader, now=now)
        if actor is None:
            fail(f"{reader}: no such log-in, or it is disabled.")
        context = Context(record=record, actor=actor, now=now)
        done = export_log(context, ExportLog(path=output, dossiers=dossiers, has_contents=contents))
    click.echo(
        f"{output}: {done.acts} acts, {done.events} events, {done.contents} contents, {done.hidden} hidden"
    )
    click.echo(f"key {done.key}", err=True)
