"""The command line of the offline check: 0 where everything is right, else 1 and a line for each finding."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

from recruit.log.offline.chains import Report
from recruit.log.offline.check import check_bundle, read_bundle


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a bundle of the log / 核对日志导出包")
    here = Path(__file__).resolve().parent
    parser.add_argument(
        "bundle", nargs="?", type=Path, default=here, help="zip file or folder / 压缩包或文件夹"
    )
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint kept outside / 外存的检查点")
    parser.add_argument("--json", action="store_true", help="one JSON value / 以 JSON 输出")
    asked = parser.parse_args(arguments)
    try:
        files = read_bundle(asked.bundle)
        outside = asked.checkpoint.read_bytes() if asked.checkpoint else None
    except (OSError, zipfile.BadZipFile, RuntimeError) as wrong:
        print(f"BAD {asked.bundle}: {wrong}")
        return 1
    report = check_bundle(files, outside)
    print(json.dumps(report.answer(), ensure_ascii=False) if asked.json else "\n".join(shown(report)))
    return 0 if report.ok else 1


def shown(report: Report) -> list[str]:
    """Every finding, what this reader is not shown, and what was counted."""
    found = [f"BAD {one}" for one in report.problems]
    if report.hidden:
        found.append(f"NOTE {report.hidden} leaves are not shown to this reader / 未向本读者公开的记录数")
    counted = (
        f"{report.acts} acts, {report.events} events, {report.links} links, {report.leaves} leaves, "
        f"{report.checkpoints} checkpoints, {report.contents} contents, {report.late} late entries (补录)"
    )
    return [*found, counted, "OK" if report.ok else "NOT OK"]


if __name__ == "__main__":
    sys.exit(main())
