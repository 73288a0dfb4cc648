"""A repeated request has no second effect and gets the first answer, whatever came between."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from recruit.commands.acts import RecordAct, record_act
from recruit.commands.answers import KEPT
from recruit.commands.checkpoints import keep_checkpoint
from recruit.errors import Refused, StaleDossier
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from tests.recruit.builders import Township, at, key

ACTS = ("talk_held", "recommended", "activist_decided", "oath_taken")


def answer_of(township: Township, command: RecordAct) -> Any:
    try:
        return record_act(township.context("secretary", at("2014-08-01")), command)
    except Refused as refusal:
        return refusal.findings, refusal.stage, refusal.version
    except StaleDossier as stale:
        return stale.version


class Requests(RuleBasedStateMachine):
    """Requests that come once, twice, late and from stale pages."""

    sent = Bundle("sent")

    def __init__(self, township: Township) -> None:
        super().__init__()
        self.township = township
        self.dossier = township.open()
        self.version = 1

    @rule(target=sent, do=st.sampled_from(ACTS), behind=st.integers(0, 2))
    def send(self, do: str, behind: int) -> tuple[RecordAct, Any]:
        details = {"source": "members"} if do == "recommended" else {}
        seen = max(0, self.version - behind)
        command = RecordAct(
            dossier=self.dossier,
            do=do,
            on="2014-08-01",
            seen_version=seen,
            key=key(),
            details=details,
        )
        answer = answer_of(self.township, command)
        recorded = self.township.version(self.dossier) - self.version
        assert recorded == (1 if hasattr(answer, "seq") else 0)
        assert behind == 0 or recorded == 0
        self.version += recorded
        return command, answer

    @rule(one=sent)
    def repeat(self, one: tuple[RecordAct, Any]) -> None:
        command, first = one
        again = answer_of(self.township, command)
        if isinstance(first, int):
            assert isinstance(again, int)
        else:
            assert again == first

    @invariant()
    def nothing_is_doubled(self) -> None:
        assert self.township.version(self.dossier) == self.version


@pytest.mark.parametrize(
    ("examples", "steps"),
    [pytest.param(15, 25, id="short"), pytest.param(200, 50, id="whole", marks=pytest.mark.slow)],
)
def test_whatever_comes_twice_late_or_from_a_stale_page_has_one_effect(
    township: Township, examples: int, steps: int
) -> None:
    class Here(Requests):
        def __init__(self) -> None:
            super().__init__(township)

    wanted = settings(max_examples=examples, stateful_step_count=steps, deadline=None)

    run_state_machine_as_test(Here, settings=wanted)

    keep_checkpoint(township.record, now=at("2014-08-02"))
    assert verify(township.record).ok
    assert check_projections(township.record).ok


def test_an_answer_is_given_again_for_thirty_days(township: Township) -> None:
    dossier = township.open()
    command = township.command(dossier, "talk_held", "2014-07-20")
    now = at("2014-07-20")
    first = record_act(township.context("secretary", now), command)

    again = record_act(township.context("secretary", now + KEPT - timedelta(hours=1)), command)

    assert again == first
    assert township.version(dossier) == 2


def test_a_refusal_is_given_again_and_kept_once(township: Township) -> None:
    dossier = township.open()
    command = township.command(dossier, "activist_decided", "2014-07-20")
    context = township.context("secretary", at("2014-07-20"))

    answers = []
    for _ in range(2):
        try:
            record_act(context, command)
        except Refused as refusal:
            answers.append((refusal.findings, refusal.stage, refusal.version))

    assert answers[0] == answers[1]
    with township.record.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar_one() == 1
