"""The check of a bundle away from the house; joined into one file it is the `verify.py` in each bundle.

These modules know nothing of ours but each other, and nothing newer than Python 3.8.
"""

import re
from importlib import resources

PARTS = ("exact", "proofs", "chains", "check", "main")
_OURS = re.compile(r"^(?:    )?from (?:recruit|__future__)[^\n(]*import (?:\([^)]*\)|[^\n]*)\n", re.MULTILINE)
_OPENING = '''#!/usr/bin/env python3
"""Check a bundle of the log with nothing but this file, Python 3.8 or later and its standard library.

python3 verify.py [BUNDLE.zip or its folder] [--checkpoint FILE] [--json]

Ends with 0 where everything is right, else with 1 and one line for each finding.
"""

from __future__ import annotations

'''


def program() -> str:
    """The text of `verify.py`."""
    folder = resources.files(__name__)
    return _OPENING + "\n\n".join(_OURS.sub("", (folder / f"{part}.py").read_text("utf-8")) for part in PARTS)
