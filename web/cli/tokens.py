"""`recruit token`: tokens of the JSON interface, made, listed and ended by whoever holds the machine."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from recruit.clock import SystemClock
from recruit.commands.exports import console
from recruit.commands.sessions import actor_of_login
from recruit.commands.tokens import MakeToken, end_token, make_token
from recruit.context import Context
from recruit.queries.tokens import tokens
from web.cli.group import fail
from web.cli.records import open_record

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def token() -> None:
    """Tokens with which programs use the JSON interface."""


@token.command()
@click.argument("user")
@click.option("--name", default="api", show_default=True, help="Which program it is for.")
@click.option("--until", type=DAY, help="The last day on which it opens anything.")
@click.pass_obj
def create(data: Path, user: str, name: str, until: datetime | None) -> None:
    """Make a token for the log-in USER, with the rights of that user; it is shown this once."""
    now = SystemClock().now()
    last_on: date | None = until.replace(tzinfo=UTC).date() if until else None
    with open_record(data) as record:
        owner = actor_of_login(record, user, now=now)
        if owner is None:
            fail(f"{user}: no such log-in, or it is disabled.")
        context = Context(record=record, actor=console(record), now=now)
        made = make_token(context, MakeToken(user=owner.user_id, name=name, last_on=last_on))
    click.echo(made.secret)
    click.echo(f"{made.id}: shown this once; keep it where only the program can read it", err=True)


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on stdout.")
@click.pass_obj
def listed(data: Path, *, as_json: bool) -> None:
    """The tokens that open something: whose, for what, since when, until when, last used on."""
    with open_record(data, write=False) as record:
        rows = tokens(record, now=SystemClock().now())
    shown = [
        {
            "id": row.id,
            "user": row.login,
            "name": row.name,
            "made_at": row.made_at.isoformat(timespec="seconds"),
            "last_on": row.last_on.isoformat() if row.last_on else None,
            "used_on": row.used_on.isoformat() if row.used_on else None,
        }
        for row in rows
    ]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    for one in shown:
        click.echo("  ".join(value or "-" for value in one.values()))


@token.command()
@click.argument("token_id", metavar="ID")
@click.pass_obj
def end(data: Path, token_id: str) -> None:
    """End the token with that id (`recruit token list` tells it); it opens nothing any more."""
    with open_record(data) as record:
        end_token(Context(record=record, actor=console(record), now=SystemClock().now()), token_id)
    click.echo(f"{token_id}: ended")
