"""Facts as a fold of acts: incremental, prefix by prefix, and what a return to an earlier stage undoes."""

import pytest

from tests.workflows.builders import (
    SOURCES,
    Dossier,
    a_dossier,
    a_ground,
    act,
    an_activist,
    blocking,
    converted,
    day,
    on_probation,
    road,
    with_a_passed_vote,
)
from workflows.facts import Facts
from workflows.fold import fold, fold_history

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def step_by_step(dossier: Dossier) -> Facts:
    facts: Facts | None = None
    for one in dossier.acts:
        facts = fold(facts, one, dossier.ground)
    assert facts is not None
    return facts


@EDITIONS
def test_step_by_step_gives_what_the_whole_history_gives(edition: str) -> None:
    dossier = converted(edition)

    assert step_by_step(dossier) == fold_history(dossier.acts, dossier.ground).facts


@EDITIONS
def test_what_comes_later_changes_nothing_of_what_was(edition: str) -> None:
    dossier = converted(edition)
    facts: Facts | None = None

    for length, one in enumerate(dossier.acts, start=1):
        facts = fold(facts, one, dossier.ground)
        assert fold_history(dossier.acts[:length], dossier.ground).facts == facts
        assert facts.version == length


def test_the_roads_lead_through_every_stage_of_their_editions() -> None:
    def stages(edition: str) -> list[str]:
        return [stage for _, stage in converted(edition).known.stages]

    first, last = ["applicant", "activist", "proposed"], ["development_target", "vetting", "approval"]
    assert stages("2014") == [*first, *last, "probation", "full_member"]
    assert stages("2026") == [*first, "target_publicity", *last, "probation", "full_member"]


def test_the_stage_of_a_day_is_the_one_at_its_end() -> None:
    facts = converted("2026").known

    assert facts.stage_at(day("2025-03-18")) is None
    assert facts.stage_at(day("2025-03-19")) == "applicant"
    assert facts.stage_at(day("2025-06-01")) == "applicant"
    assert facts.stage_at(day("2025-06-02")) == "activist"
    assert facts.stage_on == day("2027-09-10")


def test_the_branch_of_a_day_is_the_one_in_charge_at_its_end() -> None:
    facts = an_activist(since="2026-03-02").after(act("transferred", "2026-05-25", to="b2")).known

    assert facts.branch_at(day("2026-05-24")) == "b1"
    assert facts.branch_at(day("2026-05-25")) == "b2"
    assert facts.branch == "b2"


def test_an_act_that_begins_nothing_cannot_be_folded_first() -> None:
    with pytest.raises(ValueError, match="talk_held does not begin"):
        fold(None, act("talk_held", "2026-04-10"), a_ground())


def test_the_first_talk_counts() -> None:
    talked = a_dossier(
        act("application_received", "2026-04-06"),
        act("talk_held", "2026-04-20"),
        act("talk_held", "2026-04-10"),
    )

    assert talked.known.talk_on == day("2026-04-10")


def test_records_that_are_entered_late_are_kept_in_the_order_of_their_days() -> None:
    activist = an_activist(since="2025-08-21").after(
        act("review_recorded", "2026-02-10"),
        act("review_recorded", "2025-12-10", recorded="2026-02-12T09:00+08:00"),
        act("thought_report_received", "2026-01-10"),
        act("thought_report_received", "2025-10-10", recorded="2026-02-12T09:00+08:00"),
    )

    assert activist.known.reviews == (day("2025-12-10"), day("2026-02-10"))
    assert activist.known.thought_reports == (day("2025-10-10"), day("2026-01-10"))


def test_the_person_who_is_known_may_change() -> None:
    person = a_dossier(
        act("application_received", "2026-04-06", floating=True, league_member=True, category="student"),
        act("details_changed", "2026-05-06", leaves_on="2026-12-01"),
        act("details_changed", "2026-06-06", floating=False, category="school"),
    ).known

    assert (person.floating, person.league_member, person.category) == (False, True, "school")
    assert person.leaves_on == day("2026-12-01")


