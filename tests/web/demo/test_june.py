"""The copy of 17 June 2016, 08:30: sound, and the same in the counts, in the queries and on the pages."""

import shutil
from collections import Counter as Tally
from datetime import datetime
from pathlib import Path

from recruit.clock import MovedClock
from recruit.log.verify import verify
from recruit.queries.desk import desk
from recruit.queries.dossiers import counts
from recruit.record import Record
from tests.web.conftest import CONFIG, Counter
from tests.web.demo.conftest import PASSWORD, Demo, Reading
from web.app import create_app
from web.demo.year import JUNE
from workflows.acts import SHANGHAI

KEYS = {"dossiers", "acts", "refused", "reminders", "stages", "log"}


def test_the_json_has_the_fixed_keys_and_nothing_beside_them(demo: Demo) -> None:
    assert demo.counts.keys() == KEYS | {"june"}
    assert demo.counts["june"].keys() == KEYS
    assert demo.counts["log"].keys() == demo.counts["june"]["log"].keys() == {"size", "verified"}
    assert demo.result.stdout.count("\n") == 1
    assert demo.result.stderr == ""


def test_the_copy_verifies(demo: Demo, june: Reading) -> None:
    checked = verify(june.record)

    assert checked.ok
    assert demo.counts["june"]["log"] == {"size": checked.acts + checked.events, "verified": True}


def test_the_counts_of_the_copy_are_those_that_the_pages_read(demo: Demo, june: Reading) -> None:
    told, seen = demo.counts["june"], list(june.everything())

    assert counts(june.context) == told["stages"]
    assert len(june.rows()) == told["dossiers"]
    assert Tally(entry.is_refused for entry in seen) == {False: told["acts"], True: told["refused"]}


def test_nothing_in_the_copy_is_younger_than_its_instant(june: Reading) -> None:
    assert max(entry.recorded_at for entry in june.everything()) <= JUNE


def test_eight_people_are_on_the_notice_and_one_of_them_is_held(demo: Demo, june: Reading) -> None:
    assert demo.counts["june"]["stages"]["admission_publicity"] == 8
    assert len(june.dossier("赵红梅").facts.open_objections("admission")) == 1
    assert june.dossier("周建设").facts.stage == "vetting"


def test_the_desk_of_the_secretary_has_something_to_do(june: Reading) -> None:
    todos = {(todo.id, todo.name) for todo in desk(june.as_user("lijianguo")).todos}

    assert todos >= {("review", "丁海峰"), ("contacts", "孔祥瑞"), ("talk", "韩雪")}


def test_the_copy_is_served_with_its_clock_running_on(demo: Demo, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo.folder / "demo" / "june", tmp_path / "june"))
    with Record.open(folder) as record:
        clock = MovedClock(start=JUNE, running=True)
        browser = Counter(create_app(record, clock, config=CONFIG))
        browser.log_in("lijianguo", PASSWORD)

        page = browser.text("/")

    assert "2016年6月17日" in page
    assert "丁海峰" in page
    assert clock.now() > datetime(2016, 6, 17, 8, 30, tzinfo=SHANGHAI)
