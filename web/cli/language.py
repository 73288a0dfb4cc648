"""The language of a terminal: Chinese where the locale is Chinese, English elsewhere."""

import os
from collections.abc import Mapping
from typing import Literal

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def terminal_language(environment: Mapping[str, str] = os.environ) -> Literal["zh", "en"]:
    """As the first of LC_ALL, LC_MESSAGES and LANG that is set says."""
    named = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"
