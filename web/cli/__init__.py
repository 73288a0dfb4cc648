"""The command line `recruit`, a module per command: 0 done, 1 the answer is no, 2 wrong use or bad input."""

from web.cli import checkpoints, exports
from web.cli.audit import audit
from web.cli.cases import check, judge
from web.cli.demo import demo
from web.cli.group import main
from web.cli.init import init
from web.cli.keeping import backup, doctor, restore, upgrade
from web.cli.plan import plan
from web.cli.serve import serve
from web.cli.tokens import token
from web.cli.worker import worker

__all__ = ["checkpoints", "exports", "main"]

for command in (
    init,
    serve,
    worker,
    upgrade,
    check,
    judge,
    plan,
    audit,
    backup,
    restore,
    doctor,
    demo,
    token,
):
    main.add_command(command)
