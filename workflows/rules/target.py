"""From activist to development target (Art. 13)."""

from workflows.case import Case
from workflows.deadlines import paused_days
from workflows.findings import Breach
from workflows.occasions import cultivated_on
from workflows.rules.registry import rule

SOURCES = ("group", "contacts", "members", "masses")


@rule("cultivation_period")
def cultivated_long_enough(case: Case) -> Breach | None:
    """An activist is cultivated for `cultivation.months`, days of suspension left out.

    Before being proposed.
    """
    facts = case.known
    if facts.activist_on is None:
        return None
    earliest = cultivated_on(facts, facts.activist_on, case.settings)
    if case.on >= earliest:
        return None
    paused = paused_days(facts, facts.activist_on)
    values = {"months": case.settings.cultivation_months, "paused": paused}
    return Breach(found=facts.activist_on, needed=earliest, earliest=earliest, values=values)


@rule("opinions_heard")
def all_were_heard(case: Case) -> Breach | None:
    """The Party group, the contact persons, the members and the masses are heard before the proposal."""
    heard = {o.source for o in case.known.opinions if o.on <= case.on}
    missing = tuple(source for source in SOURCES if source not in heard)
    return Breach(found=missing) if missing else None


@rule("consent_before_notice")
def consented_before(case: Case) -> Breach | None:
    """The superior committee consents before the notice begins (2026 Art. 13); the same day will do."""
    consented_on, first = case.known.consented_on, case.act.day("from") or case.on
    if consented_on is not None and consented_on <= first:
        return None
    return Breach(found=first, needed=consented_on, earliest=consented_on)