def test_a_paper_of_a_kind_replaces_the_earlier_one_and_reports_add_up() -> None:
    activist = an_activist(since="2026-04-06").after(
        act("paper_received", "2026-05-01", kind="autobiography", signed=True, dated=False),
        act("paper_received", "2026-05-02", kind="autobiography", signed=True, dated=True),
        act("paper_received", "2026-05-03", kind="thought_report", signed=True, dated=True),
        act("paper_received", "2026-05-04", kind="thought_report", signed=True, dated=True),
    )

    assert [(paper.kind, paper.on.day) for paper in activist.known.papers] == [
        ("autobiography", 2), ("thought_report", 3), ("thought_report", 4),
    ]  # fmt: skip


def test_a_removed_activist_begins_the_year_again() -> None:
    removed = road("2026", "review_recorded").after(act("activist_removed", "2026-06-10", reason="inactive"))

    facts = removed.known
    assert facts.stage == "applicant"
    assert (facts.activist_on, facts.activist_filed_on, facts.reviews, facts.contacts) == (None, None, (), ())
    assert (facts.talk_on, facts.recommendations) == (day("2025-04-03"), ())


BACK_TO_ACTIVIST = [
    ("target_proposed", act("target_refused", "2026-06-30", reason="not ripe")),
    ("notice_posted target", act("transferred", "2026-07-02", to="b2")),
    ("target_listed", act("target_removed", "2026-07-10", reason="not fit")),
    ("preexamined", act("transferred", "2026-08-15", to="b2")),
    ("form_issued", act("target_removed", "2026-08-20", reason="not fit")),
]


@pytest.mark.parametrize(("stage", "way_back"), BACK_TO_ACTIVIST)
def test_each_return_to_activist_keeps_the_time_and_asks_for_the_rest_anew(
    stage: str, way_back: object
) -> None:
    before = road("2026", stage)

    facts = before.after(way_back).known  # type: ignore[arg-type]

    assert facts.stage == "activist"
    assert (facts.activist_on, facts.reviews) == (before.known.activist_on, before.known.reviews)
    assert (facts.opinions, facts.proposed_on, facts.consented_on, facts.listed_on) == ((), None, None, None)
    assert (facts.sponsors, facts.review, facts.trainings) == ((), None, ())
    assert (facts.examination, facts.preexamination) == (None, None)
    assert (facts.form, facts.form_on) == (before.known.form, before.known.form_on)
    assert facts.current_notices("target") == ()


def test_an_upheld_objection_to_a_target_leads_back_to_activist() -> None:
    upheld = road("2026", "notice_posted target").after(
        act("objection_received", "2026-07-03", purpose="target"),
        act("objection_concluded", "2026-07-06", objection=1, upheld=True),
    )

    assert upheld.stage == "activist"
    assert upheld.known.activist_on == day("2025-06-02")
    assert upheld.known.open_objections("target") == ()


def test_a_move_names_contact_persons_anew() -> None:
    moved = road("2026", "review_recorded").after(act("transferred", "2026-05-25", to="b2"))

    assert (moved.stage, moved.known.contacts, moved.known.contacts_on) == ("activist", (), None)
    assert moved.known.opinions == ()


def test_a_second_attempt_after_a_move_asks_for_every_step_again() -> None:
    moved = road("2026", "form_issued").after(
        act("transferred", "2026-08-20", to="b2"),
        act("contacts_assigned", "2026-08-21", contacts=["n1"]),
        act("opinions_heard", "2026-08-24", from_=SOURCES),
        act("target_proposed", "2026-08-25"),
    )

    assert blocking(moved, act("sponsors_named", "2026-08-26", sponsors=["n1", "n2"])) == ["stage_allows"]
    notice = act("notice_posted", "2026-08-26", purpose="target", from_="2026-08-26", to="2026-09-01")
    assert blocking(moved, notice) == ["consent_before_notice"]


def a_vote_on(on: str, **counts: int) -> Dossier:
    vote = act("meeting_voted", on, purpose="admission", **{"entitled": 9, "present": 7, "for_": 7, **counts})
    return road("2026", "form_issued").after(vote)


def test_a_void_meeting_changes_nothing() -> None:
    void = a_vote_on("2026-08-28", present=4, for_=4)

    assert (void.stage, void.known.pending) == ("approval", None)
    assert void.known.preexamination is not None


