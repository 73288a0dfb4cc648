"""`recruit backup`, `restore`, `upgrade` and `doctor`: keeping a record safe and in good health."""

import json
import os
from pathlib import Path

import click

from recruit.backups.files import FILES
from recruit.backups.folder import back_up_into
from recruit.backups.restoring import Restored, confirm_restore, restore_backup
from recruit.backups.taking import Taken, take_backup
from recruit.clock import SystemClock
from recruit.doctor import examine
from web.cli.cases import ANSWER_IS_NO, read_file
from web.cli.group import fail
from web.cli.language import terminal_language
from web.cli.records import create_record, database_url, ensure_embedded

PASSPHRASE = "RECRUIT_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable
_MARKS = {True: "ok  ", False: "BAD ", None: "note"}
passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Read the passphrase from this file; else {PASSPHRASE}, else it is asked for.",
)


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write this one file.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a file named by its instant into this folder, and remove what is no longer kept there.",
)
@passphrase_file
@click.pass_obj
def backup(data: Path, output: Path | None, into: Path | None, passphrase_file: Path | None) -> None:
    """Write a sealed backup to FILE, and its keys to FILE.keys under a passphrase; also while serving.

    With --into the newest backup of each of the last 24 hours, 14 days and 8 weeks stays, none longer than
    30 days: so long may its keys be kept.
    """
    ensure_embedded("backup", "use pg_dump -Fc and keep the folder of keys (docs/keeping.md).")
    if (output is None) == (into is None):
        fail("recruit backup: say where it goes, either one file (-o FILE) or a folder (--into FOLDER).")
    passphrase, now = _passphrase(passphrase_file, is_new=True), SystemClock().now()
    if output is not None:
        taken = take_backup(data, output, passphrase=passphrase, now=now)
        click.echo(_taken(taken))
        click.echo(f"{taken.keys}: keep it apart from {taken.file.name}, and for 30 days at most")
    elif into is not None:
        rotated = back_up_into(data, into, passphrase=passphrase, now=now)
        click.echo(_taken(rotated.taken))
        click.echo(f"{into}: {len(rotated.removed)} older files removed, keys included")


