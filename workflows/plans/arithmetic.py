"""The arithmetic of a plan, in whole numbers (PROCEDURE.md, section 6)."""


def required(percent: int, of: int) -> int:
    """The fewest heads that are `percent` per cent of `of`: rounded up. ValueError below zero."""
    _ensure_not_negative(percent=percent, of=of)
    return -(-percent * of // 100)


def head_count_duty(staff: int) -> tuple[int, int]:
    """What a new economic or social organization with `staff` employees owes: (activists, admissions a year).

    The source's tiers overlap at 50 and 100; the higher duty wins there. ValueError below zero.
    """
    _ensure_not_negative(staff=staff)
    for least, activists, admissions in _TIERS:
        if staff >= least:
            return activists, admissions
    return 0, 0


def reserve(admissions: int, minimum: int, maximum: int) -> tuple[int, int]:
    """How many activists to hold ready for `admissions`, from and to, at `minimum`..`maximum` for each.

    ValueError below zero, or when `minimum` is above `maximum`.
    """
    _ensure_not_negative(admissions=admissions, minimum=minimum)
    if minimum > maximum:
        raise ValueError(f"the least reserve {minimum} is above the greatest {maximum}")
    return admissions * minimum, admissions * maximum


_TIERS = ((100, 5, 2), (50, 3, 1), (1, 1, 0))  # staff from, activists, admissions a year


def _ensure_not_negative(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 0:
            raise ValueError(f"{name} cannot be {number}: heads are counted from 0")
