"""What an address of the register asks for: ids, days and kinds, never a name."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from recruit.queries.register import KINDS, Filters, Kind
from web.history.moments import read_day

MOST_DOSSIERS = 20
DAYS = ("on_from", "on_to", "recorded_from", "recorded_to")
TEXTS = ("branch", "stage", "by", "rule")
_LONGEST = 60


def filters_of(entries: MultiDict[str, str]) -> Filters:
    """Raises `BadInput` for a day that is none; an unknown kind is all of them."""
    kind: Kind = next((one for one in KINDS if one == entries.get("kind")), "all")
    texts: dict[str, Any] = {name: entries.get(name, "")[:_LONGEST] for name in TEXTS}
    days: dict[str, Any] = {name: read_day(entries.get(name, ""), field=name) for name in DAYS}
    dossiers = tuple(dict.fromkeys(entries.getlist("dossier")))[:MOST_DOSSIERS]
    return Filters(kind=kind, dossiers=dossiers, **texts, **days)


def address_of(filters: Filters, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - values of an address
    """The arguments of the address that asks for the same, with what is changed; empty ones are left out."""
    given: Mapping[str, Any] = {
        "kind": filters.kind,
        "dossier": list(filters.dossiers),
        **{name: getattr(filters, name) for name in TEXTS},
        **{name: (day := getattr(filters, name)) and day.isoformat() for name in DAYS},
        **changed,
    }
    return {name: value for name, value in given.items() if value and (name, value) != ("kind", "all")}
