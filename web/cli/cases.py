"""`recruit check` and `recruit judge`: conformance cases, and one dossier written down as a case."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from recruit.clock import SystemClock, civil_day
from web.cli.group import fail
from web.cli.judging import judge_text, judged_lines
from workflows.cases import CaseResult, run_cases

ANSWER_IS_NO = 1


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def check(context: click.Context, *, files: Sequence[Path], as_json: bool) -> None:
    """Run the conformance cases of FILES; ends with 1 when one fails."""
    results = [result for file in files for result in run_cases(read_file(file), str(file))]
    failed = sum(not result.ok for result in results)
    if as_json:
        cases = [asdict(result) for result in results]
        click.echo(
            json.dumps(
                {"passed": len(results) - failed, "failed": failed, "cases": cases}, ensure_ascii=False
            )
        )
    else:
        _print(results, failed)
    context.exit(ANSWER_IS_NO if failed or not results else 0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; without it, today.")
def judge(file: Path, *, as_json: bool, on: datetime | None) -> None:
    """Judge the acts of the one dossier in FILE: stage, findings, deadlines, earliest days."""
    day: date = civil_day(SystemClock().now()) if on is None else on.date()
    answer = judge_text(read_file(file), str(file), on=day)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        return
    for line in judged_lines(answer):
        click.echo(line)


def read_file(file: Path) -> bytes:
    """What FILE holds; wrong use (2) where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        fail(f"{file}: {error.strerror}; give the path of a readable YAML file.")


def _print(results: Sequence[CaseResult], failed: int) -> None:
    for result in results:
        click.echo(f"{'ok  ' if result.ok else 'FAIL'} {result.file}: {result.case}")
        for difference in result.differences:
            click.echo(f"     {difference}")
    if not results:
        click.echo("No case was found.", file=sys.stderr)
    click.echo(f"{len(results) - failed} passed, {failed} failed")
