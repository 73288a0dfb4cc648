"""Probation, conversion, extension, deferral (2014 Art. 32 to 36, 2026 Art. 31 to 35)."""

from workflows.case import Case
from workflows.deadlines import conversion_due, deferred_expiry, expiry
from workflows.findings import Breach
from workflows.rules.registry import rule

LEAST_EXTENSION = 6
MOST_EXTENSION = 12
MONTHS_OF_DEFERRAL = 6


@rule("probation_complete")
def probation_is_complete(case: Case) -> Breach | None:
    """Probation is never shortened.

    Conversion and extension are voted on the day of expiry at the earliest.
    """
    expires_on = expiry(case.known, case.ground)
    if expires_on is None or case.on >= expires_on:
        return None
    return Breach(found=case.known.admitted_on, needed=expires_on, earliest=expires_on)


@rule("conversion_in_time")
def converts_in_time(case: Case) -> Breach | None:
    """The meeting follows expiry within the month of a setting.

    A deferral puts its cap in place of the month.
    """
    expires_on = expiry(case.known, case.ground)
    if expires_on is None:
        return None
    is_deferred = deferred_expiry(case.known, case.ground) == expires_on
    due = (
        case.months(expires_on, MONTHS_OF_DEFERRAL)
        if is_deferred
        else conversion_due(case.known, case.ground, expires_on)
    )
    if case.on <= due:
        return None
    is_mild = not is_deferred and case.on <= case.calendar.grace(due)
    return Breach(found=case.on, needed=due, mild=is_mild)


@rule("conversion_requested")
def conversion_was_requested(case: Case) -> Breach | None:
    """Nobody is converted without a written request; after an extension it is a new one."""
    requested_on = case.known.requested_on
    if requested_on is not None and requested_on <= case.on:
        return None
    return Breach(found=requested_on, earliest=requested_on)


@rule("extension_once")
def extends_once(case: Case) -> Breach | None:
    """Probation is extended once."""
    return Breach(found=case.known.extended_months) if case.known.extended_months else None


@rule("extension_length")
def extends_by_six_to_twelve(case: Case) -> Breach | None:
    """An extension is six to twelve whole months."""
    months = case.act.count("months") or 0
    return None if LEAST_EXTENSION <= months <= MOST_EXTENSION else Breach(found=months)


@rule("deferral_moved_in")
def deferred_after_a_move(case: Case) -> Breach | None:
    """Only a probationary member who moved in may be deferred."""
    return None if case.known.moved_in_on else Breach()


@rule("deferral_length")
def defers_six_months_at_most(case: Case) -> Breach | None:
    """A deferral ends within six months of expiry; there is no grace."""
    expires_on, until = expiry(case.known, case.ground), case.act.day("until")
    if expires_on is None or until is None:
        return None
    cap = case.months(expires_on, MONTHS_OF_DEFERRAL)
    return None if until <= cap else Breach(found=until, needed=cap)
