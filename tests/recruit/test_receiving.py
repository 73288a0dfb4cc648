"""An application with its person, in one transaction: both are there, or neither."""

from datetime import date
from typing import Any

import pytest

from recruit.commands.dossiers import ReceiveApplication, receive_application
from recruit.commands.meetings import HoldMeeting, hold_meeting
from recruit.commands.people import NewPerson
from recruit.errors import BadInput, KeyReused, NotAllowed, Refused
from recruit.guards import drop_guards
from recruit.log.verify import verify, verify_dossier
from tests.homes import ask
from tests.recruit.builders import Township, key

ON = "2016-03-01"


def received(township: Township, **given: Any) -> ReceiveApplication:
    person = NewPerson(
        name="演示新人", organization=township.places["first"], **{"born": date(1990, 5, 18), **given}
    )
    return ReceiveApplication(branch=township.places["first"], person=person, on=ON, key=key())


def people(township: Township) -> int:
    with township.record.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def test_person_and_dossier_are_made_together(township: Township) -> None:
    done = receive_application(township.context("secretary"), received(township))

    assert township.stage(done.dossier) == "applicant"
    assert people(township) == 1
    assert verify_dossier(township.record, done.dossier).ok


def test_somebody_known_is_taken_as_is(township: Township) -> None:
    known = township.person()
    command = ReceiveApplication(branch=township.places["first"], person=known, on=ON, key=key())

    receive_application(township.context("secretary"), command)

    assert people(township) == 1


def test_a_refusal_leaves_no_person_and_no_key_but_its_attempt(township: Township) -> None:
    command = received(township, born=date(2005, 5, 18))

    for _ in range(2):
        with pytest.raises(Refused):
            receive_application(township.context("secretary"), command)

    assert people(township) == 0
    with township.record.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar_one() == 1
    keys = township.record.keys._store.execute("SELECT person FROM person_key").fetchall()
    assert keys == []
    assert verify(township.record).ok


def test_bad_input_and_a_wrong_role_leave_nobody_either(township: Township) -> None:
    command = received(township)
    wrong = ReceiveApplication(branch=command.branch, person=command.person, on="someday", key=key())

    with pytest.raises(BadInput):
        receive_application(township.context("secretary"), wrong)
    with pytest.raises(NotAllowed):
        receive_application(township.context("member"), received(township))

    assert people(township) == 0


def test_the_same_key_makes_one_and_another_body_is_refused(township: Township) -> None:
    command = received(township)
    first = receive_application(township.context("secretary"), command)

    again = receive_application(township.context("secretary"), command)
    other = ReceiveApplication(branch=command.branch, person=command.person, on="2016-02-29", key=command.key)

    assert again == first
    assert people(township) == 1
    with pytest.raises(KeyReused):
        receive_application(township.context("secretary"), other)


def test_a_meeting_that_is_sent_twice_is_held_once(township: Township) -> None:
    hold = HoldMeeting(
        kind="branch_committee", organization=township.places["first"], on=date(2016, 2, 29),
        present_count=3, members_count=5, key=key(),
    )  # fmt: skip
    context = township.context("secretary")

    assert hold_meeting(context, hold) == hold_meeting(context, hold)


def test_a_dossier_is_verified_alone(township: Township) -> None:
    first, second = township.open(), township.open(branch="second")
    township.act(first, "talk_held", "2014-07-20", note="谈话内容")
    whole = verify_dossier(township.record, first)
    with township.record.writing() as connection:
        drop_guards(connection)
        ask(connection, "UPDATE act SET \"do\" = 'recommended' WHERE dossier = :dossier", dossier=second)

    assert (whole.ok, whole.acts, whole.events, whole.links, whole.contents) == (True, 2, 0, 2, 1)
    assert verify_dossier(township.record, first).ok
    broken = verify_dossier(township.record, second)
    assert (broken.ok, broken.first_bad) == (False, f"{second}/1")
    assert not verify_dossier(township.record, "unknown").ok
