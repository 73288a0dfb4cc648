"""Every address x every role x own, beside, above, below, nowhere: nobody reaches further."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FunctionLoader
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from recruit.commands.sessions import open_session
from recruit.errors import NotAllowed, NotFound
from tests.web.conftest import CONFIG
from tests.web.world import NOW, SEATS, UNKNOWN, World, build
from web.access import COLLECTOR, PUBLIC, SIGNED_IN, reach_of
from web.app import create_app
from web.cookies import LOGIN

# A parameter of an address that names no thing of its own: one value for all. Things with an id stand in
# tests/web/world.py, one for each place. A parameter that stands in neither fails the first test.
FIXED = {
    "do": "talk_held", "deadline": "talk", "key": "half_year_report:2016-01-01", "channel": "mail",
    "setting": "late_entry.working_days", "year": 2016, "seq": 1, "edition": "2014", "before": "2014",
    "after": "2026",
}  # fmt: skip
# A form that not every role which may open some is served for.
DOES = {"several.form": {"do": "review_recorded"}, "several.record": {"do": "review_recorded"}}
# What a form must hold to be looked at beyond its first check.
FORMS: dict[str, dict[str, Any]] = {
    "users.state": {"do": "disable"},
    "users.grant": {"role": "auditor", "organization": UNKNOWN, "from_on": "2016-06-07"},
    "acts.record": {"on": "2016-06-07", "seen_version": "2", "key": "matrix"},
    "reveals.value": {"what": "phone", "reason": "call"},
    "reveals.contents": {"reason": "handling"},
    "proposals.confirm": {"key": "matrix"},
    "erasures.propose": {"ground": "request", "ticket": "演"},
    "erasures.confirm": {"typed": "演示"},
    "duties.record": {"on": "2016-06-07", "paper": "演"},
    "duties.correct": {"on": "2016-06-07", "paper": "演", "reason": "mistyped"},
    "calls.rang": {"whom": UNKNOWN, "result": "answered"},
    "meetings.ballot": {"version": "1", "ballot": "counts"},
    "api.record": {"do": "review_recorded", "on": "2016-06-07", "seen_version": 2},
    "api.close": {"purpose": "admission", "on": "2016-06-07"},
    "api.decide": {"dossier": UNKNOWN, "do": "preexamined", "for": 1},
    "messages.later": {"until": "2016-06-08", "reason": "awaits_paper"},
}
# Addresses whose thing belongs to whoever asks, not to a place: no id of somebody else can be named.
OWN = {"me.address"}
# Shown with the token of a program alone.
PROGRAMS = ("api.", "metrics.")
# A thing of one person that others may end, too: whoever is stood in for, and who answers for the office.
ALSO = {"substitutes.end": {"member", "zhang", "security"}}
# Leads to the page that is meant, for whoever may open it.
MOVES = {"meetings.page"}
# Opened by a notice that hangs, which these rows are not: test_notices.py and test_objections.py open them.
HANGING = {"notices.paper", "notices.wall", "notices.closing", "files.picture"}
ACTORS = ("li", "clerk", "head", "liu", "member", "zhang", "wu", "system", "security", "audit", "qin")
# Refused by a sentence on the page to which they lead back; that nothing has changed is compared as for all.
SAID = {"calls.rang"}
# Reading leaves an event on purpose: who may is for the tests of the page, here stand those who may not.
LEAVES_AN_EVENT = {"files.download"}
REFUSED = {400, 403, 404, 409, 422}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    built = build(tmp_path_factory.mktemp("world") / "data")
    yield built
    built.record.close()


@pytest.fixture(scope="module")
def counter(world: World) -> Flask:
    """As served, with pages that hold the form's token alone: what stands on them is for their own tests."""
    app = create_app(world.record, world.clock, config=CONFIG.model_copy(update={"api_per_minute": 10**9}))
    app.jinja_env.loader = FunctionLoader(lambda _name: "{{ csrf_token() }}")
    app.register_error_handler(NotFound, lambda _error: ("", 404))
    app.register_error_handler(NotAllowed, lambda _error: ("", 403))
    app.register_error_handler(HTTPException, lambda error: ("", error.code or 500))
    return app


def rules(app: Flask) -> list[Rule]:
    """The addresses behind the log-in."""
    found = app.url_map.iter_rules()
    return sorted(
        (one for one in found if PUBLIC not in reach_of(app, one.endpoint)), key=lambda one: one.rule
    )


def method_of(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or set()) else "GET"


def client_of(app: Flask, world: World, login: str) -> tuple[FlaskClient, str]:
    """A browser in which the user is logged in, and the token of its forms."""
    opened = open_session(world.record, world.users[login], now=NOW)
    assert opened is not None
    client = app.test_client()
    client.set_cookie(LOGIN, opened.token)
    token = client.get("/me").get_data(as_text=True)
    assert token
    return client, token


