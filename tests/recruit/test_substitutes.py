"""A stand-in is asked and accepts; holds the absent one's business roles for some days, and nothing else."""

import json
from datetime import date

import pytest

from recruit.commands.acts import Recorded
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.substitutes import (
    NameSubstitute,
    accept_substitute,
    end_substitute,
    name_substitute,
)
from recruit.commands.users import disable_user
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.queries.history import history
from recruit.queries.substitutes import could_stand_in, may_be_away, stood_in_for, substitutes
from tests.homes import ask
from tests.recruit.builders import Township, at
from tests.recruit.standing_in import lent, named, standing_in, user


def problems(caught: pytest.ExceptionInfo[BadInput]) -> set[tuple[str, str]]:
    return {(one.field, one.id) for one in caught.value.problems}


def test_the_roles_are_lent_from_the_first_day_up_to_and_with_the_last(township: Township) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20", on="2016-03-01")

    days = ("2016-03-06", "2016-03-07", "2016-03-20", "2016-03-21")
    assert [lent(township, "neighbour", day) for day in days] == [
        [],
        ["branch_secretary"],
        ["branch_secretary"],
        [],
    ]


def test_nothing_is_lent_before_it_is_accepted(township: Township) -> None:
    id_ = named(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")
    before = lent(township, "neighbour", "2016-03-08")

    accept_substitute(township.context("neighbour", at("2016-03-08", 10)), id_)

    assert before == []
    assert lent(township, "neighbour", "2016-03-08", 9) == []
    assert lent(township, "neighbour", "2016-03-08", 10) == ["branch_secretary"]


@pytest.mark.parametrize("by", ["secretary", "neighbour", "head"])
def test_either_of_the_two_and_the_committee_secretary_end_it_at_once(township: Township, by: str) -> None:
    id_ = standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    end_substitute(township.context(by, at("2016-03-09", 11)), id_)

    assert lent(township, "neighbour", "2016-03-09", 10) == ["branch_secretary"]
    assert lent(township, "neighbour", "2016-03-09", 11) == []


def test_nobody_else_ends_it_or_accepts_it(township: Township) -> None:
    id_ = named(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    for by in ("clerk", "organizer", "auditor"):
        for command in (end_substitute, accept_substitute):
            with pytest.raises(NotFound):
                command(township.context(by, at("2016-03-09")), id_)


def test_what_was_declined_is_not_accepted_any_more(township: Township) -> None:
    id_ = named(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")
    end_substitute(township.context("neighbour", at("2016-03-07")), id_)

    with pytest.raises(BadInput) as caught:
        accept_substitute(township.context("neighbour", at("2016-03-08")), id_)

    assert problems(caught) == {("stand_in", "substitute_over")}


@pytest.mark.parametrize("who", ["secretary", "neighbour"])
def test_it_ends_where_one_of_the_two_is_disabled(township: Township, who: str) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    disable_user(township.context("security_admin", at("2016-03-09", 11)), user(township, who))

    if who == "secretary":
        assert lent(township, "neighbour", "2016-03-09", 10) == ["branch_secretary"]
        assert lent(township, "neighbour", "2016-03-09", 11) == []
    else:
        with pytest.raises(AssertionError):
            township.context("neighbour", at("2016-03-09"))


@pytest.mark.parametrize("who", ["secretary", "neighbour"])
def test_it_ends_with_the_grant_that_is_lent_and_with_the_last_own_one(township: Township, who: str) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")
    with township.record.writing() as connection:
        ask(
            connection,
            'UPDATE "grant" SET to_on = :last WHERE "user" = :user',
            last="2016-03-09",
            user=user(township, who),
        )

    assert lent(township, "neighbour", "2016-03-09") == ["branch_secretary"]
    assert lent(township, "neighbour", "2016-03-10") == []


def test_what_is_lent_is_never_lent_on(township: Township) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    with pytest.raises(BadInput) as further:
        named(township, "neighbour", "clerk", "2016-03-20", "2016-03-25")
    with pytest.raises(BadInput) as of_an_absent:
        named(township, "clerk", "secretary", "2016-03-20", "2016-03-25")
    with pytest.raises(BadInput) as twice:
        named(township, "secretary", "clerk", "2016-03-20", "2016-03-25")

    assert problems(further) == {("absent", "chain")}
    assert problems(of_an_absent) == {("stand_in", "chain")}
    assert problems(twice) == {("absent", "chain")}
    assert named(township, "neighbour", "clerk", "2016-03-21", "2016-03-25")


def test_a_stand_in_works_under_the_same_committee_and_neither_audits_nor_administers(
    township: Township,
) -> None:
    for stand_in, found in (
        ("secretary", "oneself"),
        ("auditor", "not_a_colleague"),
        ("security_admin", "not_a_colleague"),
        ("county", "not_a_colleague"),
    ):
        with pytest.raises(BadInput) as caught:
            named(township, "secretary", stand_in, "2016-03-07", "2016-03-20")

        assert problems(caught) == {("stand_in", found)}, stand_in


def test_nobody_stands_in_for_an_auditor_or_an_administrator(township: Township) -> None:
    for absent in ("auditor", "system_admin", "security_admin", "audit_admin"):
        with pytest.raises(BadInput) as caught:
            named(township, absent, "organizer", "2016-03-07", "2016-03-20")

        assert ("absent", "nothing_to_lend") in problems(caught), absent


def test_of_somebody_with_two_offices_only_the_business_is_lent(township: Township) -> None:
    audits = GrantRole(
        user=user(township, "secretary"),
        role="auditor",
        organization=township.places["first"],
        from_on=date(2016, 3, 1),
    )
    grant_role(township.context("security_admin"), audits)

    standing_in(township, "secretary", "clerk", "2016-03-07", "2016-03-20")

    assert lent(township, "clerk", "2016-03-08") == ["branch_secretary"]


def test_it_begins_today_or_later_and_lasts_six_months_at_most(township: Township) -> None:
    for first, last, found in (
        ("2016-02-29", "2016-03-20", ("from_on", "day_over")),
        ("2016-03-02", "2016-03-01", ("to_on", "days_reversed")),
        ("2016-03-01", "2016-09-02", ("to_on", "day_too_far")),
    ):
        with pytest.raises(BadInput) as caught:
            named(township, "secretary", "clerk", first, last, on="2016-03-01")

        assert problems(caught) == {found}
    assert named(township, "secretary", "clerk", "2016-03-01", "2016-09-01", on="2016-03-01")
    assert named(township, "neighbour", "clerk", "2016-03-01", "2016-03-01", on="2016-03-01")


@pytest.mark.parametrize("by", ["head", "security_admin"])
def test_a_committee_secretary_or_security_administrator_names_for_whoever_cannot(
    township: Township, by: str
) -> None:
    id_ = named(township, "secretary", "clerk", "2016-03-07", "2016-03-20", by=by)
    accept_substitute(township.context("clerk", at("2016-03-07")), id_)

    assert lent(township, "clerk", "2016-03-07") == ["branch_secretary"]


def test_nobody_else_names_for_another(township: Township) -> None:
    for by in ("organizer", "member", "neighbour", "auditor", "system_admin"):
        with pytest.raises(NotFound):
            named(township, "secretary", "clerk", "2016-03-07", "2016-03-20", by=by)


def test_whoever_names_for_another_is_not_the_stand_in(township: Township) -> None:
    with pytest.raises(BadInput) as caught:
        named(township, "secretary", "head", "2016-03-07", "2016-03-20", by="head")

    assert problems(caught) == {("stand_in", "oneself")}


def test_a_stand_in_of_the_committee_secretary_names_nobody(township: Township) -> None:
    standing_in(township, "head", "organizer", "2016-03-07", "2016-03-20")

    with pytest.raises(NotFound):
        named(township, "secretary", "clerk", "2016-03-08", "2016-03-20", by="organizer")


def test_an_unknown_reason_is_refused(township: Township) -> None:
    wanted = NameSubstitute(
        absent=user(township, "secretary"),
        stand_in=user(township, "clerk"),
        from_on=date(2016, 3, 7),
        to_on=date(2016, 3, 8),
        reason="演示甲生病",
    )
    with pytest.raises(BadInput) as caught:
        name_substitute(township.context("secretary"), wanted)

    assert problems(caught) == {("reason", "not_one_of")}


def test_every_step_is_an_event_of_the_organization_whose_business_is_lent(township: Township) -> None:
    id_ = standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")
    end_substitute(township.context("head", at("2016-03-09")), id_)
    declined = named(township, "secretary", "neighbour", "2016-03-10", "2016-03-20")
    end_substitute(township.context("neighbour", at("2016-03-10")), declined)

    with township.record.reading() as connection:
        rows = ask(
            connection,
            'SELECT "do", canonical FROM event WHERE "do" LIKE \'substitute%\' AND org = :org ORDER BY seq',
            org=township.places["first"],
        ).all()
    assert [row[0] for row in rows] == [
        "substitute_named",
        "substitute_accepted",
        "substitute_ended",
        "substitute_named",
        "substitute_declined",
    ]
    first = json.loads(bytes(rows[0][1]))
    assert first["details"] == {
        "substitute": id_,
        "absent": user(township, "secretary"),
        "stand_in": user(township, "neighbour"),
        "from_on": "2016-03-07",
        "to_on": "2016-03-20",
        "reason": "leave",
    }


def test_a_stand_in_records_in_the_absent_ones_role_and_the_history_says_for_whom(
    township: Township,
) -> None:
    dossier = township.open(on="2016-03-01")
    with pytest.raises((NotAllowed, NotFound)):
        township.act(dossier, "talk_held", "2016-03-06", by="neighbour", talker="演示书记")
    id_ = standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    done = township.act(dossier, "talk_held", "2016-03-08", by="neighbour", talker="演示书记")
    end_substitute(township.context("secretary", at("2016-03-09")), id_)

    assert isinstance(done, Recorded)
    opened, talk = history(township.context("auditor", at("2017-03-01")), dossier)
    assert (opened.by_name, opened.by_instead_of) == ("演示secretary", None)
    assert (talk.by_name, talk.by_instead_of) == ("演示neighbour", "演示secretary")
    assert (talk.role, talk.org) == ("branch_secretary", township.places["first"])


def test_of_two_grants_as_near_the_own_one_is_used(township: Township) -> None:
    dossier = township.open(on="2016-03-01")
    standing_in(township, "secretary", "clerk", "2016-03-07", "2016-03-20")

    township.act(dossier, "talk_held", "2016-03-08", by="clerk", talker="演示书记")

    talk = history(township.context("auditor", at("2016-03-09")), dossier)[-1]
    assert (talk.role, talk.by_instead_of) == ("branch_clerk", None)


def test_each_sees_what_concerns_them_and_who_could_be_asked(township: Township) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-07", "2016-03-20")

    def seen(login: str, day: str = "2016-03-08") -> list[tuple[str, str, bool]]:
        rows = substitutes(township.context(login, at(day)))
        return [(row.absent_name, row.stand_in_name, row.is_accepted) for row in rows]

    row = ("演示secretary", "演示neighbour", True)
    for login in ("secretary", "neighbour", "head", "security_admin"):
        assert seen(login) == [row], login
    for login in ("clerk", "organizer", "auditor", "audit_admin"):
        assert seen(login) == [], login
    assert seen("secretary", "2016-03-20") == [row]
    assert seen("secretary", "2016-03-21") == []
    (mine,) = stood_in_for(township.context("neighbour", at("2016-03-08")))
    assert mine.seats == (("branch_secretary", "一村党支部"),)
    assert stood_in_for(township.context("secretary", at("2016-03-08"))) == ()


def test_who_may_be_away_and_who_could_stand_in(township: Township) -> None:
    def away(login: str) -> list[str]:
        return [one.name for one in may_be_away(township.context(login))]

    absent = user(township, "secretary")
    could = [one.name for one in could_stand_in(township.context("secretary"), absent)]

    assert away("secretary") == ["演示secretary"]
    assert away("auditor") == []
    assert away("head")[0] == "演示head"
    assert set(away("head")) == {
        f"演示{login}"
        for login in ("head", "secretary", "clerk", "neighbour", "organizer", "member", "other_member")
    }
    assert "演示county" in away("security_admin")
    assert could == [
        f"演示{login}" for login in ("clerk", "head", "member", "neighbour", "organizer", "other_member")
    ]
    with pytest.raises(NotFound):
        could_stand_in(township.context("organizer"), absent)
