"""When a file was entered: what was copied at one go, corrected, or decided by several bodies on one day."""

from collections.abc import Iterable, Mapping

import pytest

from tests.workflows.builders import ROADS, a_ground, act
from workflows.acts import Act
from workflows.around import Around
from workflows.past import judge_past

LIVE = {"live.from": "2017-06-01"}
DECIDED = tuple(one for one in ROADS["2014"] if one.on.isoformat() < "2015-06-03")


def found(acts: Iterable[Act], settings: Mapping[str, object] | None = None) -> list[str]:
    return [one.rule for _, one in judge_past(tuple(acts), a_ground(settings), Around())[1]]


def entered(do: str, on: str, at: str, **details: object) -> Act:
    return act(do, on, recorded=f"{at}T10:00+08:00", **details)


def reviews(*entries: tuple[str, str]) -> tuple[Act, ...]:
    return (*DECIDED, *(entered("review_recorded", on, at) for on, at in entries))


@pytest.mark.parametrize(
    ("first_on", "second_at", "is_found"),
    [
        ("2016-12-22", "2017-06-05", True),  # 61 days apart
        ("2016-12-23", "2017-06-05", False),  # 60
        ("2016-12-24", "2017-06-05", False),
        ("2016-12-22", "2017-06-11", True),  # entered 6 days apart
        ("2016-12-22", "2017-06-12", True),  # 7
        ("2016-12-22", "2017-06-13", False),  # 8
    ],
)
def test_reviews_of_more_than_sixty_days_apart_entered_within_seven_days(
    first_on: str, second_at: str, is_found: bool
) -> None:
    file = reviews((first_on, "2017-06-05"), ("2017-02-21", second_at))

    assert ("reviews_entered_together" in found(file)) is is_found


def test_files_of_before_the_living_day_are_copied_at_one_go() -> None:
    file = reviews(("2015-11-30", "2017-06-05"), ("2016-05-30", "2017-06-05"))

    assert found(file).count("reviews_entered_together") == 1
    assert "recorded_late" in found(file)
    assert "reviews_entered_together" not in found(file, LIVE)
    assert "recorded_late" not in found(file, LIVE)


def test_a_copy_made_after_the_door_has_closed_is_judged_by_its_entry() -> None:
    file = reviews(("2015-11-30", "2017-08-05"), ("2016-05-30", "2017-08-05"))

    assert {"reviews_entered_together", "recorded_late"} <= set(found(file, LIVE))


def test_a_day_that_was_corrected_is_no_late_entry_and_details_corrected_later_do_not_hide_one() -> None:
    begun = act("application_received", "2015-03-19")
    talk, late = act("talk_held", "2015-04-03"), entered("talk_held", "2015-04-03", "2015-05-20")
    other_day = _corrected(entered("talk_held", "2015-04-02", "2016-01-10"))
    other_talker = _corrected(entered("talk_held", "2015-04-03", "2016-01-10", talker="m1"))

    assert found((begun, talk, other_day)) == []
    assert found((begun, late)) == ["recorded_late"]
    assert found((begun, late, other_talker)) == ["recorded_late"]
    assert found((begun, talk, other_talker)) == []


def test_a_correction_does_not_hide_reviews_that_were_entered_together() -> None:
    file = reviews(("2016-08-29", "2017-06-05"), ("2017-02-20", "2017-06-06"))
    replacement = entered("review_recorded", "2017-02-21", "2018-01-10", result="good")
    mended = act("corrected", "2018-01-10", act=len(file), reason="a slip", replacement=replacement)

    assert "reviews_entered_together" in found((*file, mended))


def _corrected(replacement: Act) -> Act:
    return act("corrected", "2016-01-10", act=2, reason="a slip", replacement=replacement)


def test_a_day_on_which_a_second_body_acts_is_told_once_for_each_body_that_joins() -> None:
    file = (
        *DECIDED,
        act("target_proposed", "2016-06-24"),
        act("target_filed", "2016-06-24"),
        act("branch_examined", "2016-06-24"),
    )

    assert found(file).count("several_bodies_one_day") == 1
    assert (
        found((*file, act("meeting_voted", "2016-06-24", purpose="admission"))).count(
            "several_bodies_one_day"
        )
        == 2
    )


@pytest.mark.parametrize(
    ("on", "cites", "is_found"),
    [
        ("2014-05-27", "1990", False),
        ("2014-05-28", "1990", True),
        ("2014-05-28", "2014", False),
        ("2026-05-10", "2014", False),
        ("2026-05-11", "2014", True),
        ("2026-05-11", "2026", False),
    ],
)
def test_a_paper_cites_superseded_rules_from_the_day_on_which_others_are_in_force(
    on: str, cites: str, is_found: bool
) -> None:
    assert ("superseded_edition" in found([act("application_received", on, cites=cites)])) is is_found
