"""Exporting a bundle of the log: logged for every dossier before its bytes leave."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.readings import keep_exports
from recruit.commands.reveals import EXPORT, log_contents
from recruit.commands.standing import find_standing
from recruit.context import READING_ROLES, Actor, Context, Held, ensure_role, reach
from recruit.errors import NotFound
from recruit.log.bundle import Wanted, write_bundle
from recruit.log.events import NewEvent, append_event
from recruit.log.signing import read_log_key
from recruit.queries.checkpoints import latest_signed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Dossier, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLog:
    """`dossiers` empty: the whole log within reach.

    `has_contents`: with the opinions and review texts that the reader may see, logged for each dossier.
    `reason`: why, where one was asked for.
    """

    path: Path
    dossiers: tuple[str, ...] = ()
    has_contents: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """`hidden`: leaves of the whole log that this reader is not shown. `key`: of the log, as handed out."""

    acts: int
    events: int
    contents: int
    hidden: int
    leaves: int
    key: str


@repeated
def export_log(context: Context, export: ExportLog) -> Exported:
    """Log the export, sign the log as it then stands, and write the bundle.

    Raises `NotFound` for a dossier out of reach, `NotAllowed`, `NotExtending`, `NotWritable`.
    """
    with context.record.writing() as connection:
        contents = _log(connection, context, export)
    keep_checkpoint(context.record, now=context.now)
    with context.record.reading() as connection:
        signed = latest_signed(connection)
        if signed is None:
            raise NotFound(what="checkpoint")
        wanted = Wanted(
            reader=context,
            signed=signed,
            key=read_log_key(context.record.keys_folder).verifier,
            dossiers=export.dossiers or None,
            contents=contents,
        )
        manifest = write_bundle(connection, wanted, export.path)
    counts = {name: manifest[name] for name in ("acts", "events", "contents", "hidden", "leaves")}
    return Exported(**counts, key=wanted.key.text)


def console(record: Record) -> Actor:
    """Whoever holds the machine, as one who may read every act. Raises `NotFound` before the founding."""
    with record.reading() as connection:
        root = connection.execute(select(Organization.id).where(Organization.parent.is_(None))).scalar()
    if root is None:
        raise NotFound(what="organization")
    held = Held(role="audit_admin", organization=root, path=f"/{root}/")
    return Actor(user_id="", name="", grants=(held,))


def _log(connection: Connection, context: Context, export: ExportLog) -> frozenset[str]:
    """One event for each branch, with the ids of its dossiers; with contents also one for each dossier.

    Gives the acts whose contents are named there: no other is exported.
    """
    for dossier in export.dossiers:
        find_standing(connection, context, dossier)
    exported = _exported(connection, context, export)
    log_exported(connection, context, exported, has_contents=export.has_contents, reason=export.reason)
    if not export.has_contents:
        return frozenset()
    return frozenset(
        act
        for dossiers in exported.values()
        for dossier in dossiers
        for act in log_contents(
            connection, context, find_standing(connection, context, dossier), reason=EXPORT
        )
    )


def log_exported(
    connection: Connection,
    context: Context,
    exported: Mapping[tuple[str, str], Sequence[str]],
    **details: object,
) -> None:
    """One event for each branch (id, path) with its dossiers, and a reading of each of them.

    Within the caller's transaction: nothing leaves before it is committed. Empty details are left out.
    Raises `NotAllowed`.
    """
    given = {name: value for name, value in details.items() if value != ""}
    for (branch, path), dossiers in exported.items():
        held = ensure_role(context, READING_ROLES, path=path, what="export")
        new = NewEvent(
            org=branch, do="exported", details={"dossiers": list(dossiers), **given}, role=held.role
        )
        append_event(connection, context, new)
        if context.actor.user_id:  # whoever holds the machine has no log-in
            keep_exports(connection, context, [(dossier, held) for dossier in dossiers])


def _exported(
    connection: Connection, context: Context, export: ExportLog
) -> dict[tuple[str, str], list[str]]:
    """The dossiers that are asked for, by branch: nobody is exported without a trace."""
    rows = connection.execute(
        select(Dossier.id, Organization.id, Organization.path)
        .join(Organization, Organization.id == Dossier.branch)
        .where(reach(Organization.path, context.paths()))
        .order_by(Dossier.id),
    )
    exported: dict[tuple[str, str], list[str]] = defaultdict(list)
    for dossier, branch, path in rows:
        if not export.dossiers or dossier in export.dossiers:
            exported[branch, path].append(dossier)
    return exported
