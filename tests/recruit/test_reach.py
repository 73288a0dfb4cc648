"""Reach is the subtree: lists, pages, the desk and the roles."""

from datetime import date

import pytest

from recruit.commands.calendar import AddCalendarRow, add_calendar_row
from recruit.commands.grants import GrantRole, end_grant, grant_role
from recruit.commands.law import SetSetting, set_setting
from recruit.commands.notices import PostNotice, post_notice
from recruit.commands.organizations import AddOrganization, add_organization
from recruit.commands.sessions import actor_of_login
from recruit.commands.users import NewUser, add_user, disable_user
from recruit.errors import BadInput, NotAllowed, NotFound, RecordError, Refused
from recruit.log.verify import verify
from recruit.queries.deadlines import deadlines
from recruit.queries.dossiers import counts, dossier_view, dossiers
from recruit.queries.history import history
from tests.recruit.builders import Township, at, key


def test_each_sees_the_own_subtree_and_no_more(township: Township) -> None:
    first, second = township.open(), township.open(branch="second")

    seen = {
        login: {row.id for row in dossiers(township.context(login)).items}
        for login in ("secretary", "neighbour", "organizer", "county", "auditor", "system_admin")
    }

    both = {first, second}
    assert seen == {
        "secretary": {first},
        "neighbour": {second},
        "organizer": both,
        "county": both,
        "auditor": both,
        "system_admin": set(),
    }


def test_what_is_out_of_reach_is_not_found(township: Township) -> None:
    dossier = township.open()

    for query in (dossier_view, history):
        with pytest.raises(NotFound):
            query(township.context("neighbour"), dossier)
        with pytest.raises(NotFound):
            query(township.context("system_admin"), dossier)


