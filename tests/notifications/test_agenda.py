"""A calendar holds what its user's seats are told of: branch work for the branch, the committee's for it."""

from datetime import date

from notifications.agenda import Entry, agenda
from recruit.commands.acts import Proposed
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.commands.substitutes import end_substitute
from tests.homes import ask
from tests.recruit.builders import Township, at, key
from tests.recruit.standing_in import standing_in


def days(township: Township, login: str, day: str) -> list[tuple[str, str]]:
    return [(entry.id, entry.due.isoformat()) for entry in agenda(township.context(login, at(day)))]


def talk(township: Township, day: str, login: str = "secretary") -> Entry:
    return next(one for one in agenda(township.context(login, at(day))) if one.id == "talk")


def an_activist(township: Township) -> str:
    """A dossier with work for the branch (contacts, review) and for the committee (filing)."""
    dossier = township.open(on="2016-05-03")
    township.act(dossier, "talk_held", "2016-05-10", talker="演示书记")
    township.act(dossier, "recommended", "2016-05-20", source="members")
    township.act(dossier, "activist_decided", "2016-06-06", members=5, present=5, for_=5)
    return dossier


def test_each_seat_has_its_own_work(township: Township) -> None:
    an_activist(township)

    branch = {id_ for id_, _ in days(township, "secretary", "2016-06-07")}
    committee = {id_ for id_, _ in days(township, "organizer", "2016-06-07")}

    assert {"contacts", "review"} <= branch
    assert "activist_filing" not in branch
    assert committee == {"activist_filing"}
    assert days(township, "clerk", "2016-06-07") == days(township, "secretary", "2016-06-07")
    for login in ("neighbour", "member", "auditor", "county", "system_admin"):
        assert days(township, login, "2016-06-07") == [], login


def test_a_committee_sees_a_branchs_work_from_the_day_it_is_told_of_it(township: Township) -> None:
    township.open(on="2016-05-03")  # due on 3 June; seven days later is a holiday, so it is told on the 8th

    assert days(township, "organizer", "2016-06-07") == []
    assert days(township, "organizer", "2016-06-08") == [("talk", "2016-06-03")]


def test_a_committee_sees_the_work_of_a_branch_that_has_nobody(township: Township) -> None:
    township.open(on="2016-05-03")
    with township.record.writing() as connection:
        ask(connection, "UPDATE \"grant\" SET to_on = '2016-05-10' WHERE role LIKE 'branch%'")

    assert days(township, "organizer", "2016-05-10") == []
    assert days(township, "organizer", "2016-05-11") == [("talk", "2016-06-03")]


def test_what_is_overdue_stays_and_what_is_met_stays_for_thirty_days(township: Township) -> None:
    late, done = township.open(on="2016-05-03"), township.open(on="2016-05-03")
    township.act(done, "talk_held", "2016-06-02", talker="演示书记")

    def of(dossier: str, day: str) -> list[bool]:
        found = agenda(township.context("secretary", at(day)))
        return [one.is_done for one in found if (one.dossier, one.id) == (dossier, "talk")]

    assert [of(done, day) for day in ("2016-06-02", "2016-06-03", "2016-07-03", "2016-07-04")] == [
        [],
        [True],
        [True],
        [],
    ]
    assert [of(late, day) for day in ("2016-06-03", "2016-07-03", "2017-07-03")] == [[False]] * 3


def test_it_rings_on_the_mornings_of_the_rungs_that_are_still_to_come(township: Township) -> None:
    township.open(on="2016-05-03")

    assert talk(township, "2016-05-31").alarms == tuple(
        date.fromisoformat(day) for day in ("2016-05-31", "2016-06-03", "2016-06-06")
    )
    assert talk(township, "2016-06-01").alarms == (date(2016, 6, 3), date(2016, 6, 6))
    assert talk(township, "2016-06-07").alarms == ()


def test_a_due_day_that_moves_keeps_its_name_and_gets_a_higher_revision(township: Township) -> None:
    dossier = township.open(on="2016-05-03")
    before = talk(township, "2016-05-10")
    same = talk(township, "2016-05-11")
    replacement = {"do": "application_received", "on": "2016-05-09"}
    proposed = township.act(
        dossier, "corrected", "2016-05-12", by="clerk", act=1, reason="演示", replacement=replacement
    )
    assert isinstance(proposed, Proposed)
    command = ConfirmProposal(proposal=proposed.proposal, key=key())
    confirm_proposal(township.context("organizer", at("2016-05-12", 10)), command)

    after = talk(township, "2016-05-13")
    assert (before.due, after.due) == (date(2016, 6, 3), date(2016, 6, 9))
    assert before.name == after.name
    assert (same.revision, same.changed_at) == (before.revision, before.changed_at)
    assert after.revision > before.revision
    assert after.changed_at > before.changed_at


def test_a_stand_in_has_the_absent_ones_days_meanwhile(township: Township) -> None:
    township.open(on="2016-05-03")
    id_ = standing_in(township, "secretary", "neighbour", "2016-05-10", "2016-05-20")

    assert days(township, "neighbour", "2016-05-20") == [("talk", "2016-06-03")]
    assert days(township, "neighbour", "2016-05-21") == []
    end_substitute(township.context("neighbour", at("2016-05-12")), id_)
    assert days(township, "neighbour", "2016-05-13") == []


def test_what_organizations_owe_is_in_the_calendar_of_those_who_owe_it(township: Township) -> None:
    rows = [
        ("first", "register_review/2016", "duty", "register_review", "2016-12-31"),
        ("committee", "activist_course/2016", "duty", "activist_course", "2016-12-31"),
        ("committee", "milestone/deciding", "milestone", "deciding", "2016-06-15"),
        ("county", "calendar/2017", "calendar", "calendar", "2016-11-15"),
    ]
    insert = (
        "INSERT INTO obligation"
        " (organization, key, kind, id, opened_on, due, grace, is_provisional, next_rung_on)"
        " VALUES (:owner, :key, :kind, :id, '2016-01-01', :due, :due, :no, :due)"
    )
    with township.record.writing() as connection:
        for owner, key_, kind, id_, due in rows:
            place = township.places[owner]
            ask(connection, insert, owner=place, key=key_, kind=kind, id=id_, due=due, no=False)

    def found(login: str) -> list[str]:
        return [id_ for id_, _ in days(township, login, "2016-03-01")]

    assert found("secretary") == ["deciding", "register_review"]
    assert found("organizer") == ["deciding", "activist_course"]
    assert found("system_admin") == ["calendar"]
    assert found("neighbour") == ["deciding"]
    assert found("auditor") == []
    (duty,) = [one for one in agenda(township.context("clerk")) if one.kind == "duty"]
    assert duty.alarms == (date(2016, 11, 1), date(2016, 12, 1), date(2017, 1, 1))
