"""Contact persons, sponsors and the person: told by their log-in, else through the branch; and occasions."""

import json
from datetime import UTC

from notifications.sweep import sweep
from recruit.commands.users import NewUser, add_user
from recruit.queries.deadlines import deadlines
from recruit.queries.reminders import reminders_for
from tests.homes import ask
from tests.notifications.told import Told, told
from tests.recruit.builders import Township, at, with_roll
from tests.recruit.test_road import admitted


def swept(township: Township, *days: str) -> None:
    for day in days:
        sweep(township.record, at(day).astimezone(UTC))


def an_activist(township: Township, *contacts: str) -> str:
    """Since 10 February 2015: the first review is due on 10 August 2015."""
    dossier = township.open(on="2014-07-01")
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
    if contacts:
        township.act(dossier, "contacts_assigned", "2015-02-20", contacts=", ".join(contacts))
    return dossier


def log_in_of(township: Township, person: str, login: str) -> None:
    new = NewUser(login=login, name="演示联系人", password="a-made-up-password", person=person)
    add_user(township.context("system_admin"), new, organization=township.places["first"])


def of(township: Township, deadline: str) -> list[Told]:
    return [one for one in told(township.record) if one.deadline == deadline]


def handed_on(township: Township, login: str, deadline: str) -> list[list[str]]:
    """The persons to whom each reminder of that deadline is to be handed on."""
    query = 'SELECT r."values" FROM reminder r JOIN "user" u ON u.id = r.recipient WHERE u.login = :login'
    with township.record.reading() as connection:
        stored = [json.loads(row[0]) for row in ask(connection, query, login=login)]
    return [values.get("persons", []) for values in stored if values["id"] == deadline]


def test_contact_persons_without_a_log_in_hear_of_a_review_through_the_branch(township: Township) -> None:
    members = with_roll(township, 2)
    an_activist(township, *members)

    swept(township, "2015-07-09")
    before = of(township, "review")
    swept(township, "2015-07-10")

    assert before == []
    assert of(township, "review") == [Told("clerk", "review", "-30"), Told("secretary", "review", "-30")]
    assert handed_on(township, "secretary", "review") == [list(members)]


def test_a_contact_person_with_a_log_in_is_told_directly_and_the_other_through_the_branch(
    township: Township,
) -> None:
    members = with_roll(township, 2)
    log_in_of(township, members[0], "contact")
    an_activist(township, *members)

    swept(township, "2015-07-10")

    assert Told("contact", "review", "-30") in of(township, "review")
    assert handed_on(township, "contact", "review") == [[]]
    assert handed_on(township, "secretary", "review") == [[members[1]]]


def test_where_no_contact_person_is_named_the_branch_alone_is_told(township: Township) -> None:
    an_activist(township)

    swept(township, "2015-07-10")

    assert [one.login for one in of(township, "review")] == ["clerk", "secretary"]
    assert handed_on(township, "secretary", "review") == [[]]


def test_the_committee_hears_of_a_review_when_it_is_fifteen_days_late(township: Township) -> None:
    an_activist(township)

    swept(township, "2015-08-24")
    before = [one.login for one in of(township, "review")]
    swept(township, "2015-08-25")

    assert before == ["clerk", "secretary"]
    assert Told("organizer", "review", "+15") in of(township, "review")
    assert Told("head", "review", "+15") in of(township, "review")


def test_the_conversion_is_foretold_to_the_person_and_the_sponsors_through_the_branch(
    township: Township,
) -> None:
    members = with_roll(township, 9)
    dossier = admitted(township, members)  # on 20 June 2016: probation expires on 20 June 2017
    person = person_of(township, dossier)

    swept(township, "2017-05-19")
    before = of(township, "conversion_meeting")
    swept(township, "2017-05-22", "2017-06-13", "2017-06-20")

    assert before == [
        Told("clerk", "conversion_meeting", "opening-30"),
        Told("secretary", "conversion_meeting", "opening-30"),
    ]  # 21 May 2017 is a Sunday
    rungs = [one.rung for one in of(township, "conversion_meeting") if one.login == "secretary"]
    assert sorted(rungs) == ["opening", "opening-30", "opening-7"]
    assert {tuple(sorted(one)) for one in handed_on(township, "secretary", "conversion_meeting")} == {
        tuple(sorted({person, *members[:2]}))
    }


def test_a_foretold_deadline_is_never_told_as_overdue_on_its_due_day(township: Township) -> None:
    admitted(township, with_roll(township, 9))

    swept(township, "2017-06-20", "2017-07-20")
    on_the_day = {one.rung for one in of(township, "conversion_meeting")}
    swept(township, "2017-07-21")

    assert on_the_day == {"opening"}
    assert Told("organizer", "conversion_meeting", "+1") in of(township, "conversion_meeting")


def test_that_an_activist_may_be_proposed_is_told_on_that_day_or_the_working_day_before(
    township: Township,
) -> None:
    an_activist(township)  # may be proposed from 10 February 2016, in the rest of the Spring Festival

    swept(township, "2016-02-05")
    before = of(township, "may_propose")
    swept(township, "2016-02-06")  # a Saturday that is worked

    assert before == []
    assert of(township, "may_propose") == [
        Told("clerk", "may_propose", "0"),
        Told("secretary", "may_propose", "0"),
    ]


def test_it_stays_in_the_inbox_until_somebody_is_proposed_and_is_nowhere_a_deadline(
    township: Township,
) -> None:
    dossier = an_activist(township)
    swept(township, "2016-02-06")
    later = township.context("secretary", at("2016-03-02"))

    listed = [row.deadline for row in reminders_for(later)]

    assert "may_propose" in listed
    assert "may_propose" not in {row.deadline.id for row in deadlines(later)}
    for source in ("group", "contacts", "members", "masses"):
        township.act(dossier, "opinions_heard", "2016-03-01", from_=source)
    township.act(dossier, "target_proposed", "2016-03-02", members=3, present=3, for_=3)
    assert "may_propose" not in [row.deadline for row in reminders_for(later)]


def test_a_suspension_silences_it_and_moves_its_day(township: Township) -> None:
    dossier = an_activist(township)
    township.act(dossier, "suspended", "2015-12-01", reason="演示")
    swept(township, "2016-02-06")
    during = of(township, "may_propose")
    township.act(dossier, "resumed", "2016-03-01")

    swept(township, "2016-05-09")
    before = of(township, "may_propose")
    swept(township, "2016-05-11")  # 91 days of suspension after 10 February

    assert during == before == []
    assert len(of(township, "may_propose")) == 2


def test_whoever_leaves_is_told_of_thirty_days_before_the_last_day_for_an_admission(
    township: Township,
) -> None:
    dossier = an_activist(township)
    township.act(dossier, "details_changed", "2016-01-05", leaves_on="2016-06-30")  # last day: 29 March

    swept(township, "2016-02-25")
    before = of(township, "leaving")
    swept(township, "2016-02-26")  # 28 February is a Sunday

    assert before == []
    assert {one.login for one in of(township, "leaving")} == {"secretary", "clerk", "organizer", "head"}


def person_of(township: Township, dossier: str) -> str:
    with township.record.reading() as connection:
        found = ask(connection, "SELECT person FROM dossier WHERE id = :dossier", dossier=dossier)
        return str(found.scalar_one())
