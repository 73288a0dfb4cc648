"""`recruit audit`: the log verified, the projections compared with the acts, the register scanned."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.handed_in import read_handed_in
from recruit.queries.scan import NOTHING_HANDED_IN, scan_record
from recruit.record import Record
from web.cli.group import fail
from web.cli.scanning import not_checked_lines, scanned_json, scanned_lines

ANSWER_IS_NO = 1


@click.group()
def audit() -> None:
    """Verify the log, compare what was computed from it, look for irregularities."""


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


@audit.command("scan")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; else the record's last day.")
@click.option(
    "--known",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A YAML file with what the record does not hold: kinship, elections, thresholds.",
)
@click.pass_context
def scan(context: click.Context, *, as_json: bool, on: datetime | None, known: Path | None) -> None:
    """Look for irregularities in each dossier and over all of them; ends with 1 if one is high."""
    handed_in = read_handed_in(known.read_bytes(), name=str(known)) if known else NOTHING_HANDED_IN
    with Record.open(_folder(context), write=False) as record:
        found = scan_record(record, on=on.date() if on else None, handed_in=handed_in)
    if as_json:
        click.echo(json.dumps(scanned_json(found), ensure_ascii=False))
        for line in not_checked_lines(found):
            click.echo(line, err=True)
    else:
        for line in scanned_lines(found):
            click.echo(line)
    is_high = any(one.finding.severity == "high" for one in found.irregularities)
    context.exit(ANSWER_IS_NO if is_high else 0)


def _folder(context: click.Context) -> Path:
    folder: Path = context.obj
    return folder