def test_pages_follow_the_strokes_and_miss_nobody(township: Township) -> None:
    for name in ("丁演示", "王演示", "李演示", "曾演示", "万演示"):
        township.open(person=township.person(name))

    names, cursor = [], None
    while True:
        page = dossiers(township.context("auditor"), cursor=cursor, limit=2)
        names += [row.name for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert names == ["丁演示", "万演示", "王演示", "李演示", "曾演示"]
    with pytest.raises(BadInput):
        dossiers(township.context("auditor"), cursor="nonsense")


def test_a_list_is_narrowed_by_stage_and_branch_and_counted(township: Township) -> None:
    first = township.open()
    township.open(branch="second")
    township.act(first, "withdrawn", "2014-07-10")
    auditor = township.context("auditor")

    assert [row.id for row in dossiers(auditor, stage="withdrawn").items] == [first]
    assert [row.id for row in dossiers(auditor, branch=township.places["first"]).items] == [first]
    assert counts(auditor) == {"applicant": 1, "withdrawn": 1}
    assert counts(township.context("neighbour")) == {"applicant": 1}


def test_the_history_is_read_as_of_a_day_and_as_known_then(township: Township) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    township.refused(dossier, "activist_decided", "2014-07-25")
    auditor = township.context("auditor")

    assert [one.do for one in history(auditor, dossier)] == [
        "application_received",
        "talk_held",
        "activist_decided",
    ]
    assert [one.is_refused for one in history(auditor, dossier)] == [False, False, True]
    assert len(history(auditor, dossier, as_of=date(2014, 7, 19))) == 1
    assert len(history(auditor, dossier, known_at=at("2014-07-20", 8))) == 1
    assert len(history(auditor, dossier, attempts=False)) == 2


def test_deadlines_are_found_across_the_reach(township: Township) -> None:
    dossier = township.open(on="2016-01-15")

    found = deadlines(township.context("organizer", at("2016-02-16")), status="overdue")

    assert [(one.dossier, one.deadline.id, one.deadline.due) for one in found] == [
        (dossier, "talk", date(2016, 2, 15))
    ]
    assert deadlines(township.context("neighbour", at("2016-02-16"))) == ()


def test_a_role_ends_with_its_day(township: Township) -> None:
    user = add_user(
        township.context("system_admin"),
        NewUser(login="substitute", name="演示代理", password="a-made-up-password"),
        organization=township.places["first"],
    )
    grant = GrantRole(
        user=user, role="branch_clerk", organization=township.places["first"], from_on=date(2016, 3, 1)
    )
    made = grant_role(township.context("security_admin"), grant)
    end_grant(township.context("security_admin"), made, to_on=date(2016, 3, 5))

    roles = [
        len(actor.grants)
        for day in ("2016-02-29", "2016-03-01", "2016-03-05", "2016-03-06")
        if (actor := actor_of_login(township.record, "substitute", now=at(day))) is not None
    ]

    assert roles == [0, 1, 1, 0]
    disable_user(township.context("security_admin"), user)
    assert actor_of_login(township.record, "substitute", now=at("2016-03-01")) is None


def test_the_three_administrators_are_three_persons(township: Township) -> None:
    security = township.context("security_admin")
    auditor = actor_of_login(township.record, "audit_admin", now=township.now)
    assert auditor is not None
    grant = GrantRole(
        user=auditor.user_id,
        role="system_admin",
        organization=township.places["county"],
        from_on=date(2016, 1, 1),
    )

    with pytest.raises(BadInput, match="three persons"):
        grant_role(security, grant)


def test_only_administrators_administer(township: Township) -> None:
    user = township.context("secretary").actor.user_id
    first = township.places["first"]
    grant = GrantRole(user=user, role="organizer", organization=first, from_on=date(2016, 1, 1))

    with pytest.raises(NotAllowed):
        grant_role(township.context("secretary"), grant)
    with pytest.raises(NotFound):
        grant_role(township.context("neighbour"), grant)
    with pytest.raises(NotAllowed):
        add_organization(
            township.context("secretary"), AddOrganization(name="三", kind="branch", parent=first)
        )


def test_a_lower_unit_may_only_be_stricter(township: Township) -> None:
    committee = SetSetting(
        organization=township.places["committee"],
        name="cultivation.months",
        value=18,
        valid_from=date(2016, 1, 1),
    )
    set_setting(township.context("organizer"), committee)

    def at_branch(value: object) -> SetSetting:
        return SetSetting(
            organization=township.places["first"],
            name="cultivation.months",
            value=value,
            valid_from=date(2016, 2, 1),
        )

    for wrong in (12, "long"):
        with pytest.raises(BadInput):
            set_setting(township.context("organizer"), at_branch(wrong))
    set_setting(township.context("organizer"), at_branch(24))


def test_every_change_of_the_law_is_an_event(township: Township) -> None:
    before = verify(township.record).events
    row = AddCalendarRow(on=date(2027, 2, 6), is_working=True, source="演示通知")

    add_calendar_row(township.context("system_admin"), row)

    assert verify(township.record).events == before + 1
    with pytest.raises(BadInput):
        add_calendar_row(township.context("system_admin"), row)


def test_a_notice_for_several_people_is_an_act_each(township: Township) -> None:
    first, second = township.open(), township.open()
    post = PostNotice(
        purpose="admission",
        on="2016-06-15",
        from_on="2016-06-16",
        to_on="2016-06-18",
        dossiers={first: 1, second: 1},
        key=key(),
    )

    items = post_notice(township.context("organizer", at("2016-06-15")), post)

    assert [item.dossier for item in items] == [first, second]
    assert all(isinstance(item.outcome, RecordError) for item in items)


def test_only_the_committee_closes_a_notice_on_an_admission(township: Township) -> None:
    dossier = township.open()

    with pytest.raises(NotAllowed):
        township.act(dossier, "notice_closed", "2014-07-02", purpose="admission")
    with pytest.raises(Refused):  # its right, though not its stage
        township.act(dossier, "notice_closed", "2014-07-02", purpose="conversion")
    with pytest.raises(Refused):
        township.act(dossier, "notice_closed", "2014-07-02", by="organizer", purpose="admission")
