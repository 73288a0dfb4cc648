"""Grade scales: a bound belongs to its grade, and a score below it does not reach it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.plans.builders import DATA
from workflows.errors import UnreadableText
from workflows.plans.scales import Scale, read_scales
from workflows.shapes import Misshapen

TEXT = (DATA / "scoring.yaml").read_text(encoding="utf-8")
SCALES = read_scales(TEXT, name="scoring.yaml")
BOUNDARIES = [(scale, one.score, one.grade) for scale in SCALES for one in scale.boundaries]


@pytest.mark.parametrize(
    ("scale", "score", "grade"), BOUNDARIES, ids=[f"{scale.scale}-{score}" for scale, score, _ in BOUNDARIES]
)
def test_a_score_gets_the_grade_whose_bound_it_has_reached(scale: Scale, score: Decimal, grade: str) -> None:
    assert scale.grade(score).grade == grade


def test_half_a_point_below_a_bound_is_below_it() -> None:
    assert SCALES[0].grade(Decimal("89.5")).grade == "two_stars"


def test_the_scales_differ_at_eighty() -> None:
    assert [scale.grade(80).grade for scale in SCALES] == ["two_stars", "qualified"]


@given(low=st.decimals(0, 100, places=2), high=st.decimals(0, 100, places=2))
def test_a_higher_score_never_has_a_lower_grade(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))
    for scale in SCALES:
        assert scale.grade(low).bound <= scale.grade(high).bound


@pytest.mark.parametrize("score", [-1, 101, Decimal("100.01"), True])
def test_a_score_outside_the_scale_is_refused(score: int | Decimal) -> None:
    with pytest.raises(Misshapen):
        SCALES[0].grade(score)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("label: 二星, from: 80", "label: 二星, from: 90", "must begin below"),
        ("label: 二星, from: 80", "label: 二星, from: 95", "must begin below"),
        ("label: 二星, from: 80", "label: 二星, from: eighty", "no score"),
        ("grade: two_stars,   label", "grade: one_star,   label", "twice"),
        ("label: 不合格, from: 0", "label: 不合格, from: 1", "must begin at 0"),
        ("label: 领导班子建设, points: 20", "label: 领导班子建设, points: 21", "101"),
        ("{score: 80, grade: two_stars}", "{score: 80, grade: two_star}", "unknown grade"),
        ("applies_to: [branch, member]", "applies_to: [village]", "choose from"),
    ],
)
def test_what_is_wrong_with_a_scale_is_said_with_its_line(right: str, wrong: str, said: str) -> None:
    assert right in TEXT

    with pytest.raises(UnreadableText, match=said) as refused:
        read_scales(TEXT.replace(right, wrong, 1), name="scoring.yaml")
    assert refused.value.line is not None
