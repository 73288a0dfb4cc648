"""Every deadline is a civil day of Shanghai, wherever the host stands (P9)."""

import json
import os
import subprocess
import sys
from pathlib import Path

ZONES = ("Asia/Shanghai", "UTC", "America/New_York", "Asia/Urumqi")


def test_a_host_in_another_zone_counts_the_same_days_and_reminds_at_the_same_instants(tmp_path: Path) -> None:
    said = [told(zone, tmp_path / zone.replace("/", "-")) for zone in ZONES]

    first = json.loads(said[0])
    assert said == [said[0]] * len(ZONES)
    assert first["days"] == ["1990-05-01", "1991-09-15", "2016-06-15", "2016-06-16", "2026-11-01"]
    assert len(first["deadlines"]) >= 3
    assert first["reminders"]
    assert first["verified"] is True


def told(zone: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.zones", str(folder)],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
