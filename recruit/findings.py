"""Findings as JSON and back: kept as ids with values, never as text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from workflows.findings import Finding

_NAMES = tuple(field.name for field in fields(Finding))
_NOTHING: dict[str, Any] = {"found": None, "needed": None, "earliest": None, "values": {}}
_DAY = "day:"


def findings_json(findings: Iterable[Finding]) -> str:
    return json.dumps(plain_findings(findings), ensure_ascii=False, separators=(",", ":"))


def plain_findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """In the types of JSON; empty fields are left out, days are marked."""
    found = ({name: _plain(getattr(one, name)) for name in _NAMES} for one in findings)
    return [{name: value for name, value in one.items() if value not in (None, {}, [])} for one in found]


def findings_of(text: str | None) -> tuple[Finding, ...]:
    return () if not text else read_findings(json.loads(text))


def read_findings(plain: Sequence[Mapping[str, object]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(**{**_NOTHING, **{name: _read(value) for name, value in one.items()}}) for one in plain
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return f"{_DAY}{value.isoformat()}"
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _read(value: object) -> object:
    if isinstance(value, str) and value.startswith(_DAY):
        return date.fromisoformat(value.removeprefix(_DAY))
    if isinstance(value, dict):
        return {key: _read(one) for key, one in value.items()}
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    return value