def examples(app: Flask, world: World, rule: Rule) -> Iterator[tuple[str, str]]:
    """The address for a thing of each place, and for one that is nowhere."""
    things = {name: world.things[name] for name in rule.arguments if name in world.things}
    if not things or rule.endpoint in OWN:
        return
    fixed = {name: FIXED[name] for name in rule.arguments - set(things)}
    places = set.intersection(*(set(by_place) for by_place in things.values()))
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for place in sorted(places):
            ids = {name: by_place[place] for name, by_place in things.items()}
            yield place, adapter.build(rule.endpoint, {**ids, **fixed})
        yield "nowhere", adapter.build(rule.endpoint, {**dict.fromkeys(things, UNKNOWN), **fixed})


def _worth_asking(found: list[tuple[str, str]], *, is_served: bool) -> list[tuple[str, str]]:
    """A role that is not served is refused before any id is looked at: one example says so."""
    return found if is_served else found[:1]


def is_within(world: World, login: str, place: str) -> bool:
    """Own things and, for a place, the own one and everything below it."""
    if place.startswith("user:") or place == "nowhere":
        return place == f"user:{login}"
    return world.paths[place].startswith(world.paths[SEATS[login][1]])


def ask(client: FlaskClient, token: str, rule: Rule, path: str, *, secret: str) -> int:
    """As the user's browser, or as a program of the user's where the interface is asked."""
    if rule.endpoint.startswith(PROGRAMS):
        bearer = {"Authorization": f"Bearer {secret}"}
        body = FORMS.get(rule.endpoint, {}) if method_of(rule) == "POST" else None
        program = client.application.test_client()
        return program.open(path, method=method_of(rule), json=body, headers=bearer).status_code
    if method_of(rule) == "GET":
        return client.get(path).status_code
    return client.post(path, data={"csrf_token": token, **FORMS.get(rule.endpoint, {})}).status_code


def test_every_parameter_of_an_address_has_examples(counter: Flask, world: World) -> None:
    known = set(world.things) | set(FIXED)

    unknown = {
        f"{rule.rule}: {name}" for rule in rules(counter) for name in rule.arguments if name not in known
    }
    assert unknown == set(), "say in tests/web/world.py or in FIXED which ids stand for it"
    assert {SEATS[login][0] for login in ACTORS} >= {
        role for rule in rules(counter) for role in reach_of(counter, rule.endpoint) - {SIGNED_IN, COLLECTOR}
    }


def test_nobody_reaches_what_lies_beside_or_above_or_nowhere(counter: Flask, world: World) -> None:
    """Out of reach: 404 for what is read, refused for what would change; a role that is not served: 403."""
    wrong: list[str] = []
    opened: dict[str, set[str]] = defaultdict(set)
    asked = 0
    before = world.contents()
    for login in ACTORS:
        role = SEATS[login][0]
        client, token = client_of(counter, world, login)
        for rule in rules(counter):
            whom, method = reach_of(counter, rule.endpoint), method_of(rule)
            is_served = SIGNED_IN in whom or role in whom
            for place, path in _worth_asking(list(examples(counter, world, rule)), is_served=is_served):
                within = is_within(world, login, place) or login in ALSO.get(rule.endpoint, ())
                is_own = method == "POST" or rule.endpoint in LEAVES_AN_EVENT
                if is_served and within and (is_own or opened[rule.endpoint]):
                    continue  # what may be done is for the tests of the page; that it opens is known
                code, asked = ask(client, token, rule, path, secret=world.secrets[login]), asked + 1
                is_open = code == 200 or (code == 302 and rule.endpoint in MOVES)
                opened[rule.endpoint] |= {login} if is_open and within else set()
                allowed = {403} if not is_served else {404} if method == "GET" else REFUSED
                if is_served and within:
                    allowed = {200, 302, 403, 404}
                elif is_served and rule.endpoint in SAID:
                    allowed = {302}
                if code not in allowed:
                    wrong.append(f"{login} ({role}) {method} {place} {path}: {code}")

    assert not wrong, "\n".join(wrong)
    assert world.contents() == before
    assert asked > 500
    unopened = {
        rule.endpoint for rule in rules(counter)
        if method_of(rule) == "GET" and set(rule.arguments) & set(world.things) and not opened[rule.endpoint]
        and rule.endpoint not in LEAVES_AN_EVENT | HANGING
    }  # fmt: skip
    assert unopened == set(), "nobody opens these: their examples prove nothing"


def test_addresses_without_a_thing_serve_the_roles_that_they_name(counter: Flask, world: World) -> None:
    wrong: list[str] = []
    before = world.contents()
    for login in ACTORS:
        role = SEATS[login][0]
        client, token = client_of(counter, world, login)
        for rule in rules(counter):
            whom, method = reach_of(counter, rule.endpoint), method_of(rule)
            is_served = SIGNED_IN in whom or role in whom
            if set(rule.arguments) & set(world.things) or (is_served and method == "POST"):
                continue
            fixed = {name: DOES.get(rule.endpoint, FIXED).get(name, FIXED[name]) for name in rule.arguments}
            path = counter.url_map.bind("localhost").build(rule.endpoint, fixed)
            code = ask(client, token, rule, path, secret=world.secrets[login])
            allowed = {200, 302, *({403} if rule.endpoint in DOES else ())} if is_served else {403}
            if code not in allowed:
                wrong.append(f"{login} ({role}) {method} {path}: {code}")

    assert not wrong, "\n".join(wrong)
    assert world.contents() == before, "reading changed something"
