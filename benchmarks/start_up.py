"""G9: starting `recruit` beside the bare imports of what it stands on.

uv run python -m benchmarks.start_up
"""

import subprocess
import sys

from benchmarks.rounds import measure

ROUNDS = 9
BARE = "import flask, flask_login, flask_wtf, flask_babel, sqlalchemy, apscheduler, transitions, pydantic, click, cryptography, alembic, holidays, argon2, waitress"  # noqa: E501 - one line for the interpreter


HELP = "import sys; sys.argv = ['recruit', '--help']; from web.cli import main; main()"


def started(*arguments: str) -> int:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return 1


def main() -> None:
    cases = {
        "imports of the bare packages": lambda: started("-c", BARE),
        "import of the whole application": lambda: started("-c", "import web.app"),
        "recruit --help": lambda: started("-c", HELP),
    }
    sys.stdout.write(measure(cases, rounds=ROUNDS) + "\n")


if __name__ == "__main__":
    main()
