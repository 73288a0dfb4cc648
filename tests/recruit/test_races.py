"""Two at once: one effect, on both databases; the other hears what is the case now."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from threading import Barrier

import pytest

from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.erasures import ProposeErasure, propose_erasure
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.commands.users import NewUser, add_user
from recruit.context import Context
from recruit.errors import BadInput, RecordError, Refused, StaleDossier
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.checkpoints import present_checkpoint
from tests.homes import ask
from tests.recruit.builders import Township, at, key, with_roll
from tests.recruit.test_road import vetted

RACES = 20
SLOW_RACES = 1000
ROUNDS = [
    pytest.param(RACES, id="short"),
    pytest.param(SLOW_RACES, id="whole", marks=pytest.mark.slow),
]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave or raised; they begin together."""
    barrier = Barrier(len(calls))

    def begin(call: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return call()
        except RecordError as refusal:
            return refusal

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(begin, calls))


def kinds(answers: Sequence[object]) -> Counter[str]:
    return Counter(type(one).__name__ for one in answers)


def fresh_dossiers(township: Township) -> Callable[[int], str]:
    """A dossier for each fifty races: none of this world has thousands of acts."""

    @cache
    def of(fifty: int) -> str:
        assert fifty >= 0
        return _activist(township)

    return lambda number: of(number // 50)


def whole(township: Township) -> None:
    """Nothing is doubled, no chain forks, every projection is that of its acts."""
    keep_checkpoint(township.record, now=at("2016-07-01"))
    verified = verify(township.record)
    assert verified.ok, verified.problems
    assert check_projections(township.record).ok
    assert present_checkpoint(township.record).size == verified.acts + verified.events


@pytest.mark.parametrize("races", ROUNDS)
def test_two_people_confirm_one_proposal_and_one_act_comes_of_it(township: Township, races: int) -> None:
    dossier_of = fresh_dossiers(township)
    confirmers = [township.context(login, at("2016-03-02")) for login in ("organizer", "head")]
    for number in range(races):
        dossier = dossier_of(number)
        proposal = _correction(township, dossier)
        version = township.version(dossier)

        answers = at_once(*[_confirmation(context, proposal) for context in confirmers])

        assert kinds(answers) == {"Recorded": 1, "StaleDossier": 1}, answers
        assert township.version(dossier) == version + 1
    whole(township)


@pytest.mark.parametrize("races", ROUNDS)
def test_two_acts_from_one_page_and_the_second_is_told_the_present_version(
    township: Township, races: int
) -> None:
    dossier_of = fresh_dossiers(township)
    for number in range(races):
        dossier = dossier_of(number)
        version = township.version(dossier)
        calls = [_report(township, dossier, login) for login in ("secretary", "clerk")]

        answers = at_once(*calls)

        assert kinds(answers) == {"Recorded": 1, "StaleDossier": 1}, answers
        stale = next(one for one in answers if isinstance(one, StaleDossier))
        assert stale.version == township.version(dossier) == version + 1
    whole(township)


@pytest.mark.parametrize("races", ROUNDS)
def test_one_request_sent_twice_has_one_effect_and_one_answer(township: Township, races: int) -> None:
    dossier_of = fresh_dossiers(township)
    for number in range(races):
        dossier = dossier_of(number)
        version = township.version(dossier)
        call = _report(township, dossier, "secretary")

        first, second = at_once(call, call)

        assert isinstance(first, Recorded)
        assert first == second
        assert township.version(dossier) == version + 1
    whole(township)


def test_one_application_sent_twice_opens_one_dossier(township: Township) -> None:
    person = township.person()
    command = OpenDossier(branch=township.places["first"], person=person, on="2016-02-01", key=key())
    context = township.context("secretary", at("2016-02-01"))

    answers = at_once(*[lambda: open_dossier(context, command)] * 4)

    assert len({repr(one) for one in answers}) == 1
    assert kinds(answers) == {"Recorded": 4}


def test_one_person_is_received_by_one_branch_at_a_time(township: Township) -> None:
    person = township.person()

    def receive(branch: str, login: str) -> Callable[[], object]:
        command = OpenDossier(branch=township.places[branch], person=person, on="2016-02-01", key=key())
        context = township.context(login, at("2016-02-01"))
        return lambda: open_dossier(context, command)

    answers = at_once(receive("first", "secretary"), receive("second", "neighbour"))

    assert kinds(answers) == {"Recorded": 1, "Refused": 1}


def test_one_person_is_proposed_for_erasure_once(township: Township) -> None:
    person = township.person()
    township.act(township.open(person=person), "withdrawn", "2014-09-01", reason="演示")
    context = township.context("security_admin")
    wanted = ProposeErasure(person=person, ground="request", ticket="演〔2016〕1号")

    answers = at_once(*[lambda: propose_erasure(context, wanted)] * 3)

    assert kinds(answers) == {"str": 1, "BadInput": 2}


def test_one_form_number_goes_to_one_dossier(township: Township) -> None:
    members = with_roll(township, 5)
    targets = [vetted(township, members), vetted(township, members)]
    context = township.context("organizer", at("2016-06-16"))
    commands = [
        township.command(dossier, "form_issued", "2016-06-16", number="A-0001") for dossier in targets
    ]

    answers = at_once(*[lambda command=command: record_act(context, command) for command in commands])

    assert kinds(answers) == {"Recorded": 1, "Refused": 1}, answers
    refused = next(one for one in answers if isinstance(one, Refused))
    assert "form_number_unique" in {one.rule for one in refused.findings}


def test_events_of_one_organization_stay_one_chain(township: Township) -> None:
    dossiers = [township.open(on="2016-02-01") for _ in range(4)]

    def be_refused(dossier: str) -> Callable[[], object]:
        return lambda: [township.refused(dossier, "activist_decided", "2016-03-01") for _ in range(5)]

    answers = at_once(*[be_refused(dossier) for dossier in dossiers])

    assert kinds(answers) == {"list": 4}
    whole(township)
    with township.record.reading() as connection:
        refused = ask(connection, "SELECT count(*) FROM event WHERE \"do\" = 'refused'").scalar_one()
    assert refused == 4 * 5


def test_one_log_in_name_is_given_once(township: Township) -> None:
    context = township.context("system_admin")
    new = NewUser(login="same", name="演示", password="a-made-up-password")

    answers = at_once(*[lambda: add_user(context, new, organization=township.places["county"])] * 3)

    assert kinds(answers) == {"str": 1, "BadInput": 2}


def test_nobody_becomes_two_administrators_at_once(township: Township) -> None:
    security = township.context("security_admin")
    user = add_user(
        township.context("system_admin"),
        NewUser(login="new", name="演示", password="a-made-up-password"),
        organization=township.places["county"],
    )

    def grant(role: str) -> Callable[[], object]:
        wanted = GrantRole(
            user=user, role=role, organization=township.places["county"], from_on=date(2016, 3, 1)
        )
        return lambda: grant_role(security, wanted)

    answers = at_once(grant("system_admin"), grant("audit_admin"))

    assert kinds(answers) == {"str": 1, "BadInput": 1}
    assert isinstance(next(one for one in answers if isinstance(one, BadInput)), BadInput)


def test_acts_of_many_dossiers_at_once_all_come_under_one_checkpoint(township: Township) -> None:
    with_roll(township, 3)
    dossiers = [township.open(on="2016-02-01") for _ in range(4)]

    def many(dossier: str) -> Callable[[], object]:
        context = township.context("secretary", at("2016-02-10"))

        def record() -> int:
            for version in range(1, 9):
                record_act(context, _note(dossier, version))
            return version

        return record

    signs = [lambda: keep_checkpoint(township.record, now=at("2016-02-10"))] * 2
    answers = at_once(*[many(dossier) for dossier in dossiers], *signs)

    assert answers[:4] == [8] * 4
    whole(township)
    with township.record.reading() as connection:
        assert ask(connection, "SELECT count(*) FROM unsequenced").scalar_one() == 0


def _correction(township: Township, dossier: str) -> str:
    """Of a report just recorded, waiting for its second person."""
    report = township.act(dossier, "thought_report_received", "2016-02-28", by="clerk", note="演示")
    assert isinstance(report, Recorded)
    replacement = {"do": "thought_report_received", "on": "2016-02-27", "note": "演示"}
    outcome = township.act(
        dossier, "corrected", "2016-03-01", act=report.seq, reason="日期抄错", replacement=replacement
    )
    assert isinstance(outcome, Proposed)
    return outcome.proposal


def _confirmation(context: Context, proposal: str) -> Callable[[], object]:
    command = ConfirmProposal(proposal=proposal, key=key())
    return lambda: confirm_proposal(context, command)


def _note(dossier: str, version: int) -> RecordAct:
    return RecordAct(
        dossier=dossier,
        do="talk_held",
        on="2016-02-09",
        seen_version=version,
        key=key(),
        details={"note": "演示"},
    )


def _report(township: Township, dossier: str, login: str) -> Callable[[], object]:
    command = township.command(dossier, "thought_report_received", "2016-02-29", note="演示")
    context = township.context(login, at("2016-03-01"))
    return lambda: record_act(context, command)


def _activist(township: Township) -> str:
    dossier = township.open(on="2015-01-05")
    township.act(dossier, "talk_held", "2015-01-20")
    township.act(dossier, "recommended", "2015-02-02", source="members")
    township.act(dossier, "activist_decided", "2015-03-02", members=3, present=3, for_=3)
    return dossier