def test_a_vote_that_is_not_passed_leads_back_to_vetting_and_the_form_stays_good() -> None:
    lost = a_vote_on("2026-08-28", for_=4, against=3)

    facts = lost.known
    assert facts.stage == "vetting"
    assert (facts.examination, facts.preexamination, facts.talks) == (None, None, ())
    assert (facts.sponsors, facts.form) == (("m1", "m2"), "F-2026-017")
    assert facts.review is not None
    again = lost.after(act("branch_examined", "2026-09-10"), act("preexamined", "2026-09-14"))
    vote = act("meeting_voted", "2026-09-20", purpose="admission", entitled=9, present=7, for_=7)
    assert blocking(again, vote) == []


def test_a_refused_admission_leads_back_to_vetting_and_its_vote_is_used_up() -> None:
    refused = road("2026", "committee_talk_held").after(
        act("committee_decided", "2026-09-10", purpose="admission", approved=False)
    )

    assert (refused.stage, refused.known.pending, refused.known.admitted_on) == ("vetting", None, None)
    again = refused.after(act("branch_examined", "2026-09-11"), act("preexamined", "2026-09-12"))
    assert "vote_passed" in blocking(again, act("committee_decided", "2026-09-13", purpose="admission"))


def test_probation_is_counted_from_the_meeting_and_not_from_the_approval() -> None:
    facts = on_probation("2026").known

    assert (facts.admitted_on, facts.probation_on) == (day("2026-08-28"), day("2026-09-10"))


def test_a_refused_conversion_changes_nothing() -> None:
    refused = road("2026", "meeting_voted conversion").after(
        act("committee_decided", "2027-09-10", purpose="conversion", approved=False)
    )

    assert (refused.stage, refused.known.pending) == ("probation", None)
    again = act("meeting_voted", "2027-10-10", purpose="conversion", entitled=9, present=7, for_=7)
    assert blocking(refused, again) == []


def test_a_refused_extension_leaves_probation_as_it_was() -> None:
    vote = act("meeting_voted", "2027-08-30", purpose="extension", months=6, entitled=9, present=7, for_=7)
    refused = on_probation("2026").after(
        vote, act("committee_decided", "2027-09-10", purpose="extension", approved=False)
    )

    assert (refused.stage, refused.known.extended_months) == ("probation", 0)


def test_what_has_ended_stays_ended() -> None:
    gone = an_activist(since="2026-03-02").after(act("withdrawn", "2026-05-01"))

    assert (gone.stage, gone.known.ended_on) == ("withdrawn", day("2026-05-01"))
    assert blocking(gone, act("review_recorded", "2026-05-02")) == ["stage_allows"]
    assert blocking(gone, act("review_recorded", "2026-04-30")) == []


def test_a_person_from_another_system_brings_the_days_along() -> None:
    carried = {
        "application_received": "2024-12-01",
        "activist_decided": "2025-03-10",
        "review_recorded": "2025-09-01",
    }
    facts = a_dossier(act("transferred_in", "2026-01-05", stage="activist", carried=carried, org="b3")).known

    assert (facts.stage, facts.branch, facts.opened_on) == ("activist", "b3", day("2026-01-05"))
    assert (facts.received_on, facts.activist_on) == (day("2024-12-01"), day("2025-03-10"))
    assert facts.reviews == (day("2025-09-01"),)
    assert facts.moved_in_on is None


def test_an_open_pause_ends_with_its_resumption() -> None:
    paused = an_activist(since="2026-03-02").after(act("suspended", "2026-04-01", reason="illness"))

    assert paused.known.is_suspended
    resumed = paused.after(act("resumed", "2026-04-20"))
    assert not resumed.known.is_suspended
    assert resumed.known.pauses[-1].resumed_on == day("2026-04-20")


def test_a_lapse_settles_the_vote_that_was_passed() -> None:
    lapsed = with_a_passed_vote("2026").after(act("approval_lapsed", "2027-03-01"))

    assert (lapsed.stage, lapsed.known.pending, lapsed.known.preexamination) == ("vetting", None, None)
