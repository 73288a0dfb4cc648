"""A bundle against itself, its signed checkpoints, and a checkpoint that was kept outside."""

from __future__ import annotations

import zipfile
from pathlib import Path

from recruit.log.offline.chains import Leaf, Report, chained, check_contents, check_marks
from recruit.log.offline.exact import Wrong, exactly, lines, unhex
from recruit.log.offline.proofs import Head, Key, head_of, is_consistent, is_included, read_key, roots_of

NEEDED = frozenset(("manifest.json", "key.txt", "checkpoint.txt", "checkpoints.jsonl", "acts.jsonl",
                    "events.jsonl", "contents.jsonl", "marks.jsonl"))  # fmt: skip
WHOLE, PARTIAL = frozenset(("leaves.txt",)), frozenset(("proofs.jsonl", "consistency.jsonl"))
UNCHECKED = frozenset(("verify.py", "README.txt", "README.zh-CN.txt"))
NOTE_LINES = 5  # origin, size, root, an empty one, one signature
OUTSIDE = "the checkpoint kept outside / 外存的检查点"


def read_bundle(path: Path) -> dict[str, bytes]:
    """The files of a bundle, zipped or unpacked. Raises `OSError`, `zipfile.BadZipFile`."""
    if path.is_dir():
        return {one.name: one.read_bytes() for one in path.iterdir() if one.is_file()}
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        if len(set(names)) != len(names):
            raise zipfile.BadZipFile("a name stands twice")
        return {name: bundle.read(name) for name in names}


def check_bundle(files: dict[str, bytes], outside: bytes | None = None) -> Report:
    """Everything that the bundle says about itself, and against `outside`, a signed checkpoint."""
    report = Report()
    try:
        _check(files, outside, report)
    except (Wrong, ValueError, TypeError, RecursionError) as wrong:
        report.bad("bundle", str(wrong))
    if not report.problems and not report.ok:
        report.bad("bundle", "nothing was checked / 没有可核对的内容")
    return report


def _check(files: dict[str, bytes], outside: bytes | None, report: Report) -> None:
    manifest = exactly(files.get("manifest.json", b"")[:-1])
    is_whole = manifest.get("whole") is True
    wanted = NEEDED | (WHOLE if is_whole else PARTIAL)
    for name in sorted(wanted ^ (files.keys() - UNCHECKED)):
        report.bad(name, "missing / 缺少" if name in wanted else "does not belong here / 多余的文件")
    acts, events = chained(files, "acts", "dossier", report), chained(files, "events", "org", report)
    report.acts, report.events = len(acts.leaves), len(events.leaves)
    check_contents(files, acts, report)
    check_marks(files, acts, report)
    key = read_key(files.get("key.txt", b""))
    heads = signed_heads(files, key, report)
    other = head_of(outside, key, OUTSIDE) if outside is not None else None
    known = acts.leaves + events.leaves
    if heads and is_whole:
        check_leaves(files, known, heads, other, report)
    elif heads:
        check_proofs(files, known, heads[-1], report)
        check_extensions(files, heads, other, report)
    found = {name: getattr(report, name) for name in ("acts", "events", "contents", "hidden", "late")}
    for name, count in {**found, "checkpoints": len(heads)}.items():
        if manifest.get(name) != count:
            report.bad("manifest.json", f"{name}: {manifest.get(name)}, found {count}")


def signed_heads(files: dict[str, bytes], key: Key, report: Report) -> list[Head]:
    """Each checkpoint with a right signature, in ascending order; the newest is the last."""
    notes = [str(exactly(line).get("note")).encode() for line in lines(files, "checkpoints.jsonl")]
    found: list[Head] = []
    for number, note in enumerate([*notes, files.get("checkpoint.txt", b"")], 1):
        where = f"checkpoint {number}"
        try:
            head = head_of(note, key, where)
        except Wrong as wrong:
            report.bad(where, str(wrong))
            continue
        if (found and head[:2] <= found[-1][:2]) or note.count(b"\n") != NOTE_LINES:
            report.bad(where, "out of order or not in its exact form / 顺序或格式不对")
        found.append(head)
    return found


def check_leaves(
    files: dict[str, bytes], known: list[Leaf], heads: list[Head], outside: Head | None, report: Report
) -> None:
    """Every act and event is one leaf, and every root recomputes; leaves of neither are not shown."""
    leaves = [unhex(line.decode("ascii", "replace")) for line in lines(files, "leaves.txt")]
    report.leaves = len(leaves)
    unknown = set(leaves)
    for leaf in known:
        if leaf.hash not in unknown:
            report.bad(leaf.where, "not a leaf of the tree, or twice / 不在日志树中或重复")
        unknown.discard(leaf.hash)
    report.hidden = len(unknown)
    if len(leaves) != heads[-1].size:
        report.bad("leaves.txt", f"{len(leaves)} leaves, {heads[-1].size} signed / 与签名的大小不符")
    compared = heads if outside is None else [*heads, outside]
    roots = roots_of(leaves, {head.size for head in compared})
    for head in compared:
        if head.size > len(leaves):
            report.bad(head.where, f"the log is shorter than its {head.size} leaves / 日志比它短")
        elif roots[head.size] != head.root:
            report.bad(head.where, f"the first {head.size} leaves have another root / 日志树根不符")
    report.checkpoints = len(compared)


def check_proofs(files: dict[str, bytes], known: list[Leaf], newest: Head, report: Report) -> None:
    """Every act leads to the newest root, each from a place of its own."""
    proofs = [exactly(line) for line in lines(files, "proofs.jsonl")]
    if len(proofs) != len(known):
        report.bad("proofs.jsonl", f"{len(proofs)} proofs, {len(known)} acts / 证明的条数不符")
    places: set[int] = set()
    for leaf, proof in zip(known, proofs):
        index, path = int(str(proof.get("index"))), path_of(proof)
        is_own = proof.get("id") == leaf.id and index not in places
        if not is_own or not is_included(leaf.hash, index, newest.size, path, newest.root):
            report.bad(leaf.where, "its proof does not lead to the signed root / 证明不能推出签名的树根")
        places.add(index)
    report.leaves = len(places)


def check_extensions(
    files: dict[str, bytes], heads: list[Head], outside: Head | None, report: Report
) -> None:
    """The newest checkpoint extends each earlier one; one kept outside must be among them."""
    newest, paths = heads[-1], [path_of(exactly(line)) for line in lines(files, "consistency.jsonl")]
    if len(paths) != len(heads) - 1:
        report.bad("consistency.jsonl", f"{len(paths)} proofs, {len(heads) - 1} checkpoints / 条数不符")
    for head, path in zip(heads, paths):
        if not is_consistent(head.size, head.root, newest.size, newest.root, path):
            report.bad(head.where, "the newest checkpoint does not extend it / 最新的检查点不是它的延续")
    report.checkpoints = len(heads)
    if outside is not None:
        report.checkpoints += 1
        if not any(head[1:3] == outside[1:3] for head in heads):
            report.bad(outside.where, "not in this bundle; compare with a whole one / 请与完整的导出包核对")


def path_of(proof: dict[str, object]) -> list[bytes]:
    path = proof.get("path")
    return [unhex(str(one)) for one in path] if isinstance(path, list) else []
