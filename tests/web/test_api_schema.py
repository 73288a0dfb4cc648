"""Whatever a program sends, the interface answers as its description says: generated requests, each role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.sittings import OpenMeeting, open_meeting
from recruit.commands.users import NewUser, add_user
from recruit.log.verify import verify
from tests.web.conftest import CONFIG
from tests.web.program import token_of
from tests.web.township import PASSWORD, Township
from web.app import create_app
from workflows.edition import load_edition
from workflows.fields import ALIASES

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
ROLES = ("li", "liu", "wang", "wu", "sysadmin", "county")
LEAN, LONG = 5, 60
KINDS = {**load_edition("2014").acts, **load_edition("2026").acts}
DAYS = ("2016-06-07", "2016-06-01", "2014-09-11", "2013-01-01", "2026-06-01", "1900-01-01", "2199-12-31")


@dataclass
class Served:
    """The township under test, with ids that are there and ids that are not."""

    app: Flask
    town: Township
    meeting: str
    description: Any = None

    def known(self, name: str) -> list[str]:
        nowhere = "01AAAAAAAAAAAAAAAAAAAAAAAA"
        if name == "dossier":
            return [*self.town.dossiers.values(), nowhere]
        if name == "meeting":
            return [self.meeting, nowhere]
        return [nowhere, "x", "%2e%2e", "演示"]


@pytest.fixture
def served(town: Township) -> Served:
    """With a user of the county's department, and no pace to hold."""
    user = add_user(
        town.context("sysadmin"),
        NewUser(login="county", name="县组织部", password=PASSWORD),
        organization=town.places["township"],
    )
    grant = GrantRole(
        user=user, role="department", organization=town.places["township"], from_on=date(2014, 1, 1)
    )
    grant_role(town.context("secadmin"), grant)
    meeting = open_meeting(
        town.context("liu"),
        OpenMeeting(
            kind="committee",
            organization=town.places["township"],
            on=date(2016, 6, 7),
            ballot="counts",
            key="held",
            present_count=2,
        ),
    )
    app = create_app(town.record, town.clock, config=CONFIG.model_copy(update={"api_per_minute": 10**9}))
    return Served(app, town, meeting)


def ask(served: Served, logins: Sequence[str], examples: int) -> None:
    """Every call of the description, so often with fitting and with unfitting requests, by these users."""
    tokens = {login: {"Authorization": f"Bearer {token_of(served.town, login)}"} for login in logins}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served.app, headers=tokens[logins[0]])
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.POSITIVE or operation.body or operation.query:
                _ask(served, operation, mode, tokens, examples)


def _ask(
    served: Served,
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    tokens: dict[str, dict[str, str]],
    examples: int,
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=examples == LEAN,
        database=None,
    )
    def answer(case: Case[Any], data: st.DataObject) -> None:
        for name in case.path_parameters or {}:
            if name != "seq":
                case.path_parameters[name] = data.draw(st.sampled_from(served.known(name)))
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            case.body = _grounded(served, case.body, data)
        login = data.draw(st.sampled_from(sorted(tokens)))
        case.call_and_validate(headers=tokens[login], checks=CHECKS)

    answer()


def _grounded(served: Served, body: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """Half of the fitting bodies speak of what is there, so that they get past the door."""
    if not data.draw(st.booleans()):
        return body
    if "do" in body and "seen_version" in body:
        do = data.draw(st.sampled_from(sorted(KINDS)))
        names = {*KINDS[do].details, "note"}
        own = {name for (of, name), _ in ALIASES.items() if of == do} | names
        body = {name: value for name, value in body.items() if name in own or name in body.keys() & _CORE}
        body |= {"do": do, "seen_version": served.town.version("王秀兰")}
        if "purpose" in names:
            body["purpose"] = data.draw(st.sampled_from(("admission", "conversion", "extension", "target")))
    for name, value in (
        ("dossier", served.town.dossiers["王秀兰"]),
        ("branch", served.town.places["willow"]),
        ("organization", served.town.places["township"]),
        ("dossiers", list(served.town.dossiers.values())),
    ):
        if name in body:
            body[name] = value
    if "on" in body:
        body["on"] = data.draw(st.sampled_from(DAYS))
    return body


_CORE = frozenset(("do", "on", "seen_version", "override", "cites", "dossier", "replacement"))


def test_every_answer_is_as_described(served: Served) -> None:
    ask(served, ROLES, LEAN)

    assert verify(served.town.record).ok


@pytest.mark.slow
@pytest.mark.parametrize("login", ROLES)
def test_every_answer_is_as_described_however_often_it_is_asked(served: Served, login: str) -> None:
    ask(served, [login], LONG)

    assert verify(served.town.record).ok
