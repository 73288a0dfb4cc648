"""G9: starting `recruit` beside the bare imports of what it stands on.

uv run python -m benchmarks.start_up
"""

import os
import subprocess
import sys

from benchmarks.rounds import measure

ROUNDS = 9
BARE = (
    "import alembic, apscheduler.schedulers.background, argon2, babel, click, cryptography, flask;"
    "import flask_babel, flask_login, flask_wtf, holidays, pydantic, pydantic_settings, ruamel.yaml;"
    "import sqlalchemy.orm, structlog, transitions, ulid, waitress, wtforms"
)
HELP = "import sys; sys.argv = ['recruit', '--help']; from web.cli import main; main()"


def started(*arguments: str) -> int:
    """With bytecode kept, as an installed program has it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=kept)
    return 1


def main() -> None:
    for warm in (BARE, "import web.app", HELP):
        started("-c", warm)
    cases = {
        "imports of the bare packages": lambda: started("-c", BARE),
        "import of the whole application": lambda: started("-c", "import web.app"),
        "recruit --help": lambda: started("-c", HELP),
    }
    sys.stdout.write(measure(cases, rounds=ROUNDS) + "\n")


if __name__ == "__main__":
    main()
