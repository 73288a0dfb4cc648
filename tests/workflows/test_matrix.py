"""Stage by act by edition: open or refused exactly as the editions say, read from their text anew."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from tests.workflows.builders import a_ground, act
from workflows.facts import Facts, Notice, Objection, Pause, Vote
from workflows.openness import is_open
from workflows.texts import read_yaml
from workflows.topology import topology_of

A_DAY = {"2014": date(2016, 6, 1), "2026": date(2026, 6, 1)}
EDITIONS = pytest.mark.parametrize("edition", list(A_DAY))
START = "-"


@cache
def text_of(edition: str) -> dict[str, Any]:
    """The edition as it is written; the later one laid over the one before, act by act and key by key."""
    plain = read_yaml(files("workflows").joinpath("editions", f"{edition}.yaml").read_bytes(), name=edition)
    assert isinstance(plain, dict)
    if "based_on" not in plain:
        return plain
    below = text_of(plain["based_on"])
    acts = dict(below["acts"])
    for name, own in plain["acts"].items():
        acts[name] = {**acts.get(name, {}), **own}
    return {**below, "acts": acts}


def purposes(kind: Mapping[str, Any]) -> dict[str | None, list[str]]:
    open_in = kind.get("open_in", [])
    return dict(open_in) if isinstance(open_in, dict) else {None: open_in}


def combinations(edition: str) -> Iterator[tuple[str, str, str | None, bool]]:
    text = text_of(edition)
    every = text_of("2026")["acts"]
    for stage in text["stages"]:
        for do, kind in every.items():
            here = text["acts"].get(do, {})
            is_kept = "soft" not in here
            for purpose in purposes(kind):
                stages = purposes(here).get(purpose, []) if is_kept else []
                yield stage, do, purpose, stage in stages and not here.get("begins", False)


def ready(stage: str, on: date) -> Facts:
    """Facts in which only the stage stands in the way; conditions have tests of their own."""
    before = on - timedelta(days=300)
    notices = tuple(
        Notice(n, purpose, "home", before, before, before)
        for n, purpose in enumerate(("target", "admission", "conversion"))
    )
    return Facts(
        stage=stage,
        stages=((before, stage),),
        opened_on=before,
        notices=notices,
        objections=(Objection(5, 1, "letter", before),),
    )


def made_for(facts: Facts, do: str, stage: str, on: date) -> Facts:
    """What some acts ask for besides the stage."""
    before = on - timedelta(days=300)
    if do == "resumed":
        return replace(facts, pauses=(Pause(before),))
    needs_vote = do in {"approval_prolonged", "approval_lapsed"} or (
        do == "notice_posted" and stage == "approval"
    )
    return replace(facts, votes=(Vote(4, before, "other", "passed"),)) if needs_vote else facts


SETTINGS = {"publicity.admission.days": 3, "publicity.admission.when": "before_decision"}


@EDITIONS
def test_an_act_is_open_in_the_stages_of_its_edition_and_in_no_other(edition: str) -> None:
    on, ground = A_DAY[edition], a_ground(SETTINGS)
    wrong = []

    for stage, do, purpose, expected in combinations(edition):
        details = {"purpose": purpose} if purpose else {}
        if do == "objection_concluded":
            details["objection"] = "1"
        one = act(do, on.isoformat(), **details)
        facts = made_for(ready(stage, on), do, stage, on)
        if is_open(facts, one, ground) is not expected:
            wrong.append((stage, do, purpose, expected))

    assert wrong == []


@EDITIONS
def test_the_matrix_is_not_empty(edition: str) -> None:
    answers = [expected for *_, expected in combinations(edition)]

    assert len(answers) > 800
    assert 150 < sum(answers) < len(answers) / 2


def arrows(edition: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for kind in text_of(edition)["acts"].values():
        for move in kind.get("moves", []):
            sources = move["from"] if isinstance(move["from"], list) else [move["from"]]
            found |= {(source, move["to"]) for source in sources}
    return found


@EDITIONS
def test_every_stage_is_reachable_from_the_beginning(edition: str) -> None:
    reached = {START}
    while new := {to for source, to in arrows(edition) if source in reached} - reached:
        reached |= new

    unreached = {"target_publicity"} if edition == "2014" else set()
    assert set(text_of(edition)["stages"]) - reached == unreached


@EDITIONS
def test_only_what_has_ended_has_no_way_on(edition: str) -> None:
    leaving = {source for source, _ in arrows(edition)}

    for stage, kind in text_of(edition)["stages"].items():
        is_closed = kind["phase"] == "ended" and stage != "full_member"
        assert (stage not in leaving) is is_closed, stage


@EDITIONS
def test_every_open_stage_leads_to_membership_and_to_an_end(edition: str) -> None:
    def reachable(stage: str) -> set[str]:
        reached = {stage}
        while new := {to for source, to in arrows(edition) if source in reached} - reached:
            reached |= new
        return reached

    for stage, kind in text_of(edition)["stages"].items():
        if kind["phase"] != "ended" and (edition, stage) != ("2014", "target_publicity"):
            assert {"full_member", "deceased", "transferred_out"} <= reachable(stage), stage


@EDITIONS
def test_the_machine_has_the_arrows_of_the_text_and_no_jump(edition: str) -> None:
    machine = topology_of(edition).machine

    drawn = {
        (source, transition.dest)
        for event in machine.events.values()
        for source, transitions in event.transitions.items()
        for transition in transitions
    }
    assert drawn == arrows(edition)
    assert not [name for name in machine.events if name.startswith("to_")]


def test_while_suspended_the_steps_are_closed_and_records_and_ways_out_are_open() -> None:
    closed = {
        "activist_decided",
        "target_proposed",
        "target_filed",
        "target_listed",
        "sponsors_named",
        "preexamined",
        "meeting_voted",
        "committee_decided",
    }
    on = A_DAY["2026"]
    found = set()

    for stage, do, purpose, expected in combinations("2026"):
        if not expected or do in {"suspended", "resumed", "objection_concluded"}:
            continue
        one = act(do, on.isoformat(), **({"purpose": purpose} if purpose else {}))
        facts = made_for(ready(stage, on), do, stage, on)
        paused = replace(facts, pauses=(Pause(on - timedelta(days=30)),))
        if not is_open(paused, one, a_ground(SETTINGS)):
            found.add((do, purpose))

    assert {do for do, _ in found} == closed - {"target_filed"}
    assert not [purpose for _, purpose in found if purpose == "cancellation"]
