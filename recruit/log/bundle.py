"""The offline bundle: exact bytes, proofs, signed checkpoints, and the program that checks them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Select, select, tuple_

from recruit.clock import civil_day
from recruit.content import content_place
from recruit.context import Context, reach
from recruit.disk import whole_file
from recruit.errors import KeysMissing
from recruit.log.canonical import canonical_bytes
from recruit.log.merkle import consistency_path, inclusion_path
from recruit.log.notes import Verifier
from recruit.log.offline import program
from recruit.log.tree import subtrees
from recruit.queries.checkpoints import Signed
from recruit.tables import Act, Checkpoint, Content, Dossier, Event, Leaf, Organization

FORMAT = 1
_READMES = ("README.txt", "README.zh-CN.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What goes into a bundle. `dossiers` None: the whole log, as far as the reader reaches.

    `contents`: the acts whose personal part is shown, each of them on record as read.
    """

    reader: Context
    signed: Signed
    key: Verifier
    dossiers: tuple[str, ...] | None
    contents: frozenset[str]

    @property
    def is_whole(self) -> bool:
        return self.dossiers is None


def write_bundle(connection: Connection, wanted: Wanted, path: Path) -> dict[str, int]:
    """Write it whole or not at all; gives its manifest."""
    with whole_file(path) as file:
        return _write(connection, wanted, file)


def _write(connection: Connection, wanted: Wanted, file: IO[bytes]) -> dict[str, int]:
    size = wanted.signed.size
    with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        counts = {
            "acts": _add(bundle, "acts.jsonl", _acts(connection, wanted)),
            "events": _add(bundle, "events.jsonl", _events(connection, wanted)),
            "contents": _add(bundle, "contents.jsonl", _contents(connection, wanted)),
            "late": _add(bundle, "marks.jsonl", _marks(connection, wanted)),
            "checkpoints": _add_proofs(bundle, connection, wanted),
        }
        hidden = size - counts["acts"] - counts["events"] if wanted.is_whole else 0
        manifest = {"format": FORMAT, "whole": wanted.is_whole, "leaves": size, "hidden": hidden, **counts}
        _add(bundle, "manifest.json", [canonical_bytes(manifest)])
        _put(bundle, "key.txt", f"{wanted.key.text}\n".encode())
        _put(bundle, "verify.py", program().encode())
        for name in _READMES:
            _put(bundle, name, (resources.files("recruit") / "data" / "bundle" / name).read_bytes())
    return manifest


def _add_proofs(bundle: ZipFile, connection: Connection, wanted: Wanted) -> int:
    """The checkpoints, and how acts lead to them; how many checkpoints."""
    earlier = _earlier(connection, wanted.signed)
    _add(bundle, "checkpoints.jsonl", (canonical_bytes({"note": one.note}) for one in earlier))
    _put(bundle, "checkpoint.txt", wanted.signed.note.encode())
    if wanted.is_whole:
        _add(bundle, "leaves.txt", _leaves(connection, wanted.signed.size))
    else:
        _add(bundle, "proofs.jsonl", _proofs(connection, wanted))
        _add(bundle, "consistency.jsonl", _extensions(connection, earlier, wanted.signed.size))
    return len(earlier) + 1


def _add(bundle: ZipFile, name: str, lines: Iterable[bytes]) -> int:
    """One line each; how many."""
    count = 0
    with bundle.open(_info(name), "w") as file:
        for line in lines:
            file.write(line + b"\n")
            count += 1
    return count


def _put(bundle: ZipFile, name: str, data: bytes) -> None:
    with bundle.open(_info(name), "w") as file:
        file.write(data)


def _info(name: str) -> ZipInfo:
    """The same bytes for the same log: no time of packing."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _of_acts(wanted: Wanted, *columns: Any) -> Select[Any]:  # noqa: ANN401 - any columns
    """The acts that are shown and signed, in the order of their chains."""
    shown = (
        select(*columns)
        .select_from(Act)
        .join(Leaf, Leaf.id == Act.id)
        .join(Dossier, Dossier.id == Act.dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Leaf.index < wanted.signed.size, reach(Organization.path, wanted.reader.paths()))
        .order_by(Act.dossier, Act.seq)
    )
    return shown if wanted.dossiers is None else shown.where(Act.dossier.in_(wanted.dossiers))


def _acts(connection: Connection, wanted: Wanted) -> Iterator[bytes]:
    yield from _streamed(connection, _of_acts(wanted, Act.canonical))


def _events(connection: Connection, wanted: Wanted) -> Iterator[bytes]:
    if not wanted.is_whole:
        return
    shown = (
        select(Event.canonical)
        .join(Leaf, Leaf.id == Event.id)
        .join(Organization, Organization.id == Event.org)
        .where(Leaf.index < wanted.signed.size, reach(Organization.path, wanted.reader.paths()))
        .order_by(Event.org, Event.seq)
    )
    yield from _streamed(connection, shown)


def _contents(connection: Connection, wanted: Wanted) -> Iterator[bytes]:
    if not wanted.contents:
        return
    columns = (Act.id, Content.person, Content.salt, Content.sealed)
    for row in connection.execute(_of_acts(wanted, *columns).join(Content, Content.act == Act.id)):
        if row.id not in wanted.contents:
            continue
        with suppress(KeysMissing):  # erased: the commitment alone is left
            clear = wanted.reader.record.keys.unseal(row.person, content_place(row.id), row.sealed)
            yield canonical_bytes({"act": row.id, "salt": row.salt.hex(), "content": clear.decode()})


def _marks(connection: Connection, wanted: Wanted) -> Iterator[bytes]:
    """The acts that were recorded late."""
    for id_ in _streamed(connection, _of_acts(wanted, Act.id).where(Act.is_late)):
        yield canonical_bytes({"act": id_})


def _leaves(connection: Connection, size: int) -> Iterator[bytes]:
    for hashed in _streamed(connection, select(Leaf.hash).where(Leaf.index < size).order_by(Leaf.index)):
        yield hashed.hex().encode()


def _proofs(connection: Connection, wanted: Wanted) -> Iterator[bytes]:
    tree = subtrees(connection)
    for id_, index in connection.execute(_of_acts(wanted, Act.id, Leaf.index)).all():
        path = [one.hex() for one in inclusion_path(tree, index, wanted.signed.size)]
        yield canonical_bytes({"id": id_, "index": index, "path": path})


def _extensions(connection: Connection, earlier: Iterable[Signed], size: int) -> Iterator[bytes]:
    tree = subtrees(connection)
    for one in earlier:
        path = [hashed.hex() for hashed in consistency_path(tree, one.size, size)]
        yield canonical_bytes({"path": path})


def _earlier(connection: Connection, newest: Signed) -> tuple[Signed, ...]:
    """The last checkpoint of each month before the newest one: enough to compare with one kept outside."""
    wanted = (
        select(Checkpoint.epoch, Checkpoint.size, Checkpoint.at, Checkpoint.note)
        .where(tuple_(Checkpoint.epoch, Checkpoint.size) < (newest.epoch, newest.size))
        .order_by(Checkpoint.epoch, Checkpoint.size)
    )
    last: dict[tuple[int, str], Signed] = {}
    for row in connection.execute(wanted).yield_per(1000):
        month = civil_day(row.at).isoformat()[:7]
        last[row.epoch, month] = Signed(epoch=row.epoch, size=row.size, at=row.at, note=row.note)
    return tuple(sorted(last.values(), key=lambda one: (one.epoch, one.size)))


def _streamed(connection: Connection, wanted: Select[Any]) -> Iterator[Any]:
    return iter(connection.execute(wanted).yield_per(1000).scalars())
