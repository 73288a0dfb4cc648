"""The line that says whether the log is whole, with the numbers that were really checked."""

from base64 import b32encode
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.context import Context
from recruit.log.verify import verify
from recruit.queries.history import Entry, history
from web import dates
from web.language import language

CODE_BYTES = 5


@dataclass(frozen=True, slots=True)
class Verified:
    ok: bool
    sentence: str
    detail: str


def verified(context: Context, dossier: str) -> Verified:
    """Check the log now; nothing checked is never shown as passed."""
    entries = [entry for entry in history(context, dossier, attempts=False) if entry.seq is not None]
    checked = verify(context.record)
    own = [problem for problem in checked.problems if problem.startswith(f"{dossier}/")]
    whole = _(
        "The whole log: %(acts)s acts and %(events)s events in %(links)s links, checked %(day)s %(time)s.",
        acts=checked.acts, events=checked.events, links=checked.links,
        day=dates.long_day(context.on, language()), time=dates.clock_time(context.now),
    )  # fmt: skip
    if own or not entries:
        first = own[0].removeprefix(f"{dossier}/") if own else _("nothing was checked")
        return Verified(ok=False, sentence=_("Broken: act %(first)s", first=first), detail=whole)
    if not checked.ok:
        return Verified(
            ok=False, sentence=_("This dossier is whole, but the log is broken elsewhere."), detail=whole
        )
    sentence = _("Verified: acts 1–%(n)s of %(n)s, none missing, none changed.", n=len(entries))
    code = _(" Check code %(code)s.", code=check_code(entries[-1]))
    return Verified(ok=True, sentence=sentence, detail=whole + code)


def check_code(last: Entry) -> str:
    """Eight characters of the last act's hash, to be read out on the telephone."""
    text = b32encode(bytes.fromhex(last.hash or "")[:CODE_BYTES]).decode()
    return f"{text[:4]}-{text[4:8]}"
