"""`recruit audit`: the log verified, and the projections compared with the acts."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.record import Record
from web.cli.group import fail

ANSWER_IS_NO = 1


@click.group()
def audit() -> None:
    """Verify the log and compare what was computed from it."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def verify_log(context: click.Context, *, as_json: bool) -> None:
    """Check every act and event of the live log; nothing checked is a failure."""
    with Record.open(_folder(context), write=False) as record:
        found = verify(record)
    answer = {
        "ok": found.ok,
        "acts": found.acts,
        "events": found.events,
        "links": found.links,
        "leaves": 0,
        "checkpoints": 0,
        "first_bad": found.first_bad,
        "problems": list(found.problems),
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(
            f"{found.acts} acts, {found.events} events, {found.links} links, {found.contents} contents"
        )
        for problem in found.problems:
            click.echo(f"BAD {problem}")
        click.echo("ok" if found.ok else "not ok")
    context.exit(0 if found.ok else ANSWER_IS_NO)


@audit.command("rebuild")
@click.option("--check", is_flag=True, help="Only compare; needed, for nothing is rewritten.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def rebuild(context: click.Context, *, check: bool, as_json: bool) -> None:
    """Fold every dossier anew and compare it with what is stored."""
    if not check:
        fail("recruit audit rebuild: nothing is rewritten; run it with --check to compare.")
    with Record.open(_folder(context), write=False) as record:
        found = check_projections(record)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        for difference in found.differences:
            click.echo(f"BAD {difference}")
        click.echo(f"{found.dossiers} dossiers compared, {len(found.differences)} differences")
    context.exit(0 if found.ok else ANSWER_IS_NO)


def _folder(context: click.Context) -> Path:
    folder: Path = context.obj
    return folder
