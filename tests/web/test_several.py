"""One act for several people: whoever is refused changes nobody else, and nothing is doubled."""

from datetime import date

import pytest

from recruit.queries.history import history
from tests.web.conftest import Counter
from tests.web.township import Township, _open

REPORTS = "/several/thought_report_received"


@pytest.fixture
def neighbours(town: Township) -> tuple[str, str]:
    """Two activists of one branch."""
    _open(town, "陈志远", "willow", "li", date(2014, 6, 20), sex="male", born=date(1990, 5, 18))
    town.act("陈志远", "talk_held", date(2014, 7, 1), talker="李建国")
    town.act("陈志远", "recommended", date(2014, 9, 5), source="members")
    town.act("陈志远", "activist_decided", date(2015, 3, 10), members=5, present=5, for_=5)
    return town.dossiers["王秀兰"], town.dossiers["陈志远"]


def reports(town: Township, dossier: str, do: str = "thought_report_received") -> int:
    return sum(one.do == do for one in history(town.context("li"), dossier, attempts=False))


def entries(counter: Counter, path: str, who: tuple[str, ...], **given: object) -> dict[str, object]:
    return {**counter.form(path), "on": "2016-06-07", "who": list(who), **given}


def test_the_preview_writes_nothing_and_the_button_records_each_one_once(
    secretary: Counter, town: Township, neighbours: tuple[str, str]
) -> None:
    sent = entries(secretary, REPORTS, neighbours)

    preview = secretary.send(REPORTS, sent).get_data(as_text=True)
    assert "给 2 人记录" in preview
    assert [reports(town, one) for one in neighbours] == [0, 0]

    for _again in range(2):
        answer = secretary.send(REPORTS, {**sent, "step": "send"}).get_data(as_text=True)
        assert "思想汇报：2 人中已记 2 人" in answer
    assert [reports(town, one) for one in neighbours] == [1, 1]


def test_one_who_is_slower_or_refused_is_said_and_the_other_recorded(
    secretary: Counter, organizer: Counter, town: Township, neighbours: tuple[str, str]
) -> None:
    sent = entries(secretary, REPORTS, neighbours)
    organizer.act(
        f"/dossiers/{neighbours[0]}/acts/course_attended", on="2016-06-07", course="activist_course", days="1"
    )

    answer = secretary.send(REPORTS, {**sent, "step": "send"}).get_data(as_text=True)

    assert "2 人中已记 1 人" in answer
    assert "这期间有变化" in answer
    assert [reports(town, one) for one in neighbours] == [0, 1]


def test_whoever_is_refused_in_the_preview_is_left_out_with_the_reason(
    secretary: Counter, town: Township, neighbours: tuple[str, str]
) -> None:
    path = "/several/course_attended"

    sent = entries(secretary, path, neighbours, on="2014-12-01", course="activist_course")
    preview = secretary.send(path, sent)

    page = preview.get_data(as_text=True)
    assert "✕ 不能记" in page
    assert "给 1 人记录" in page
    last = {**secretary.hidden(preview), "step": "send"}
    secretary.send(path, last)
    assert [reports(town, one, "course_attended") for one in neighbours] == [1, 0]


def test_each_one_may_have_an_own_result(
    secretary: Counter, town: Township, neighbours: tuple[str, str]
) -> None:
    path = "/several/review_recorded"
    own = {f"result.{neighbours[0]}": "还要多参加活动"}
    sent = entries(secretary, path, neighbours, result="合格", **own)

    preview = secretary.send(path, sent).get_data(as_text=True)
    secretary.send(path, {**sent, "step": "send"})

    assert preview.index("王秀兰") < preview.index(": 还要多参加活动")
    for dossier, written in zip(neighbours, ("还要多参加活动", "合格"), strict=True):
        reason = {"reason": "handling"}
        shown = secretary.post(f"/dossiers/{dossier}/contents", reason, page=f"/dossiers/{dossier}")
        assert written in shown.get_data(as_text=True)


def test_nobody_chosen_is_said(secretary: Counter) -> None:
    assert secretary.send(REPORTS, entries(secretary, REPORTS, ())).status_code == 400


def test_those_at_another_stage_stand_apart_with_the_reason(organizer: Counter, town: Township) -> None:
    page = organizer.text(f"{REPORTS}?branch={town.places['north']}")

    assert "现在的阶段不能记：入党申请人" in page
    assert 'name="who"' not in page


@pytest.mark.parametrize("do", ["committee_decided", "meeting_voted", "target_proposed", "talk_held", "x"])
def test_no_decision_is_recorded_for_several(secretary: Counter, do: str) -> None:
    assert secretary.get(f"/several/{do}").status_code == 404


def test_nobody_out_of_reach_is_recorded(secretary: Counter, town: Township) -> None:
    """A dossier of another branch among the chosen is as if it were not there."""
    other = town.dossiers["马国强"]
    answer = secretary.send(REPORTS, {**entries(secretary, REPORTS, (other,)), "step": "send"})

    assert answer.status_code == 400
