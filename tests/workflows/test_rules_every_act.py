"""What every act is judged by: its stage, its order, its day, who records and who confirms."""

import pytest

from tests.workflows.builders import (
    SOURCES,
    a_dossier,
    act,
    an_activist,
    an_applicant,
    blocking,
    day,
    finding,
    irregularity,
    on_probation,
    road,
    then,
    warnings,
    with_a_passed_vote,
)
from workflows.acts import Act

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def test_an_act_in_a_stage_that_does_not_know_it_is_refused_with_every_reason() -> None:
    activist = an_activist(since="2026-05-20")

    assert blocking(activist, act("oath_taken", "2026-07-01")) == ["oath_after_approval", "stage_allows"]
    assert blocking(activist, act("target_listed", "2026-07-01")) == ["publicity_length", "stage_allows"]
    assert blocking(activist, act("application_received", "2026-07-01")) == ["stage_allows"]


def test_only_an_application_or_a_move_begins_a_dossier() -> None:
    nobody = a_dossier()

    assert "stage_allows" in blocking(nobody, act("talk_held", "2026-07-01"))
    assert blocking(nobody, act("application_received", "2026-07-01")) == []
    assert blocking(nobody, act("transferred_in", "2026-07-01", stage="applicant")) == []


def test_since_when_it_is_suspended_is_said() -> None:
    suspended = road("2026", "opinions_heard").after(act("suspended", "2026-06-22", reason="illness"))

    found = finding(suspended, act("target_proposed", "2026-06-24"), "stage_allows")

    assert found is not None
    assert (found.variant, found.values["since"]) == ("suspended", day("2026-06-22"))


def test_until_when_a_pre_examination_holds_is_said() -> None:
    found = finding(road("2026", "form_issued"), act("approval_lapsed", "2026-09-14"), "stage_allows")

    assert found is not None
    assert (found.variant, found.needed) == ("not_lapsed", day("2026-09-14"))


RESTING = [
    ("contacts_assigned", "activist_decided", "2025-06-02", {"contacts": ["m1"]}),
    ("activist_filed", "activist_decided", "2025-06-02", {}),
    ("review_recorded", "activist_decided", "2025-06-02", {}),
    ("target_proposed", "opinions_heard", "2026-06-21", {}),
    ("sponsors_named", "target_filed", "2026-06-30", {"sponsors": ["m1", "m2"]}),
    ("sponsors_named", "target_listed", "2026-07-09", {"sponsors": ["m1", "m2"]}),
    ("preexamined", "branch_examined", "2026-07-29", {}),
    (
        "meeting_voted",
        "form_issued",
        "2026-08-16",
        {"purpose": "admission", "entitled": 9, "present": 7, "for_": 7},
    ),
    ("committee_decided", "meeting_voted", "2026-08-28", {"purpose": "admission"}),
]


@pytest.mark.parametrize(("do", "rests_on", "on", "details"), RESTING)
@EDITIONS
def test_no_act_is_dated_before_an_act_that_it_rests_on(
    edition: str, do: str, rests_on: str, on: str, details: dict[str, object]
) -> None:
    if (edition, rests_on) in {("2014", "target_listed"), ("2026", "target_filed")}:
        return
    until = f"{rests_on} admission" if rests_on == "meeting_voted" else rests_on
    dossier = road(edition, until)
    the_day_before = date_before(then(edition, on))

    assert "order_of_acts" in blocking(dossier, act(do, the_day_before, **details))
    assert "order_of_acts" not in blocking(dossier, act(do, then(edition, on), **details))


def date_before(text: str) -> str:
    return day(text).fromordinal(day(text).toordinal() - 1).isoformat()


def test_the_act_that_comes_last_is_named() -> None:
    found = finding(
        an_activist(since="2026-05-20"),
        act("contacts_assigned", "2026-05-19", contacts=["m1"]),
        "order_of_acts",
    )

    assert found is not None
    assert (found.values["rests_on"], found.earliest) == ("activist_decided", day("2026-05-20"))


def test_a_step_rests_on_the_last_of_several_acts() -> None:
    heard_twice = road("2026", "opinions_heard").after(act("opinions_heard", "2026-06-23", from_=SOURCES))

    assert "order_of_acts" in blocking(heard_twice, act("target_proposed", "2026-06-22"))
    assert blocking(heard_twice, act("target_proposed", "2026-06-23")) == []


def test_a_record_rests_on_the_first_of_several_acts() -> None:
    dossier = an_applicant(since="2026-04-06").after(
        act("talk_held", "2026-04-08"),
        act("recommended", "2026-04-09", source="members"),
        act("activist_decided", "2026-04-10"),
        act("activist_removed", "2026-04-20", reason="no longer takes part"),
        act("recommended", "2026-04-21", source="members"),
        act("activist_decided", "2026-04-22"),
    )

    late = act("review_recorded", "2026-04-15", recorded="2026-04-22T09:00+08:00")
    assert blocking(dossier, late) == []


@pytest.mark.parametrize("do", ["withdrawn", "closed", "transferred_out", "died"])
def test_no_way_out_is_dated_before_the_present_stage_began(do: str) -> None:
    activist = an_activist(since="2026-05-20")
    reason = {"reason": "wish"} if do in {"withdrawn", "closed"} else {}

    assert "order_of_acts" in blocking(activist, act(do, "2026-05-19", **reason))
    assert blocking(activist, act(do, "2026-05-20", **reason)) == []


