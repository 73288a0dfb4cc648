"""What a host in another time zone must not change: one township's days, deadlines and reminders as text.

python -m tests.zones FOLDER
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from notifications.sweep import sweep
from recruit.clock import civil_day
from recruit.doctor import examine
from recruit.log.verify import verify
from recruit.queries.deadlines import deadlines
from recruit.queries.desk import desk
from tests.homes import Home, ask
from tests.recruit.builders import at, make_township, reopened

INSTANTS = (
    datetime(1990, 4, 30, 15, 30, tzinfo=UTC),  # summer time: the first of May in Shanghai
    datetime(1991, 9, 14, 15, 30, tzinfo=UTC),
    datetime(2016, 6, 15, 15, 59, 59, tzinfo=UTC),
    datetime(2016, 6, 15, 16, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # the hour that New York has twice
)


def main(folder: Path) -> None:
    make_township(Home(folder))
    with Home(folder).open() as record:
        township = reopened(record)
        for day in ("2015-10-31", "2016-01-29", "2016-02-29"):
            dossier = township.open(on=day)
            township.refused(dossier, "activist_decided", day, members=3, present=3, for_=3)
        for day in ("2016-02-01", "2016-02-29", "2016-03-13"):
            for hour in (0, 1, 23):
                sweep(record, at(day, hour).astimezone(UTC))
        context = township.context("organizer", at("2016-03-13", 1))
        with record.reading() as connection:
            told = ask(connection, "SELECT rung, at FROM reminder ORDER BY rung, at")
            reminders = [list(row) for row in told]
        said = {
            "days": [civil_day(instant).isoformat() for instant in INSTANTS],
            "deadlines": sorted(
                [one.deadline.id, str(one.deadline.due), str(one.deadline.grace)]
                for one in deadlines(context)
            ),
            "todos": sorted([one.id, one.kind, one.days] for one in desk(context).todos),
            "reminders": reminders,
            "doctor": [one.id for one in examine(folder, at("2026-11-15", 1)) if one.ok is False],
            "verified": verify(record).ok,
        }
    sys.stdout.write(json.dumps(said, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
