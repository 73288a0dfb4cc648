"""What a stand-in is told: what the absent one would be, marked so, once accepted and within the days."""

from datetime import UTC, date

from notifications.sweep import sweep
from recruit.commands.grants import GrantRole, grant_role
from recruit.queries.reminders import reminders_for
from recruit.queries.seats import Recipient, seated
from recruit.queries.told import told_with
from tests.notifications.told import of_talk
from tests.recruit.builders import Township, at
from tests.recruit.standing_in import named, standing_in, user


def test_a_stand_in_is_told_on_the_days_between_and_the_message_says_for_whom(township: Township) -> None:
    township.open(on="2016-05-03")
    standing_in(township, "secretary", "neighbour", "2016-05-31", "2016-06-03", on="2016-05-03")

    for day in ("2016-05-24", "2016-05-31", "2016-06-03", "2016-06-06"):
        sweep(township.record, at(day).astimezone(UTC))

    assert of_talk(township) == ["-10", "-3", "0", "+1"]
    assert of_talk(township, "neighbour") == ["-3", "0"]
    context = township.context("neighbour", at("2016-06-03", 12))
    (row,) = reminders_for(context)
    assert told_with(context, [row])[row.id].instead_of == "演示secretary"
    assert reminders_for(township.context("neighbour", at("2016-06-04"))) == ()


def test_whoever_has_not_accepted_or_holds_a_seat_as_well_is_told_in_no_other_name(
    township: Township,
) -> None:
    township.open(on="2016-05-03")
    named(township, "secretary", "neighbour", "2016-05-24", "2016-06-30")
    standing_in(township, "clerk", "organizer", "2016-05-24", "2016-06-30")
    standing_in(township, "organizer", "member", "2016-07-01", "2016-07-02", on="2016-05-24")

    sweep(township.record, at("2016-05-24").astimezone(UTC))

    assert of_talk(township, "neighbour") == []
    assert of_talk(township, "organizer") == ["-10"]
    assert of_talk(township, "member") == []


def test_nobody_is_told_for_an_administrator_who_is_away_from_a_branch(township: Township) -> None:
    administers = GrantRole(
        user=user(township, "secretary"), role="auditor",
        organization=township.places["first"], from_on=date(2016, 1, 1),
    )  # fmt: skip
    grant_role(township.context("security_admin"), administers)
    standing_in(township, "secretary", "clerk", "2016-05-24", "2016-06-30")

    with township.record.reading() as connection:
        as_auditor = seated(connection, township.places["first"], ("auditor",), date(2016, 5, 24))
        as_secretary = seated(connection, township.places["first"], ("branch_secretary",), date(2016, 5, 24))

    absent, stand_in = user(township, "secretary"), user(township, "clerk")
    assert as_auditor == (Recipient(absent),)
    assert as_secretary == (Recipient(absent), Recipient(stand_in, absent))