def test_nothing_is_dated_before_the_dossier_began() -> None:
    applicant = an_applicant(since="2026-04-06")

    found = finding(applicant, act("suspended", "2026-04-05", reason="illness"), "order_of_acts")

    assert found is not None
    assert blocking(applicant, act("suspended", "2026-04-06", reason="illness")) == []


def test_a_conclusion_rests_on_its_own_objection() -> None:
    posted = road("2026", "notice_posted target").after(
        act("objection_received", "2026-07-02", purpose="target"),
        act("objection_received", "2026-07-06", purpose="target"),
    )

    def concluded(number: int, on: str) -> Act:
        return act(
            "objection_concluded", on, objection=number, upheld=False, recorded="2026-07-06T20:00+08:00"
        )

    assert blocking(posted, concluded(1, "2026-07-01")) == ["order_of_acts"]
    assert blocking(posted, concluded(1, "2026-07-03")) == []
    assert blocking(posted, concluded(2, "2026-07-05")) == ["order_of_acts"]
    assert blocking(posted, concluded(2, "2026-07-06")) == []


@pytest.mark.parametrize(
    ("recorded", "rules"),
    [
        ("2026-06-01T23:59+08:00", ["not_in_future"]),
        ("2026-06-01T15:59+00:00", ["not_in_future"]),
        ("2026-06-01T16:00+00:00", []),
        ("2026-06-02T00:00+08:00", []),
        ("2026-06-03T00:00+08:00", []),
    ],
)
def test_an_act_has_happened_by_the_day_in_shanghai_on_which_it_is_recorded(
    recorded: str, rules: list[str]
) -> None:
    assert blocking(a_dossier(), act("application_received", "2026-06-02", recorded=recorded)) == rules


def test_an_act_of_before_the_first_edition_has_happened_too() -> None:
    future = act("application_received", "2014-05-27", recorded="2014-05-26T09:00+08:00")

    assert blocking(a_dossier(), future) == ["not_in_future"]


def test_acts_of_before_the_first_edition_are_recorded_and_not_judged() -> None:
    young = an_applicant(since="2014-01-02")

    assert warnings(young, act("talk_held", "2014-05-27")) == []
    assert warnings(young, act("talk_held", "2014-05-28")) == ["talk_in_time"]


def test_only_the_branch_in_charge_and_those_above_it_record() -> None:
    applicant = an_applicant(since="2026-04-06").among(superiors=frozenset({"township"}))

    def talk(org: str | None) -> Act:
        return act("talk_held", "2026-04-10", org=org)

    assert blocking(applicant, talk("b1")) == []
    assert blocking(applicant, talk("township")) == []
    assert blocking(applicant, talk(None)) == []
    assert blocking(applicant, talk("b2")) == ["in_charge"]


def test_after_a_move_the_new_branch_records_and_the_old_one_only_what_was_before() -> None:
    moved = an_activist(since="2026-03-02").after(act("transferred", "2026-05-25", to="b2"))

    assert blocking(moved, act("review_recorded", "2026-05-24", org="b1")) == []
    assert blocking(moved, act("review_recorded", "2026-05-24", org="b2")) == ["in_charge"]
    assert blocking(moved, act("review_recorded", "2026-05-25", org="b2")) == []
    assert blocking(moved, act("review_recorded", "2026-05-25", org="b1")) == ["in_charge"]


def test_with_a_passed_vote_that_is_not_decided_nobody_moves() -> None:
    move = act("transferred", "2026-09-11", to="b2")

    assert blocking(with_a_passed_vote(), move) == ["vote_pending"]
    assert blocking(on_probation(), move) == []
    assert blocking(road("2026", "meeting_voted conversion"), act("transferred", "2027-09-01", to="b2")) == [
        "vote_pending"
    ]


@pytest.mark.parametrize(
    ("recorded", "rules"),
    [("2026-03-06", []), ("2026-03-10", []), ("2026-03-11", []), ("2026-03-12", ["recorded_late"])],
)
def test_an_act_is_recorded_within_three_working_days(recorded: str, rules: list[str]) -> None:
    applicant = an_applicant(since="2026-03-02")

    assert warnings(applicant, act("talk_held", "2026-03-06", recorded=f"{recorded}T09:00+08:00")) == rules


def test_a_local_rule_may_give_fewer_days_for_recording() -> None:
    applicant = an_applicant(since="2026-03-02", settings={"late_entry.working_days": 1})

    assert warnings(applicant, act("talk_held", "2026-03-06", recorded="2026-03-09T09:00+08:00")) == []
    assert warnings(applicant, act("talk_held", "2026-03-06", recorded="2026-03-10T09:00+08:00")) == [
        "recorded_late"
    ]


@pytest.mark.parametrize(
    ("cites", "on", "severity"),
    [
        ("1990", "2016-03-07", "low"),
        ("2014", "2016-03-07", None),
        ("2014", "2026-05-10", None),
        ("2014", "2026-05-11", "low"),
        ("2026", "2026-05-11", None),
        (None, "2026-05-11", None),
    ],
)
def test_a_paper_cites_the_edition_in_force_on_its_day(
    cites: str | None, on: str, severity: str | None
) -> None:
    applicant = an_applicant(since="2016-01-04")

    assert irregularity(applicant, act("talk_held", on, cites=cites), "superseded_edition") == severity
    assert "superseded_edition" not in warnings(applicant, act("talk_held", on, cites=cites))
