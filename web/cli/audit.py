"""`recruit audit`: the log verified, the projections compared with the acts, the register scanned."""

import json
import zipfile
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from recruit.clock import SystemClock
from recruit.lately import VERIFIED, note
from recruit.log.offline.check import check_bundle, read_bundle
from recruit.log.offline.main import shown
from recruit.log.rebuild import check_projections
from recruit.log.verify import Verified, verify
from recruit.queries.handed_in import read_handed_in
from recruit.queries.scan import NOTHING_HANDED_IN, scan_record
from web.cli.group import fail
from web.cli.records import open_record
from web.cli.scanning import not_checked_lines, scanned_json, scanned_lines

ANSWER_IS_NO = 1
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
COUNTED = ("ok", "acts", "events", "links", "leaves", "checkpoints", "first_bad", "problems")


@click.group()
def audit() -> None:
    """Verify the log, sign it, hand out what others check it by, and look for irregularities."""


@audit.command("verify")
@click.argument("bundle", required=False, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--checkpoint", type=FILE, help="A signed checkpoint that was kept outside: it must still hold."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def verify_log(
    context: click.Context, *, bundle: Path | None, checkpoint: Path | None, as_json: bool
) -> None:
    """Check the live log, or an exported BUNDLE; nothing checked is a failure."""
    if bundle is not None:
        answer, lines = _of_bundle(bundle, checkpoint)
    else:
        answer, lines = _of_record(_folder(context), checkpoint)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo("\n".join(lines))
    context.exit(0 if answer["ok"] else ANSWER_IS_NO)


@audit.command("rebuild")
@click.option("--check", is_flag=True, help="Only compare; needed, for nothing is rewritten.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def rebuild(context: click.Context, *, check: bool, as_json: bool) -> None:
    """Fold every dossier anew and compare it with what is stored."""
    if not check:
        fail("recruit audit rebuild: nothing is rewritten; run it with --check to compare.")
    with open_record(_folder(context), write=False) as record:
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
    with open_record(_folder(context), write=False) as record:
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


def _of_record(folder: Path, checkpoint: Path | None) -> tuple[dict[str, Any], list[str]]:
    outside = None if checkpoint is None else checkpoint.read_text("utf-8", errors="replace")
    with open_record(folder, write=False) as record:
        found = verify(record, outside=outside)
    with suppress(OSError):  # an auditor may have no right to write here; the answer is the same
        counts = {"acts": found.acts, "events": found.events, "problems": len(found.problems)}
        note(folder, VERIFIED, at=SystemClock().now(), **counts)
    answer = {name: getattr(found, name) for name in COUNTED}
    return {**answer, "problems": list(found.problems)}, _lines(found)


def _lines(found: Verified) -> list[str]:
    counted = (
        f"{found.acts} acts, {found.events} events, {found.links} links, {found.leaves} leaves, "
        f"{found.checkpoints} checkpoints, {found.contents} contents, {found.files} files"
    )
    unsigned = (
        [] if found.checkpoints else ["NOTE no checkpoint is signed yet: nothing outside can prove this log"]
    )
    return [
        *(f"BAD {problem}" for problem in found.problems),
        *unsigned,
        counted,
        "ok" if found.ok else "not ok",
    ]


def _of_bundle(path: Path, checkpoint: Path | None) -> tuple[dict[str, Any], list[str]]:
    try:
        files = read_bundle(path)
    except (OSError, zipfile.BadZipFile, RuntimeError) as wrong:
        fail(f"{path}: this is no bundle of the log ({wrong}).")
    report = check_bundle(files, None if checkpoint is None else checkpoint.read_bytes())
    return report.answer(), shown(report)


def _folder(context: click.Context) -> Path:
    folder: Path = context.obj
    return folder
