"""From applicant to activist, and the year of cultivation (Art. 8, 9, 11)."""

from collections.abc import Mapping

import pytest

from tests.workflows.builders import (
    Dossier,
    a_dossier,
    a_member,
    a_roll,
    act,
    an_activist,
    an_applicant,
    blocking,
    day,
    finding,
    irregularity,
    road,
    warnings,
)

DECIDED = {"members": 5, "present": 5, "for_": 5}


def an_applicant_who_was_talked_to(**options: object) -> Dossier:
    return an_applicant(since="2026-04-06", **options).after(act("talk_held", "2026-04-21"))  # type: ignore[arg-type]


def test_nobody_becomes_an_activist_before_the_talk() -> None:
    applicant = an_applicant(since="2026-04-06").after(act("recommended", "2026-06-10", source="members"))
    decision = act("activist_decided", "2026-06-20", **DECIDED)

    assert blocking(applicant, decision) == ["talk_before_decision"]
    assert blocking(applicant.after(act("talk_held", "2026-06-19")), decision) == []
    assert blocking(applicant.after(act("talk_held", "2026-06-20")), decision) == []
    assert "talk_before_decision" in blocking(applicant.after(act("talk_held", "2026-06-21")), decision)


def test_who_came_from_another_system_need_not_be_talked_to_again() -> None:
    moved = a_dossier(act("transferred_in", "2026-04-06", stage="applicant")).after(
        act("recommended", "2026-06-10", source="members")
    )

    assert blocking(moved, act("activist_decided", "2026-06-20", **DECIDED)) == []


def test_a_decision_dated_before_the_talk_is_told_the_day_of_the_talk() -> None:
    applicant = an_applicant_who_was_talked_to().after(act("recommended", "2026-04-07", source="union"))

    found = finding(applicant, act("activist_decided", "2026-04-20", **DECIDED), "talk_before_decision")

    assert found is not None
    assert found.earliest == day("2026-04-21")


@pytest.mark.parametrize("source", ["members", "league", "union", "women"])
def test_an_activist_is_decided_on_a_recommendation(source: str) -> None:
    applicant = an_applicant_who_was_talked_to()
    decision = act("activist_decided", "2026-06-20", **DECIDED)

    def recommended(on: str) -> Dossier:
        return applicant.after(act("recommended", on, source=source))

    assert blocking(applicant, decision) == ["recommendation_before_decision"]
    assert blocking(recommended("2026-06-19"), decision) == []
    assert blocking(recommended("2026-06-20"), decision) == []
    assert "recommendation_before_decision" in blocking(recommended("2026-06-21"), decision)


def test_one_recommendation_in_time_is_enough() -> None:
    applicant = an_applicant_who_was_talked_to().after(
        act("recommended", "2026-06-10", source="members"), act("recommended", "2026-06-15", source="women")
    )

    assert blocking(applicant, act("activist_decided", "2026-06-15", **DECIDED)) == []


LEAGUE = {"league_recommendation.below_age": 28}


def a_league_member(*, born: str, settings: Mapping[str, object] | None = None) -> Dossier:
    applicant = an_applicant(since="2026-01-06", settings=settings or LEAGUE, league_member=True)
    return applicant.among(born=day(born)).after(
        act("talk_held", "2026-01-21"), act("recommended", "2026-02-10", source="members")
    )


@pytest.mark.parametrize(
    ("on", "rules"),
    [("2026-05-17", ["league_recommendation"]), ("2026-05-18", []), ("2026-05-19", [])],
)
def test_a_league_member_below_the_local_age_needs_the_leagues_word(on: str, rules: list[str]) -> None:
    assert blocking(a_league_member(born="1998-05-18"), act("activist_decided", on, **DECIDED)) == rules


def test_the_leagues_recommendation_answers_it_and_is_good_for_two_years() -> None:
    young = a_league_member(born="2004-05-18").after(act("recommended", "2026-03-02", source="league"))

    assert blocking(young, act("activist_decided", "2028-03-01", **DECIDED)) == []
    assert blocking(young, act("activist_decided", "2028-03-02", **DECIDED)) == []
    assert blocking(young, act("activist_decided", "2028-03-03", **DECIDED)) == ["league_recommendation"]


