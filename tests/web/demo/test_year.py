"""What the township's years show: each of the procedure's moments is found in the record."""

from datetime import date, time

import pytest

from recruit.log.rebuild import check_projections
from recruit.queries.scan import scan_record
from tests.web.demo.conftest import Demo, Reading
from web.demo.cast import load_cast
from workflows.acts import SHANGHAI
from workflows.words import render_finding

OPEN = {
    "applicant", "activist", "proposed", "development_target", "vetting", "admission_publicity", "approval",
    "probation", "extended_probation",
}  # fmt: skip
NINE = ("马国强", "马晓燕", "王秀兰", "古丽娜尔", "何伟", "阿依古丽", "陈志远", "赵红梅", "周建设")


def test_people_stand_at_every_open_stage_of_the_edition_at_the_end(demo: Demo) -> None:
    stages = demo.counts["stages"]

    assert set(stages) >= OPEN | {"full_member", "withdrawn", "closed", "transferred_out", "deceased"}
    assert sum(stages.values()) == demo.counts["dossiers"] == 60


def test_a_scan_finds_what_was_accepted_with_a_remark_and_nothing_else(year: Reading) -> None:
    found = scan_record(year.record).irregularities

    names = {year.dossier(name).row.id: name for name in ("马成林", "马国强", "丁海峰", "田玉兰")}
    assert sorted((names[one.dossier or ""], one.finding.rule) for one in found) == [
        ("丁海峰", "review_in_time"),
        ("田玉兰", "talk_in_time"),
        ("马国强", "recorded_late"),
        ("马国强", "review_in_time"),
        ("马成林", "recorded_late"),
    ]


def test_a_proposal_before_the_year_of_cultivation_is_refused_with_its_earliest_day(year: Reading) -> None:
    (refused,) = year.refusals("马国强", "target_proposed")
    (finding,) = refused.findings

    assert (refused.on, finding.rule) == (date(2015, 5, 28), "cultivation_period")
    assert finding.earliest == date(2015, 6, 10)
    assert "2015年6月10日" in render_finding(finding, "zh")


def test_a_meeting_without_quorum_is_void_and_held_again(year: Reading) -> None:
    for name in ("马晓燕", "阿依古丽"):
        facts = year.dossier(name).facts

        assert [vote.outcome for vote in facts.votes] == ["void", "passed"]
        assert facts.stage == "probation"


def test_a_vote_can_fail_on_the_entitled_though_not_on_those_present(year: Reading) -> None:
    first = year.acts("王秀兰", "meeting_voted")[0].details
    votes_for = int(str(first["for"])) + int(str(first["written_for"]))

    assert 2 * votes_for > int(str(first["present"]))
    assert 2 * votes_for < int(str(first["entitled"]))
    assert [vote.outcome for vote in year.dossier("王秀兰").facts.votes] == ["not_passed", "passed"]


def test_an_objection_holds_one_admission_until_it_is_concluded(year: Reading) -> None:
    (held,) = year.refusals("赵红梅", "notice_closed")
    (objection,) = year.dossier("赵红梅").facts.objections
    (closed,) = year.acts("赵红梅", "notice_closed")
    (decided,) = year.acts("赵红梅", "committee_decided")

    assert [finding.rule for finding in held.findings] == ["objections_concluded"]
    assert (objection.on, objection.upheld) == (date(2016, 6, 17), False)
    assert objection.concluded_on is not None
    assert held.on < objection.concluded_on <= closed.on
    assert decided.on > year.acts("马国强", "committee_decided")[0].on


def test_a_late_talk_is_recorded_with_its_warning(year: Reading) -> None:
    (talk,) = year.acts("田玉兰", "talk_held")

    assert [finding.rule for finding in talk.findings] == ["talk_in_time"]


def test_a_report_of_march_that_is_entered_in_june_is_marked_late(year: Reading) -> None:
    late = [entry for entry in year.acts("马国强", "thought_report_received") if entry.is_late]

    assert [entry.on for entry in late] == [date(2016, 3, 28)]
    assert late[0].recorded_at.astimezone(SHANGHAI).date() == date(2016, 6, 7)


def test_somebody_withdraws(year: Reading) -> None:
    assert year.dossier("任小波").facts.stage == "withdrawn"


def test_a_correction_keeps_the_old_act_and_names_a_second_person(year: Reading) -> None:
    (corrected,) = year.acts("王秀兰", "corrected")
    (old,) = year.acts("王秀兰", "details_changed")

    assert old.corrected_by == corrected.seq
    assert (corrected.by_name, corrected.confirmed_by_name) == ("刘敏", "何静")


def test_every_decision_of_the_committee_has_a_second_person(year: Reading) -> None:
    decided = [
        entry
        for entry in year.everything()
        if not entry.is_refused and entry.do in {"preexamined", "committee_decided"}
    ]

    assert {(entry.by_name, entry.confirmed_by_name) for entry in decided} == {("刘敏", "张书记")}


def test_every_act_is_recorded_at_an_hour_when_somebody_is_there(year: Reading) -> None:
    hours = {entry.recorded_at.astimezone(SHANGHAI).time() for entry in year.everything()}

    assert time(8, 0) < min(hours)
    assert max(hours) < time(22, 0)


@pytest.mark.parametrize("name", NINE)
def test_the_nine_places_are_filled_by_those_of_the_plan(year: Reading, name: str) -> None:
    view = year.dossier(name)

    assert view.facts.stage == "probation"
    assert view.facts.oath_on is not None
    assert view.facts.activist_on is not None
    assert view.facts.activist_on.year == 2014


def test_the_nine_reach_the_shares_of_the_plan(year: Reading) -> None:
    nine = [one for _, one in load_cast().applicants() if one.name in NINE]

    assert sum(one.sex == "female" for one in nine) >= 5
    assert sum(one.born > date(1981, 6, 30) for one in nine) >= 8
    assert sum(one.education not in {"primary", "junior_high"} for one in nine) >= 8
    assert sum(one.ethnic != "汉族" for one in nine) >= 2
    assert sorted(year.dossier(name).person.category or "" for name in NINE) == [
        *["farmer_herder"] * 7, "institution", "school",
    ]  # fmt: skip


def test_what_is_computed_follows_from_the_acts(year: Reading) -> None:
    assert check_projections(year.record).differences == ()


def test_the_story_tells_refusals_with_their_reason_in_both_languages(demo: Demo) -> None:
    assert "不满一年" in demo.story or "满一年" in demo.story
    assert "2015-06-10" in demo.story
    assert "提醒" in demo.story
    assert "张贴公示（2016-06-16 至 2016-06-18）" in demo.story
    assert "应到 21，实到 17，赞成 10：没有通过" in demo.story
    assert "会议无效" in demo.story
    assert "演示数据" in demo.story
