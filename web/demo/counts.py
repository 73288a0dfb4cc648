"""What the demonstration counts at the end, and in its copy of 17 June 2016."""

from dataclasses import asdict
from typing import Any

from recruit.log.verify import verify
from recruit.queries.totals import totals
from recruit.record import Record


def counts_of(record: Record) -> dict[str, Any]:
    """Dossiers, acts, refusals, reminders, stages, and whether the log verifies."""
    checked = verify(record)
    return {**asdict(totals(record)), "log": {"size": checked.acts + checked.events, "verified": checked.ok}}
