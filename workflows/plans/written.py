"""A plan as text: written from its values, and where in a text each finding of the linter stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from ruamel.yaml import YAML

from workflows.plans.findings import PlanFinding
from workflows.texts import Locator, Path

_NAMED_BY = ("id", "category", "group", "kind", "title")
_FIRST = (
    "plan", "year", "committee", "edition", "cited", "id", "category", "group", "kind", "title", "label",
    "name", "total", "allocations", "places", "composition", "percent", "comparison", "required", "given",
    "reserve", "eligible_pool", "milestones", "on", "from", "to", "acts", "purpose", "publicity",
    "settings", "papers",
)  # fmt: skip
_ORDER = {name: place for place, name in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Placed:
    """`line` from 1; the first one where the finding is of the plan as a whole."""

    line: int
    finding: PlanFinding


def write_plan(document: Mapping[str, object]) -> str:
    """YAML with each entry on a line of its own; days as days."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.representer.sort_base_mapping_type_on_output = False
    yaml.width = 4000
    stream = StringIO()
    yaml.dump(_plain(document), stream)
    return stream.getvalue()


def placed(
    findings: Iterable[PlanFinding], document: Mapping[str, object], where: Locator
) -> tuple[Placed, ...]:
    """Each finding with the line of the entry that its place names, or of the nearest one around it."""
    return tuple(Placed(where.nearest(_path(finding.at, document)) or 1, finding) for finding in findings)


def _path(at: str, document: Mapping[str, object]) -> Path:
    """Where "milestones.inspection" stands: the entry of that section with that id, category or group."""
    section, _dot, rest = at.partition(".")
    entries = document.get(section)
    if not rest or not isinstance(entries, Sequence) or isinstance(entries, str):
        return tuple(part for part in (section, *rest.split(".")) if part)
    for index, entry in enumerate(entries):
        if isinstance(entry, Mapping) and rest in {str(entry.get(name)) for name in _NAMED_BY}:
            return (section, index)
    return (section,)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        keys = sorted(map(str, value), key=lambda key: (_ORDER.get(key, len(_ORDER)), key))
        return {key: _plain(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str) and len(value) == len("2016-06-08"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