def test_the_last_recommendation_of_the_league_counts() -> None:
    young = a_league_member(born="2004-05-18").after(
        act("recommended", "2026-03-02", source="league"), act("recommended", "2028-03-02", source="league")
    )

    assert blocking(young, act("activist_decided", "2029-03-02", **DECIDED)) == []


def test_a_recommendation_of_the_league_after_the_decision_is_none() -> None:
    young = a_league_member(born="2004-05-18").after(act("recommended", "2026-03-02", source="league"))

    assert "league_recommendation" in blocking(young, act("activist_decided", "2026-03-01", **DECIDED))
    assert blocking(young, act("activist_decided", "2026-03-02", **DECIDED)) == []


def test_a_recommendation_without_a_limit_does_not_age() -> None:
    settings = {**LEAGUE, "league_recommendation.valid_months": 0}
    young = a_league_member(born="2008-01-01", settings=settings).after(
        act("recommended", "2026-03-02", source="league")
    )

    assert blocking(young, act("activist_decided", "2034-03-02", **DECIDED)) == []


def test_who_is_no_league_member_needs_no_word_of_the_league() -> None:
    applicant = an_applicant(since="2026-01-06", settings=LEAGUE).after(
        act("talk_held", "2026-01-21"), act("recommended", "2026-02-10", source="members")
    )

    assert blocking(applicant, act("activist_decided", "2026-05-17", **DECIDED)) == []


def test_where_no_age_is_set_the_league_is_not_asked() -> None:
    young = a_league_member(born="2004-05-18", settings={"review.months": 6})

    assert blocking(young, act("activist_decided", "2026-05-17", **DECIDED)) == []


def test_a_league_member_of_unknown_age_is_asked() -> None:
    young = a_league_member(born="1990-05-18").among(born=None)

    assert blocking(young, act("activist_decided", "2026-05-17", **DECIDED)) == ["league_recommendation"]


def test_an_override_stands_in_for_the_league() -> None:
    decision = act("activist_decided", "2026-05-17", by="u1", override_by="u2", **DECIDED)

    assert blocking(a_league_member(born="2004-05-18"), decision) == []
    assert "league_recommendation" in warnings(a_league_member(born="2004-05-18"), decision)


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-08-27", ["application_period"]), ("2026-08-28", []), ("2026-08-29", [])]
)
def test_a_local_rule_may_ask_for_months_between_application_and_decision(on: str, rules: list[str]) -> None:
    applicant = an_applicant(since="2026-02-28", settings={"application.to_activist_months": 6}).after(
        act("talk_held", "2026-03-21"), act("recommended", "2026-06-10", source="members")
    )

    assert blocking(applicant, act("activist_decided", on, **DECIDED)) == rules


def test_without_that_rule_an_applicant_may_be_decided_upon_at_once() -> None:
    applicant = an_applicant(since="2026-04-06").after(
        act("talk_held", "2026-04-06"), act("recommended", "2026-04-06", source="members")
    )

    assert blocking(applicant, act("activist_decided", "2026-04-06", **DECIDED)) == []


@pytest.mark.parametrize(
    ("contacts", "rules"),
    [
        ([], ["contacts_one_or_two"]),
        (["m1"], []),
        (["m1", "m2"], []),
        (["m1", "m2", "m3"], ["contacts_one_or_two"]),
    ],
)
def test_one_or_two_contact_persons_are_assigned(contacts: list[str], rules: list[str]) -> None:
    assert blocking(an_activist(), act("contacts_assigned", "2025-06-10", contacts=contacts)) == rules


