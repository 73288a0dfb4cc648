"""The register as a whole: every rule registered once, told in an order that no order of reading changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.builders import a_ground
from workflows.edition import EDITIONS, load_edition
from workflows.scan import ACROSS, RULES_OF_REGISTERS, WITHIN
from workflows.scan.register import (
    Admission,
    Identity,
    Known,
    PlanOfYear,
    Register,
    Ripe,
    Seat,
    Share,
    Summary,
    Traits,
)
from workflows.scan.registry import across, within
from workflows.scan.whole import judge_register, not_checked

BEGIN = date(2014, 6, 1)
days = st.integers(0, 1500).map(lambda count: BEGIN + timedelta(days=count))
branches = st.sampled_from(["b1", "b2"])


@st.composite
def summaries(draw: st.DrawFn) -> Summary:
    branch, number = draw(branches), draw(st.integers(0, 10**6))
    voted_on = draw(st.none() | days)
    admission = voted_on and Admission(
        voted_on=voted_on,
        decided_on=voted_on + timedelta(days=draw(st.integers(0, 90))),
        units=(branch, "c1"),
        committee="c1",
        sponsors=(draw(st.sampled_from(["m1", "m2"])),),
    )
    identity = Identity(
        digest=draw(st.sampled_from("xyz")),
        paper="directory",
        name=draw(st.sampled_from(["甲", "乙"])),
        born=draw(st.sampled_from([date(1990, 5, 18), date(1991, 5, 18)])),
        seen_on=draw(st.none() | days),
    )
    return Summary(
        dossier=f"d{number}",
        person=draw(st.sampled_from(["p1", "p2", "p3"])),
        branch=branch,
        opened_on=BEGIN,
        form=draw(st.sampled_from([None, "A-1", "A-2"])),
        admission=admission or None,
        ripe=(Ripe(branch=branch, first=draw(days)),),
        traits=Traits(sex=draw(st.sampled_from(["female", "male", None]))),
        identities=(identity,),
    )


KNOWN = Known(
    kin={"p1": frozenset({"m1"})},
    elections={"b1": (date(2016, 3, 1),)},
    seats=(Seat(person="m1", unit="b1", first=BEGIN),),
    plans=(
        PlanOfYear(
            committee="c1", year=2015, total=1, shares=(Share(group="women", label="女", percent=45),)
        ),
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(summaries(), max_size=14, unique_by=lambda one: one.dossier), st.randoms(use_true_random=False)
)
def test_the_order_of_the_dossiers_does_not_matter(register: list[Summary], random: object) -> None:
    shuffled = sorted(register, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert judge_register(_register(register)) == judge_register(_register(shuffled))
    assert not_checked(_register(register)) == not_checked(_register(shuffled))


def _register(register: list[Summary]) -> Register:
    return Register(on=date(2019, 1, 1), ground=a_ground(), summaries=tuple(register), known=KNOWN)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_of_the_register_has_its_severity_and_article_in_each_edition(edition: str) -> None:
    asked = {rule for rule, kind in load_edition(edition).rules.items() if "register" in kind.at}

    assert asked <= RULES_OF_REGISTERS
    assert set(load_edition(edition).rules) >= RULES_OF_REGISTERS


def test_an_id_names_one_rule() -> None:
    with pytest.raises(ValueError, match="two rules kinship"):
        across("kinship")(lambda _: iter(()))
    with pytest.raises(ValueError, match="two rules same_clerk"):
        within("same_clerk")(lambda _: iter(()))
    assert not set(ACROSS) & set(WITHIN)


def test_an_empty_register_shows_nothing() -> None:
    assert judge_register(_register([])) == ()
