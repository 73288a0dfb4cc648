"""Shares, head-count duties and the reserve in whole numbers (PROCEDURE.md, section 6)."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.arithmetic import head_count_duty, required, reserve


@pytest.mark.parametrize(
    ("percent", "of", "heads"),
    [
        (45, 9, 5),
        (80, 9, 8),
        (70, 9, 7),
        (20, 9, 2),
        (50, 10, 5),
        (0, 9, 0),
        (100, 9, 9),
        (1, 1, 1),
        (35, 0, 0),
    ],
)
def test_a_share_is_rounded_up_to_whole_heads(percent: int, of: int, heads: int) -> None:
    assert required(percent, of) == heads


@given(percent=st.integers(0, 100), of=st.integers(0, 10**9))
def test_a_share_agrees_with_exact_fractions(percent: int, of: int) -> None:
    assert required(percent, of) == ceil(Fraction(percent * of, 100))


@pytest.mark.parametrize(
    ("staff", "duty"),
    [(0, (0, 0)), (1, (1, 0)), (49, (1, 0)), (50, (3, 1)), (99, (3, 1)), (100, (5, 2)), (101, (5, 2))],
)
def test_the_higher_duty_wins_where_the_tiers_meet(staff: int, duty: tuple[int, int]) -> None:
    assert head_count_duty(staff) == duty


def test_two_to_three_activists_are_held_ready_for_each_place() -> None:
    assert reserve(9, 2, 3) == (18, 27)
    assert reserve(9, 4, 4) == (36, 36)


@pytest.mark.parametrize("arguments", [(-1, 9), (45, -9)])
def test_heads_below_zero_are_refused(arguments: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        required(*arguments)


def test_a_negative_staff_is_refused() -> None:
    with pytest.raises(ValueError, match="staff cannot be -1"):
        head_count_duty(-1)


@pytest.mark.parametrize("arguments", [(-9, 2, 3), (9, -2, 3)])
def test_a_negative_reserve_is_refused(arguments: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        reserve(*arguments)


def test_a_reserve_from_three_to_two_is_refused() -> None:
    with pytest.raises(ValueError, match="above the greatest"):
        reserve(9, 3, 2)
