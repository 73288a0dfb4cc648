"""A golden history of this version: a bundle of a whole log, and the digest of what its acts establish.

    python -m tests.recruit.make_golden VERSION

Run once for each released version; what is there already is never made again.
"""

import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.exports import ExportLog, export_log
from recruit.commands.writing import facts_text
from recruit.log.envelope import act_of
from recruit.log.offline.check import read_bundle
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import at, make_township, reopened, with_roll
from tests.recruit.test_road import admitted
from workflows.acts import Act
from workflows.calendar import china_calendar
from workflows.fold import fold_history
from workflows.ground import Ground

GOLDEN = Path(__file__).parent / "golden"
DAY = at("2016-07-01")


def main(version: str) -> None:
    bundle = GOLDEN / f"{version}.zip"
    if bundle.exists():
        sys.exit(f"{bundle.name} is there already")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        make_township(Home(folder))
        with Record.open(folder) as record:
            township = reopened(record)
            admitted(township, with_roll(township, 5))
            keep_checkpoint(record, now=at("2016-06-30"))
            other = township.open(on="2016-06-01")
            township.act(other, "talk_held", "2016-06-20", talker="演示谈话人")
            export = ExportLog(path=bundle, has_contents=True)
            export_log(township.context("auditor", DAY), export)
    (GOLDEN / f"{version}.digest").write_text(f"{digest_of(bundle)}\n")


def digest_of(bundle: Path) -> str:
    """Of the facts that every dossier's acts fold into, by the law of today's program."""
    dossiers: dict[str, list[Act]] = {}
    for line in read_bundle(bundle)["acts.jsonl"].splitlines():
        dossiers.setdefault(line.partition(b'"dossier":"')[2][:26].decode(), []).append(act_of(line))
    ground = Ground(calendar=china_calendar())
    texts = []
    for acts in dossiers.values():
        facts = fold_history(acts, ground).facts
        assert facts is not None
        texts.append(facts_text(facts))
    return sha256("\n".join(texts).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