def _taken(taken: Taken) -> str:
    said = f"{taken.file}: {taken.acts} acts, {taken.events} events, {taken.size} bytes, verified"
    if taken.files:
        said += f"\n{taken.file.parent / FILES}: {taken.files} files, which belong to it"
    if taken.lost:
        said += f"\n{taken.lost} files are missing or changed: `recruit audit verify` names them"
    return said


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--confirm", is_flag=True, help="Two administrators confirm what was restored before.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The ledger keys/erasures.log of the record that was lost: its persons are erased again.",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A signed checkpoint that was kept outside: the backup must lie within the log that it proves.",
)
@passphrase_file
@click.pass_obj
def restore(
    data: Path,
    file: Path | None,
    *,
    confirm: bool,
    erasures: Path | None,
    checkpoint: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Restore FILE (with FILE.keys) into the empty folder --data; read-only until confirmed."""
    ensure_embedded("restore", "use pg_restore, then put the folder of keys beside it (docs/keeping.md).")
    now = SystemClock().now()
    if confirm == (file is not None):
        fail("recruit restore: give a FILE to restore, or --confirm without one.")
    if file is None:
        confirm_restore(data, [_log_in(number) for number in (1, 2)], now=now)
        click.echo(f"Confirmed: {data} may be written to again.")
        click.echo(f"The log is signed again after `recruit --data {data} audit epoch --reason restored`.")
        return
    passphrase = _passphrase(passphrase_file, is_new=False)
    held = None if checkpoint is None else checkpoint.read_text("utf-8", errors="replace")
    restored = restore_backup(file, data, passphrase=passphrase, now=now, ledger=erasures, checkpoint=held)
    click.echo(f"{data}: {restored.acts} acts, {restored.events} events, {restored.files} files, verified")
    click.echo(f"Everything after {restored.taken_at.isoformat(timespec='seconds')} is lost.")
    for line in (*_compared(restored), *_not_known(data, erasures)):
        click.echo(line)
    click.echo(f"Read-only until two administrators run `recruit --data {data} restore --confirm`.")


def _compared(restored: Restored) -> list[str]:
    """What the checkpoint kept outside says, or what nobody can know without one."""
    outside, size = restored.outside, restored.acts + restored.events
    if outside is None:
        return [
            "Without --checkpoint nothing outside proves this log: a record that was rewritten together with",
            "its signatures looks the same, and so does a backup that is older than you believe.",
        ]
    if not outside.missing:
        return [f"The checkpoint kept outside holds: its {outside.size} acts and events are all here."]
    lost = (
        f"Of the {outside.size} acts and events under the checkpoint kept outside {outside.missing} are lost"
    )
    if outside.proved == size:
        return [f"{lost}; its proof shows that the {size} that are here are its first ones."]
    return [
        f"{lost}.",
        f"That the {size} here are its first ones is shown for {outside.proved} of them; a checkpoint",
        "written with `audit checkpoint --since` an older one shows it up to that one.",
    ]


def _not_known(data: Path, erasures: Path | None) -> list[str]:
    if erasures is not None:
        return []
    return [
        "Without --erasures, whoever was erased since then can be read again: where keys/erasures.log",
        f"of the lost record exists, delete {data} and restore with it.",
    ]


@click.command()
@click.option(
    "--backup", "file", type=click.Path(path_type=Path, dir_okay=False), help="Where the backup goes."
)
@click.option("--without-backup", is_flag=True, help="Upgrade without one, on your own responsibility.")
@passphrase_file
@click.pass_obj
def upgrade(data: Path, file: Path | None, *, without_backup: bool, passphrase_file: Path | None) -> None:
    """Bring the database to the structure of this version, after a backup; the guards are put back."""
    if without_backup == (file is not None):
        fail("recruit upgrade: say where the backup goes (--backup FILE), or --without-backup.")
    if file is not None:
        ensure_embedded("upgrade --backup", "take one with pg_dump -Fc, then run it --without-backup.")
        passphrase = _passphrase(passphrase_file, is_new=True)
        take_backup(data, file, passphrase=passphrase, now=SystemClock().now())
        click.echo(f"{file}: backup taken")
    if database_url() is None and not (data / "recruit.db").is_file():
        fail(f"{data}: there is no database; run recruit init first.")
    create_record(data).close()
    click.echo(f"{data}: its structure is that of this version, the guards stand")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value on stdout and nothing else.")
@click.pass_context
def doctor(context: click.Context, *, as_json: bool) -> None:
    """Check guards, keys, calendar, clock, disk, administrators, backups, signatures; 1 where one fails."""
    checks = examine(context.obj, SystemClock().now(), url=database_url())
    ok = all(one.ok is not False for one in checks)
    language = terminal_language()
    if as_json:
        said = [{"id": one.id, "ok": one.ok is not False, "message": one.message(language)} for one in checks]
        click.echo(json.dumps({"ok": ok, "checks": said}, ensure_ascii=False))
    else:
        for one in checks:
            click.echo(f"{_MARKS[one.ok]} {one.id}: {one.message(language)}")
    context.exit(0 if ok else ANSWER_IS_NO)


def _passphrase(file: Path | None, *, is_new: bool) -> str:
    if file is not None:
        return read_file(file).decode("utf-8", "replace").rstrip("\r\n")
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    asked: str = click.prompt(
        "Passphrase of the backup", hide_input=True, confirmation_prompt=is_new, err=True
    )
    return asked


def _log_in(number: int) -> tuple[str, str]:
    login: str = click.prompt(f"Administrator {number}, log-in name", err=True)
    password: str = click.prompt(f"Administrator {number}, password", hide_input=True, err=True)
    return login, password
