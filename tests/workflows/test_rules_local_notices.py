"""Notices that only a local setting asks for: before the vote, before the decision, before conversion."""

import pytest

from tests.workflows.builders import Dossier, act, blocking, road, then
from workflows.acts import Act

EDITIONS = ["2014", "2026"]
BEFORE_MEETING = {"publicity.admission.days": 3, "publicity.admission.unit": "calendar"}
BEFORE_DECISION = {"publicity.admission.days": 3, "publicity.admission.when": "before_decision"}
CONVERSION = {"publicity.conversion.days": 3}


def a_notice(edition: str, first: str, last: str, purpose: str) -> Act:
    return act(
        "notice_posted",
        then(edition, first),
        purpose=purpose,
        from_=then(edition, first),
        to=then(edition, last),
    )


def closed(edition: str, on: str, purpose: str) -> Act:
    return act("notice_closed", then(edition, on), purpose=purpose)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notice_before_the_meeting_stands_between_pre_examination_and_approval(edition: str) -> None:
    examined = road(edition, "preexamined", settings=BEFORE_MEETING)

    posted = examined.after(a_notice(edition, "2026-08-17", "2026-08-19", "admission"))

    assert examined.stage == posted.stage == "admission_publicity"
    assert blocking(posted, closed(edition, "2026-08-19", "admission")) == ["publicity_ended"]
    assert posted.after(closed(edition, "2026-08-20", "admission")).stage == "approval"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notice_of_two_days_is_shorter_than_three(edition: str) -> None:
    examined = road(edition, "preexamined", settings=BEFORE_MEETING)

    assert blocking(examined, a_notice(edition, "2026-08-15", "2026-08-16", "admission")) == [
        "publicity_length"
    ]
    assert blocking(examined, a_notice(edition, "2026-08-15", "2026-08-17", "admission")) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_the_setting_a_pre_examination_leads_straight_to_approval(edition: str) -> None:
    assert road(edition, "preexamined").stage == "approval"
    assert road(edition, "preexamined", settings=BEFORE_DECISION).stage == "approval"
    notice = a_notice(edition, "2026-08-17", "2026-08-19", "admission")
    assert blocking(road(edition, "preexamined"), notice) == ["stage_allows"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notice_before_the_decision_holds_the_decision_until_it_is_closed(edition: str) -> None:
    talked = road(edition, "committee_talk_held", settings=BEFORE_DECISION)
    notice = a_notice(edition, "2026-09-03", "2026-09-07", "admission")

    def decision(on: str) -> Act:
        return act("committee_decided", then(edition, on), purpose="admission")

    assert blocking(talked, decision("2026-09-10")) == ["publicity_ended"]
    posted = talked.after(notice)
    assert blocking(posted, decision("2026-09-07")) == ["publicity_ended"]
    assert blocking(posted, decision("2026-09-08")) == ["publicity_ended"]
    answered = posted.after(closed(edition, "2026-09-08", "admission"))
    assert blocking(answered, decision("2026-09-08")) == []
    assert answered.stage == "approval"


def test_a_notice_before_the_decision_follows_the_vote() -> None:
    waiting = road("2026", "form_issued", settings=BEFORE_DECISION)

    assert blocking(waiting, a_notice("2026", "2026-08-17", "2026-08-19", "admission")) == ["stage_allows"]


@pytest.mark.parametrize("settings", [BEFORE_MEETING, BEFORE_DECISION])
def test_an_upheld_objection_to_an_admission_leads_back_to_vetting(settings: dict[str, object]) -> None:
    waiting = road(
        "2026",
        "committee_talk_held" if "publicity.admission.when" in settings else "preexamined",
        settings=settings,
    )
    first = waiting.acts[-1].on.isoformat()
    posted = waiting.after(act("notice_posted", first, purpose="admission", from_=first, to="2026-09-11"))

    back = posted.after(
        act("objection_received", first, purpose="admission"),
        act("objection_concluded", "2026-09-10", objection=1, upheld=True),
    )

    assert back.stage == "vetting"
    assert back.known.pending is None
    assert back.known.examination is None


def test_an_open_objection_to_an_admission_holds_the_decision() -> None:
    posted = road("2026", "committee_talk_held", settings=BEFORE_DECISION).after(
        a_notice("2026", "2026-09-03", "2026-09-07", "admission"),
        closed("2026", "2026-09-08", "admission"),
        act("objection_received", "2026-09-09", purpose="admission"),
    )
    decision = act("committee_decided", "2026-09-10", purpose="admission")

    assert blocking(posted, decision) == ["objections_concluded"]
    rejected = posted.after(act("objection_concluded", "2026-09-10", objection=1, upheld=False))
    assert blocking(rejected, decision) == []


def requested(edition: str, **options: object) -> Dossier:
    return road(edition, "conversion_requested", **options)  # type: ignore[arg-type]


def a_conversion(edition: str, on: str) -> Act:
    return act("meeting_voted", then(edition, on), purpose="conversion", entitled=9, present=7, for_=7)


@pytest.mark.parametrize("edition", EDITIONS)
def test_where_it_is_asked_for_a_conversion_waits_for_its_notice(edition: str) -> None:
    waiting = requested(edition, settings=CONVERSION)
    posted = waiting.after(a_notice(edition, "2027-08-23", "2027-08-27", "conversion"))

    assert blocking(requested(edition), a_conversion(edition, "2027-08-30")) == []
    assert blocking(waiting, a_conversion(edition, "2027-08-30")) == ["publicity_ended"]
    assert blocking(posted, a_conversion(edition, "2027-08-30")) == ["publicity_ended"]
    assert blocking(posted, closed(edition, "2027-08-27", "conversion")) == ["publicity_ended"]
    assert (
        blocking(
            posted.after(closed(edition, "2027-08-30", "conversion")), a_conversion(edition, "2027-08-30")
        )
        == []
    )


def test_a_notice_of_a_conversion_has_its_own_length() -> None:
    waiting = requested("2026", settings=CONVERSION)

    assert blocking(waiting, a_notice("2026", "2027-08-24", "2027-08-25", "conversion")) == [
        "publicity_length"
    ]
    assert blocking(waiting, a_notice("2026", "2027-08-24", "2027-08-26", "conversion")) == []


@pytest.mark.parametrize(
    ("purpose", "rules"),
    [("conversion", ["objections_concluded"]), ("extension", ["objections_concluded"]), ("cancellation", [])],
)
def test_an_open_objection_holds_conversion_and_extension_and_no_cancellation(
    purpose: str, rules: list[str]
) -> None:
    counts = {"entitled": 9, "present": 7, "for_": 7}
    months = {"months": 6} if purpose == "extension" else {}
    voted = requested("2026", settings=CONVERSION).after(
        a_notice("2026", "2027-08-23", "2027-08-27", "conversion"),
        closed("2026", "2027-08-30", "conversion"),
        act("meeting_voted", "2027-08-30", purpose=purpose, **counts, **months),
        act("objection_received", "2027-08-31", purpose="conversion"),
    )

    assert blocking(voted, act("committee_decided", "2027-09-10", purpose=purpose)) == rules


def test_an_open_letter_holds_no_vote_on_cancellation() -> None:
    complained = road("2026", "committee_decided admission").after(
        act("objection_received", "2026-10-08", purpose="letter")
    )
    cancellation = act("meeting_voted", "2026-10-20", purpose="cancellation", entitled=9, present=7, for_=7)

    assert blocking(complained, cancellation) == []
