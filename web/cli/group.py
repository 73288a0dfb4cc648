"""The group of all commands: where the data lie, and how bad input is answered."""

from pathlib import Path
from typing import Any, NoReturn

import click

from recruit.errors import RecordError
from web.cli.language import terminal_language
from web.cli.log import log_to_stderr
from workflows.errors import WorkflowsError

BAD_INPUT = 2


class Commands(click.Group):
    """Answers every error of the house with one line on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        try:
            return super().invoke(ctx)
        except (RecordError, WorkflowsError) as error:
            fail(error.message(terminal_language()))
        except BrokenPipeError:
            ctx.exit(0)


def fail(sentence: str) -> NoReturn:
    """One line on stderr (what, where, how to mend), then exit code 2."""
    click.echo(" ".join(sentence.split()), err=True)
    raise click.exceptions.Exit(BAD_INPUT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var"),
    envvar="RECRUIT_DATA",
    show_default=True,
    help="Folder of the embedded database, its keys and files.",
)
@click.version_option(package_name="recruit")
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """Recruit Party members step by step, on an append-only record."""
    log_to_stderr()
    context.obj = data
