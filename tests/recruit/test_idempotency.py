"""A repeated request has no second effect and gets the first answer, whatever came between."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from recruit.commands.acts import RecordAct, record_act
from recruit.commands.answers import KEPT
from recruit.errors import Refused, StaleDossier
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import Township, at, make_township, reopened

ACTS = ("talk_held", "recommended", "activist_decided", "oath_taken")
_made: list[Path] = []


def founded() -> Path:
    if not _made:
        folder = Path(tempfile.mkdtemp()) / "founded"
        make_township(Home(folder))
        _made.append(folder)
    return _made[0]


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

    @initialize()
    def open_dossier(self) -> None:
        self.folder = Path(tempfile.mkdtemp()) / "data"
        shutil.copytree(founded(), self.folder)
        self.record = Record.open(self.folder)
        self.township = reopened(self.record)
        self.dossier = self.township.open()
        self.number = 0
        self.version = 1

    @rule(target=sent, do=st.sampled_from(ACTS), behind=st.integers(0, 2))
    def send(self, do: str, behind: int) -> tuple[RecordAct, Any]:
        self.number += 1
        details = {"source": "members"} if do == "recommended" else {}
        seen = max(0, self.version - behind)
        command = RecordAct(
            dossier=self.dossier,
            do=do,
            on="2014-08-01",
            seen_version=seen,
            key=f"r{self.number}",
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

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert verify(self.record).ok
            assert check_projections(self.record).ok
            self.record.close()
            shutil.rmtree(self.folder.parent)


TestRequests = Requests.TestCase
TestRequests.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


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