@pytest.mark.parametrize(
    ("on", "rules"),
    [("2025-06-30", ["contacts_full_members"]), ("2025-07-01", []), ("2025-07-02", [])],
)
def test_contact_persons_are_full_members_on_that_day(on: str, rules: list[str]) -> None:
    activist = an_activist().among(roll=a_roll(a_member("m1"), a_member("m2", since="2025-07-01")))

    assert blocking(activist, act("contacts_assigned", on, contacts=["m1", "m2"])) == rules


def test_the_day_from_which_a_contact_person_is_a_full_member_is_said() -> None:
    activist = an_activist().among(
        roll=a_roll(
            a_member("m1", since="2025-08-01"), a_member("m2", since="2025-07-01"), a_member("p", since=None)
        )
    )

    def earliest(*contacts: str) -> object:
        found = finding(
            activist, act("contacts_assigned", "2025-06-10", contacts=list(contacts)), "contacts_full_members"
        )
        return found.earliest if found else "none"

    assert earliest("m1", "m2") == day("2025-08-01")
    assert earliest("m2") == day("2025-07-01")
    assert earliest("m1", "p") is None
    assert earliest("stranger") is None


def test_without_a_roll_no_contact_person_is_judged() -> None:
    assert blocking(an_activist(), act("contacts_assigned", "2025-06-10", contacts=["stranger"])) == []


@pytest.mark.parametrize("edition", ["2014", "2026"])
@pytest.mark.parametrize(
    ("left_out", "rule"),
    [("contacts_assigned", "contacts_missing"), ("activist_filed", "activist_filed")],
)
def test_a_proposal_without_contact_persons_or_without_filing_is_warned(
    edition: str, left_out: str, rule: str
) -> None:
    proposal = act("target_proposed", "2026-06-24" if edition == "2026" else "2016-06-24")

    assert rule not in warnings(road(edition, "opinions_heard"), proposal)
    assert warnings(road(edition, "opinions_heard", without=[left_out]), proposal) == [rule]


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-02-20", []), ("2026-02-21", []), ("2026-02-22", ["review_in_time"])]
)
def test_a_review_is_due_half_a_year_after_the_decision(on: str, rules: list[str]) -> None:
    assert warnings(an_activist(since="2025-08-21"), act("review_recorded", on)) == rules


def test_the_next_half_year_counts_from_the_review_that_was_held() -> None:
    reviewed = an_activist(since="2025-08-21").after(act("review_recorded", "2026-01-10"))

    assert warnings(reviewed, act("review_recorded", "2026-07-10")) == []
    assert warnings(reviewed, act("review_recorded", "2026-07-11")) == ["review_in_time"]


def test_a_late_review_within_the_grace_is_low() -> None:
    activist = an_activist(since="2025-08-22")

    assert irregularity(activist, act("review_recorded", "2026-02-22"), "review_in_time") is None
    assert irregularity(activist, act("review_recorded", "2026-02-24"), "review_in_time") == "low"
    assert irregularity(activist, act("review_recorded", "2026-02-25"), "review_in_time") == "medium"


def test_a_proposal_while_a_review_is_overdue_is_warned() -> None:
    activist = road("2026", "opinions_heard").after(act("review_recorded", "2026-06-22"))

    assert "review_in_time" not in warnings(activist, act("target_proposed", "2026-12-22"))
    assert "review_in_time" in warnings(activist, act("target_proposed", "2026-12-23"))


def test_a_local_rule_may_ask_for_quarterly_reviews() -> None:
    activist = an_activist(since="2025-08-21", settings={"review.months": 3})

    assert warnings(activist, act("review_recorded", "2025-11-21")) == []
    assert warnings(activist, act("review_recorded", "2025-11-22")) == ["review_in_time"]


def test_a_review_after_a_pause_is_due_thirty_days_after_resumption() -> None:
    activist = an_activist(since="2025-08-21").after(
        act("suspended", "2025-12-01", reason="secondment"), act("resumed", "2026-02-20")
    )

    assert warnings(activist, act("review_recorded", "2026-03-22")) == []
    assert warnings(activist, act("review_recorded", "2026-03-23")) == ["review_in_time"]
