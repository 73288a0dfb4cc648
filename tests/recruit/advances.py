"""The child of the crash test: reads commands, records each, acknowledges after the commit.

    python -m tests.recruit.advances FOLDER [URL]

The first line lets it open the folder.
One line in: {"dossier", "seen", "key", "day"}; one line out, after the commit: the key and the act's number.
With "unanswered" true it commits and answers nothing, as if it died between the two.
"""

import json
import sys
from pathlib import Path

from recruit.commands.acts import RecordAct, Recorded, record_act
from tests.homes import Home
from tests.recruit.builders import at, reopened


def main(home: Home) -> None:
    sys.stdin.readline()
    with home.open() as record:
        township = reopened(record)
        context = township.context("secretary", at("2016-03-01"))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            asked = json.loads(line)
            command = RecordAct(
                dossier=asked["dossier"],
                do="thought_report_received",
                on=asked["day"],
                seen_version=asked["seen"],
                key=asked["key"],
                details={"note": "演示"},
            )
            recorded = record_act(context, command)
            assert isinstance(recorded, Recorded)
            if asked.get("unanswered"):
                continue
            sys.stdout.write(json.dumps({"key": asked["key"], "seq": recorded.seq}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Home(Path(sys.argv[1]), url=sys.argv[2] if sys.argv[2:] else None))
