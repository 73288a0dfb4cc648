"""The clock is read in one file; the linter refuses it elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READINGS = [
    "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)\n",
    "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
    "from datetime import datetime\n\nNOW = datetime.utcnow()\n",
    "from datetime import datetime\n\nNOW = datetime.today()\n",
    "from datetime import date\n\nTODAY = date.today()\n",
    "import time\n\nNOW = time.time()\n",
    "from time import time_ns\n\nNOW = time_ns()\n",
]


@pytest.mark.parametrize("reading", READINGS)
def test_the_clock_may_not_be_read_on_any_floor(reading: str) -> None:
    assert "TID251" in findings(reading, named="notifications/planted.py")


@pytest.mark.parametrize("reading", READINGS)
def test_the_clock_may_be_read_in_the_one_file(reading: str) -> None:
    assert "TID251" not in findings(reading, named="recruit/clock.py")


def findings(source: str, *, named: str) -> str:
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--no-cache", "--output-format", "concise", "--stdin-filename", named, "-"]
    return subprocess.run(command, cwd=ROOT, input=source, capture_output=True, text=True, check=False).stdout
