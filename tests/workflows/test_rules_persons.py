"""Who confirms is somebody else than who records, and nobody corrects an act of their own."""

import pytest

from tests.workflows.builders import act, an_applicant, blocking, road, then
from workflows.acts import Act

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


@EDITIONS
def test_who_records_a_decision_does_not_confirm_it(edition: str) -> None:
    ready, talked = road(edition, "branch_examined"), road(edition, "committee_talk_held")

    def by(do: str, on: str, confirmed_by: str | None, **details: str) -> Act:
        return act(do, then(edition, on), by="u1", confirmed_by=confirmed_by, **details)

    assert blocking(ready, by("preexamined", "2026-08-14", "u1")) == ["separate_persons"]
    assert blocking(ready, by("preexamined", "2026-08-14", "u2")) == []
    assert blocking(ready, by("preexamined", "2026-08-14", None)) == []
    assert blocking(talked, by("committee_decided", "2026-09-10", "u1", purpose="admission")) == [
        "separate_persons"
    ]
    assert blocking(talked, by("committee_decided", "2026-09-10", "u2", purpose="admission")) == []


def test_who_records_a_consent_does_not_confirm_it() -> None:
    proposed = road("2026", "target_proposed")

    assert blocking(proposed, act("target_consented", "2026-06-30", by="u1", confirmed_by="u1")) == [
        "separate_persons"
    ]
    assert blocking(proposed, act("target_consented", "2026-06-30", by="u1", confirmed_by="u2")) == []


@EDITIONS
def test_who_recorded_the_branchs_vote_does_not_confirm_the_decision(edition: str) -> None:
    vote = act(
        "meeting_voted",
        then(edition, "2026-08-28"),
        purpose="admission",
        entitled=9,
        present=7,
        for_=7,
        by="u1",
    )
    voted = road(edition, "form_issued").after(
        vote, act("committee_talk_held", then(edition, "2026-09-03"), talker_is="organizer")
    )

    def confirmed(by: str) -> Act:
        return act(
            "committee_decided", then(edition, "2026-09-10"), purpose="admission", by="u2", confirmed_by=by
        )

    assert blocking(voted, confirmed("u1")) == ["separate_persons"]
    assert blocking(voted, confirmed("u3")) == []


def test_nobody_corrects_an_act_of_their_own() -> None:
    applicant = an_applicant(since="2026-06-01").among(corrects_by="u1")

    def correction(by: str, confirmed_by: str | None = None) -> Act:
        return act("corrected", "2026-06-10", act=1, reason="wrong day", by=by, confirmed_by=confirmed_by)

    assert blocking(applicant, correction("u1")) == ["separate_persons"]
    assert blocking(applicant, correction("u2", "u1")) == ["separate_persons"]
    assert blocking(applicant, correction("u2", "u3")) == []
    assert blocking(applicant.among(corrects_by=None), correction("u1")) == []
