"""Taking dossiers out of the house as a sheet, as lines or as a bundle: with a reason, logged."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Select, select

from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.exports import Exported, ExportLog, export_log, log_exported
from recruit.context import Context, reach
from recruit.errors import BadInput, NotFound, problem
from recruit.repeat import repeated
from recruit.tables import Dossier, Organization

EXTRACTORS = ("auditor", "audit_admin")
REASONS = ("inspection", "superior", "self_check", "archive")
Kind = Literal["xlsx", "jsonl", "bundle"]
MOST: Mapping[Kind, int] = {"xlsx": 1000, "jsonl": 5000, "bundle": 5000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """`dossiers` and `branch` empty: everything within reach. `reason`: one of REASONS."""

    kind: Kind
    reason: str
    branch: str = ""
    dossiers: tuple[str, ...] = ()


@repeated
def log_extract(context: Context, extract: Extract) -> tuple[str, ...]:
    """Put on record what is about to leave; gives the dossiers, branch by branch.

    One event for each branch and one reading for each dossier are committed first. Raises `BadInput` for
    another reason, for too many at once, for none; `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        chosen = _chosen(connection, context, extract)
        log_exported(
            connection, context, chosen, has_contents=False, kind=extract.kind, reason=extract.reason,
            count=sum(map(len, chosen.values())),
        )  # fmt: skip
    keep_checkpoint(context.record, now=context.now)
    return _all_of(chosen)


def export_bundle(context: Context, extract: Extract, path: Path) -> tuple[Exported, tuple[str, ...]]:
    """The bundle of the log that others check with its own program; gives its counts and the dossiers.

    Raises as `log_extract` and `export_log`.
    """
    with context.record.reading() as connection:
        chosen = _chosen(connection, context, extract)
    is_whole = not extract.branch and not extract.dossiers
    dossiers = _all_of(chosen)
    export = ExportLog(path=path, dossiers=() if is_whole else dossiers, reason=extract.reason)
    return export_log(context, export), dossiers


def _chosen(connection: Connection, context: Context, extract: Extract) -> dict[tuple[str, str], list[str]]:
    if extract.reason not in REASONS:
        raise BadInput(problem("reason", "not_one_of", found=extract.reason, choices=", ".join(REASONS)))
    most = MOST[extract.kind]
    rows = connection.execute(_wanted(context, extract).limit(most + 1)).all()
    if len(rows) > most:
        raise BadInput(problem("dossiers", "too_many_dossiers", most=most))
    if not rows or set(extract.dossiers) - {row.dossier for row in rows}:
        raise NotFound(what="dossier")
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        found[row.branch, row.path].append(row.dossier)
    return found


def _wanted(context: Context, extract: Extract) -> Select[str, str, str]:
    wanted = (
        select(Dossier.id.label("dossier"), Organization.id.label("branch"), Organization.path)
        .join(Organization, Organization.id == Dossier.branch)
        .where(reach(Organization.path, context.paths(EXTRACTORS)))
        .order_by(Organization.path, Dossier.id)
    )
    if extract.dossiers:
        return wanted.where(Dossier.id.in_(extract.dossiers))
    return wanted.where(Organization.id == extract.branch) if extract.branch else wanted


def _all_of(chosen: Mapping[tuple[str, str], list[str]]) -> tuple[str, ...]:
    return tuple(dossier for dossiers in chosen.values() for dossier in dossiers)
