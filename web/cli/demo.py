"""`recruit demo`: the township's year, played and then served."""

from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True, slots=True)
class DemoOptions:
    folder: Path
    serve: bool
    json: bool
    port: int


@click.command()
@click.option("--no-serve", is_flag=True, help="Play the year and end.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.pass_context
def demo(context: click.Context, *, no_serve: bool, as_json: bool, port: int) -> None:
    """Play the township's plan of 2016 to the last act, then serve it as of 17 June 2016."""
    from web.demo import run_demo  # noqa: PLC0415 - the other commands need not load the demonstration

    data: Path = context.obj
    context.exit(run_demo(DemoOptions(folder=data / "demo", serve=not no_serve, json=as_json, port=port)))
