"""A reminder that is put off is quiet for one person until that morning, and never past the legal day."""

import json
from datetime import UTC, date

import pytest

from notifications.sweep import sweep
from recruit.commands.reminders import acknowledge, snooze
from recruit.errors import BadInput, NotFound
from recruit.queries.reminders import ReminderRow, reminders_for
from recruit.queries.told import Told, told_with
from tests.homes import ask
from tests.recruit.builders import Township, at
from tests.recruit.standing_in import user

TOLD_ON = "2016-05-24"  # the talk is due on 3 June, a Friday


def swept(township: Township, *days: str) -> None:
    for day in days:
        sweep(township.record, at(day).astimezone(UTC))


def shown(township: Township, day: str, login: str = "secretary") -> tuple[ReminderRow, Told]:
    context = township.context(login, at(day, 12))
    (row,) = reminders_for(context)
    return row, told_with(context, [row])[row.id]


def put_off(township: Township, until: str, on: str = TOLD_ON, **given: str) -> str:
    login, reason = given.get("login", "secretary"), given.get("reason", "waiting_for_paper")
    row, _ = shown(township, on, given.get("of", login))
    context = township.context(login, at(on, 12))
    snooze(context, row.id, until=date.fromisoformat(until), reason=reason)
    return row.id


def quiet(township: Township, day: str, login: str = "secretary") -> bool:
    return shown(township, day, login)[1].quiet_until is not None


def problems(township: Township, until: str, on: str = TOLD_ON, **given: str) -> set[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        put_off(township, until, on, **given)
    return {(one.field, one.id) for one in caught.value.problems}


def test_it_is_quiet_until_that_day_and_unread_again_on_it(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD_ON)
    row, _ = shown(township, TOLD_ON)
    acknowledge(township.context("secretary", at(TOLD_ON)), row.id)

    put_off(township, "2016-05-26")

    row, told = shown(township, "2016-05-25")
    assert (told.quiet_until, told.reason) == (date(2016, 5, 26), "waiting_for_paper")
    row, told = shown(township, "2016-05-26")
    assert (told.quiet_until, row.read_at) == (None, None)


def test_others_are_not_affected(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD_ON)

    put_off(township, "2016-05-26")

    assert quiet(township, "2016-05-25")
    assert not quiet(township, "2016-05-25", "clerk")
    with pytest.raises(NotFound):
        put_off(township, "2016-05-26", login="clerk", of="secretary")


def test_only_to_a_working_day_after_today_and_up_to_the_last_legal_day(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD_ON)

    assert problems(township, "2016-05-24") == {("until", "day_over")}
    assert problems(township, "2016-05-28") == {("until", "no_working_day")}
    assert problems(township, "2016-06-04") == {("until", "day_too_far")}
    assert problems(township, "2016-05-25", reason="演示甲病了") == {("reason", "not_one_of")}
    put_off(township, "2016-05-25")
    put_off(township, "2016-06-03")
    assert quiet(township, "2016-05-30")


def test_not_at_all_on_the_last_day_nor_after_it(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD_ON)

    put_off(township, "2016-06-03", on="2016-06-02")
    assert problems(township, "2016-06-06", on="2016-06-03") == {("until", "due_now")}
    assert problems(township, "2016-06-07", on="2016-06-06") == {("until", "due_now")}


def test_the_next_rung_wakes_it(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD_ON)
    put_off(township, "2016-06-03")
    before = quiet(township, "2016-05-30")

    swept(township, "2016-05-31")

    assert before
    row, told = shown(township, "2016-05-31")
    assert (row.rung, told.quiet_until) == ("-3", None)


def test_a_due_day_that_moves_wakes_it_at_once(township: Township) -> None:
    dossier = township.open(on="2016-05-03")
    swept(township, TOLD_ON)
    put_off(township, "2016-06-02")
    with township.record.writing() as connection:
        ask(
            connection,
            "UPDATE deadline SET due = '2016-06-01' WHERE dossier = :of AND id = 'talk'",
            of=dossier,
        )

    assert not quiet(township, "2016-05-25")


def test_what_is_done_is_gone_and_cannot_be_put_off(township: Township) -> None:
    dossier = township.open(on="2016-05-03")
    swept(township, TOLD_ON)
    id_ = put_off(township, "2016-05-26")
    township.act(dossier, "talk_held", "2016-05-25", talker="演示书记")

    assert reminders_for(township.context("secretary", at("2016-05-26"))) == ()
    with pytest.raises(NotFound):
        snooze(township.context("secretary", at("2016-05-25")), id_, until=date(2016, 5, 27), reason="other")


def test_that_it_was_put_off_and_why_is_on_record_and_it_is_told_again_outside(township: Township) -> None:
    dossier = township.open(on="2016-05-03")
    swept(township, TOLD_ON)
    with township.record.writing() as connection:
        ask(connection, "UPDATE reminder SET composed_at = at")
    id_ = put_off(township, "2016-05-26")

    with township.record.reading() as connection:
        event = ask(connection, "SELECT canonical FROM event WHERE \"do\" = 'reminder_snoozed'").scalar_one()
        composed = ask(connection, "SELECT composed_at FROM reminder WHERE id = :id", id=id_).scalar_one()
    known = json.loads(bytes(event))
    assert (known["dossier"], known["actor"], known["role"]) == (
        dossier,
        user(township, "secretary"),
        "branch_secretary",
    )
    assert (known["details"]["until"], known["details"]["due"], known["details"]["reason"]) == (
        "2016-05-26",
        "2016-06-03",
        "waiting_for_paper",
    )
    assert composed is None


def test_an_obligation_of_an_organization_is_put_off_as_a_deadline_is(township: Township) -> None:
    owner = township.places["first"]
    insert = (
        "INSERT INTO obligation"
        " (organization, key, kind, id, opened_on, due, grace, is_provisional, next_rung_on)"
        " VALUES (:owner, 'register_review/2016', 'duty', 'register_review', '2016-01-01', '2016-06-03',"
        " '2016-06-03', :no, '2016-06-03')"
    )
    told = (
        'INSERT INTO reminder (id, deadline, rung, recipient, at, "values", is_urgent)'
        " VALUES ('01AAAAAAAAAAAAAAAAAAAAAAAA', :of, '-10', :to, 0, :words, :no)"
    )
    with township.record.writing() as connection:
        ask(connection, insert, owner=owner, no=False)
        words = json.dumps({"id": "register_review", "kind": "duty", "due": "2016-06-03"})
        to = user(township, "secretary")
        ask(connection, told, of=f"{owner}/register_review/2016", to=to, words=words, no=False)
    context = township.context("secretary", at(TOLD_ON))

    with pytest.raises(BadInput):
        snooze(context, "01AAAAAAAAAAAAAAAAAAAAAAAA", until=date(2016, 6, 4), reason="other")
    snooze(context, "01AAAAAAAAAAAAAAAAAAAAAAAA", until=date(2016, 6, 3), reason="other")

    with township.record.reading() as connection:
        kept = ask(connection, "SELECT snoozed_until, snooze_reason FROM reminder").one()
    assert (str(kept[0]), kept[1]) == ("2016-06-03", "other")
