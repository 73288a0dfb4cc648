"""The line that says whether the log is whole, with the numbers that were really checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.context import Context
from recruit.log.verify import verify, verify_dossier
from recruit.queries.history import Entry
from recruit.queries.witnessed import witnessed_size
from web import dates
from web.language import language
from web.sayings import check_text


@dataclass(frozen=True, slots=True)
class Verified:
    ok: bool
    sentence: str
    detail: str
    code: str = ""


def verified(context: Context, dossier: str, entries: Sequence[Entry]) -> Verified:
    """Check the chain of this dossier now; `entries` are its acts, all of them."""
    checked = verify_dossier(context.record, dossier)
    when = _("Checked %(day)s %(time)s.", **_now(context))
    if not checked.ok or checked.acts != len(entries):
        return Verified(ok=False, sentence=_broken(dossier, checked.first_bad), detail=when)
    sentence = _("Verified: acts 1–%(n)s of %(n)s, none missing, none changed.", n=checked.acts)
    code = _(" Check code %(code)s.", code=check_code(entries[-1]))
    detail = when + code + _outside(context)
    return Verified(ok=True, sentence=sentence, detail=detail, code=check_code(entries[-1]))


def verified_with_all(context: Context, dossier: str, entries: Sequence[Entry]) -> Verified:
    """Check the whole log as well; nothing checked is never shown as passed."""
    own = verified(context, dossier, entries)
    checked = verify(context.record)
    whole = _(
        "The whole log: %(acts)s acts and %(events)s events in %(links)s links, checked %(day)s %(time)s.",
        acts=checked.acts, events=checked.events, links=checked.links, **_now(context),
    )  # fmt: skip
    if not own.ok:
        return Verified(ok=False, sentence=own.sentence, detail=whole)
    if not checked.ok:
        return Verified(
            ok=False, sentence=_("This dossier is whole, but the log is broken elsewhere."), detail=whole
        )
    code = _(" Check code %(code)s.", code=check_code(entries[-1]))
    return Verified(ok=True, sentence=own.sentence, detail=whole + code, code=own.code)


def _outside(context: Context) -> str:
    """How far the last copy reaches that left the house, as far as the record can know."""
    size = witnessed_size(context.record)
    if size is None:
        return _(" No copy outside is known.")
    return _(" The last copy outside covers the first %(n)s entries of the log.", n=size)


def check_code(last: Entry) -> str:
    """Eight characters of the last act's hash, to be read out on the telephone."""
    return check_text(bytes.fromhex(last.hash or ""))


def _broken(dossier: str, first_bad: str | None) -> str:
    first = first_bad.removeprefix(f"{dossier}/") if first_bad else _("nothing was checked")
    return _("Broken: act %(first)s", first=first)


def _now(context: Context) -> dict[str, str]:
    return {"day": dates.long_day(context.on, language()), "time": dates.clock_time(context.now)}
