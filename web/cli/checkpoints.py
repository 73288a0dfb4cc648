"""`recruit audit checkpoint`, `witness`, `epoch`: what is signed, who countersigns it, a new beginning."""

import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from recruit.clock import SystemClock
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.epochs import REASONS, DeclareEpoch, declare_epoch
from recruit.commands.sessions import log_in, log_out
from recruit.context import Actor
from recruit.errors import Locked, NotWitnessed
from recruit.lately import TAKEN_OUT, note
from recruit.log.notes import Checkpoint, Verifier
from recruit.log.signing import read_signer
from recruit.log.witness import extension_text, read_shown, read_shown_bundle, witness
from recruit.queries.checkpoints import Signed, consistency_proof, present_checkpoint
from recruit.record import Record
from web.cli.audit import ANSWER_IS_NO, FILE, audit
from web.cli.group import fail
from web.cli.language import terminal_language
from web.cli.records import open_record

OUTPUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
MICROSECONDS = 1_000_000


@audit.command("checkpoint")
@click.option("-o", "output", type=OUTPUT, required=True, help="Where to write it; - for stdout.")
@click.option("--since", type=FILE, help="An older checkpoint: add the proof that this one extends it.")
@click.pass_obj
def checkpoint(data: Path, output: Path, since: Path | None) -> None:
    """Write the present signed checkpoint: keep it outside this house.

    The log is signed first where nothing else is serving it; the key to check it by goes to stderr.
    """
    signed, key = _present(data)
    text = signed.note
    if since is not None:
        old = Checkpoint.read(since.read_text("utf-8", errors="replace")).size
        with open_record(data, write=False) as record:
            path = consistency_proof(record, old, signed.size)
        text = extension_text(old, path, signed.note)
    _write(output, text)
    with suppress(OSError):  # whoever may only read takes one out all the same
        note(data, TAKEN_OUT, at=_now(), epoch=signed.epoch, size=signed.size)
    click.echo(f"{signed.size} leaves, signed {signed.at.isoformat(timespec='seconds')}", err=True)
    click.echo(f"key {key.text}", err=True)
    click.echo(f"fingerprint {key.fingerprint}", err=True)


@audit.command("witness")
@click.option("--checkpoint", "brought", type=FILE, help="A checkpoint, with its proof (checkpoint --since).")
@click.option("--bundle", type=FILE, help="A whole bundle instead.")
@click.option(
    "--state", type=click.Path(path_type=Path, dir_okay=False), required=True, help="What this witness saw."
)
@click.option("--key", help="The key of the log, the first time; it must have come by another way.")
@click.option(
    "-o", "output", type=OUTPUT, default="-", show_default=True, help="Where to write the countersigned one."
)
@click.pass_context
def countersign(
    context: click.Context,
    brought: Path | None,
    bundle: Path | None,
    state: Path,
    key: str | None,
    output: Path,
) -> None:
    """Countersign a checkpoint that provably extends the last one seen; needs no database and no network."""
    if (brought is None) == (bundle is None):
        fail("recruit audit witness: name either --checkpoint FILE or --bundle FILE.")
    try:
        if bundle is not None:
            shown, _ = read_shown_bundle(bundle)
        else:
            assert brought is not None
            shown = read_shown(brought.read_text("utf-8", errors="replace"))
        note = witness(state, shown, key=key, seconds=int(_now().timestamp()))
    except NotWitnessed as refusal:
        click.echo(refusal.message(terminal_language()), err=True)
        context.exit(ANSWER_IS_NO)
    except (OSError, zipfile.BadZipFile) as wrong:
        fail(f"{bundle}: this is no bundle of the log ({wrong}).")
    _write(output, note)


@audit.command("epoch")
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why the log does not go on.")
@click.option("--paper", required=True, help="The number of the document that decided it; no names.")
@click.option("--checkpoint", "outside", type=FILE, help="A newer checkpoint that was kept outside.")
@click.pass_obj
def epoch(data: Path, reason: str, paper: str, outside: Path | None) -> None:
    """Declare after a restore that acts were lost: both administrators log in here, one after the other."""
    held = None if outside is None else outside.read_text("utf-8", errors="replace")
    with open_record(data) as record:
        security = _logged_in(record, "security administrator")
        auditing = _logged_in(record, "audit administrator")
        declared = declare_epoch(
            record,
            DeclareEpoch(reason=reason, paper=paper, outside=held),
            security=security,
            audit=auditing,
            now=_now(),
        )
    click.echo(f"epoch {declared} begins; tell everybody who keeps checkpoints")


def _present(data: Path) -> tuple[Signed, Verifier]:
    try:
        with open_record(data) as record:
            keep_checkpoint(record, now=_now())
            return _signed(record)
    except Locked:  # whoever holds it signs every few seconds
        with open_record(data, write=False) as record:
            return _signed(record)


def _signed(record: Record) -> tuple[Signed, Verifier]:
    signed = present_checkpoint(record)
    return signed, read_signer(record.keys_folder, epoch=signed.epoch).verifier


def _logged_in(record: Record, who: str) -> Actor:
    login = click.prompt(f"{who}: log-in", err=True)
    password = click.prompt("password", hide_input=True, err=True)
    found = log_in(record, login=login, password=password, now=_now(), address="console")
    if found is None:
        fail(f"{who}: the name or the password is wrong.")
    log_out(record, found.token, now=_now())
    return found.actor


def _write(output: Path, text: str) -> None:
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")


def _now() -> datetime:
    return SystemClock().now()
