"""Stand-ins for tests: named and accepted by their own log-ins."""

from datetime import date

from recruit.commands.substitutes import NameSubstitute, accept_substitute, name_substitute
from tests.recruit.builders import Township, at


def user(township: Township, login: str, day: str = "2016-03-01") -> str:
    return township.context(login, at(day)).actor.user_id


def named(
    township: Township, absent: str, stand_in: str, first: str, last: str, *, by: str = "", on: str = ""
) -> str:
    """Named by the absent user on the first day, unless said otherwise."""
    wanted = NameSubstitute(
        absent=user(township, absent, first),
        stand_in=user(township, stand_in, first),
        from_on=date.fromisoformat(first),
        to_on=date.fromisoformat(last),
        reason="leave",
    )
    return name_substitute(township.context(by or absent, at(on or first)), wanted)


def standing_in(township: Township, absent: str, stand_in: str, first: str, last: str, on: str = "") -> str:
    """Named and accepted at nine on the first day, unless said otherwise."""
    id_ = named(township, absent, stand_in, first, last, on=on)
    accept_substitute(township.context(stand_in, at(on or first)), id_)
    return id_


def lent(township: Township, login: str, day: str, hour: int = 12) -> list[str]:
    """The roles that a user holds for others at that hour."""
    grants = township.context(login, at(day, hour)).actor.grants
    return sorted(held.role for held in grants if held.instead_of is not None)
