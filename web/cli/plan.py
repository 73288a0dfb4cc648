"""`recruit plan lint`: what is odd about a plan of a year."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from web.cli.cases import ANSWER_IS_NO, read_file
from web.cli.language import terminal_language
from workflows.calendar import china_calendar
from workflows.plans.document import read_plan
from workflows.plans.findings import PlanFinding
from workflows.plans.funnel import funnel_of
from workflows.plans.linter import lint as lint_plan
from workflows.plans.planned import planned
from workflows.words import label
from workflows.words.plans import render_funnel, render_plan_finding


@click.group()
def plan() -> None:
    """Plans of a year."""


@plan.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def lint(context: click.Context, *, file: Path, as_json: bool) -> None:
    """Say what is odd about the plan in FILE; ends with 1 where a finding is of severity high."""
    document = read_plan(read_file(file), name=str(file))
    findings = lint_plan(document, china_calendar())
    if as_json:
        click.echo(json.dumps([_plain(one) for one in findings], ensure_ascii=False, default=str))
    else:
        for finding in findings:
            click.echo(_line(finding))
        reserve = render_funnel(funnel_of(planned(document, china_calendar())), terminal_language())
        if reserve:
            click.echo(reserve)
    context.exit(ANSWER_IS_NO if any(one.severity == "high" for one in findings) else 0)


def _plain(finding: PlanFinding) -> Mapping[str, object]:
    message = render_plan_finding(finding, terminal_language())
    named = {"at": finding.at, "rule": finding.rule, "severity": finding.severity, "message": message}
    return {**named, **finding.values}


def _line(finding: PlanFinding) -> str:
    severity = label("severity", finding.severity, terminal_language())
    message = render_plan_finding(finding, terminal_language())
    return f"{severity:<8}{finding.at}: {message} [{finding.rule}]"
