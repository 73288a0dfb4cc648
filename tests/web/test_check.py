"""The page before an act is sent: nothing counts until its last button, and no entry is lost."""

from datetime import date
from io import BytesIO

import pytest

from recruit.queries.files import files_of
from recruit.queries.history import history
from tests import files
from tests.web.conftest import Counter
from tests.web.township import Township

VOTE = {"on": "2016-06-07", "members": "5", "present": "5", "for": "4", "body": "branch_committee"}


@pytest.fixture
def path(town: Township) -> str:
    """王秀兰 may be proposed from today on."""
    heard = ["group", "contacts", "members", "masses"]
    town.act("王秀兰", "opinions_heard", date(2016, 6, 6), from_whom=heard)
    return f"/dossiers/{town.dossiers['王秀兰']}/acts/target_proposed"


def recorded(town: Township) -> list[str]:
    return [one.do for one in history(town.context("li"), town.dossiers["王秀兰"], attempts=False)]


def test_an_act_that_moves_a_stage_is_shown_once_more_and_counts_with_the_last_button(
    secretary: Counter, town: Township, path: str
) -> None:
    entries = {**secretary.form(path), **VOTE}

    looked = secretary.send(path, entries)

    page = looked.get_data(as_text=True)
    assert looked.status_code == 200
    assert "target_proposed" not in recorded(town)
    for shown in ("2016年6月7日", "阶段：入党积极分子 → 拟发展对象", "review_in_time", "确认上报"):
        assert shown in page
    assert secretary.hidden(looked)["for"] == "4"

    sent = secretary.send(path, {**secretary.hidden(looked), "step": "send"})

    assert sent.status_code == 302
    assert recorded(town).count("target_proposed") == 1
    assert "已上报，记为第 8 条。下一步：" in secretary.text(sent.headers["Location"])


def test_a_file_that_was_sent_along_stands_in_the_act_after_the_last_button(
    secretary: Counter, town: Township, path: str
) -> None:
    entries = {**secretary.form(path), **VOTE, "upload": (BytesIO(files.photo()), "会议记录.jpg")}

    looked = secretary.send(path, entries)
    sent = secretary.send(path, {**secretary.hidden(looked), "step": "send"})

    (kept,) = files_of(town.context("li"), town.dossiers["王秀兰"])
    act = history(town.context("li"), town.dossiers["王秀兰"], attempts=False)[-1].act
    assert "会议记录.jpg" in looked.get_data(as_text=True)
    assert secretary.hidden(looked)["attachments"] == kept.sha256
    assert sent.status_code == 302
    assert act is not None
    assert (act.do, act.names("attachments")) == ("target_proposed", (kept.sha256,))


def test_the_last_button_pressed_twice_records_once(secretary: Counter, town: Township, path: str) -> None:
    entries = {**secretary.form(path), **VOTE, "step": "send"}

    assert [secretary.send(path, entries).status_code for _ in range(2)] == [302, 302]
    assert recorded(town).count("target_proposed") == 1


def test_a_change_leads_back_to_the_form_with_every_entry(
    secretary: Counter, town: Township, path: str
) -> None:
    looked = secretary.send(path, {**secretary.form(path), **VOTE})

    page = secretary.send(path, {**secretary.hidden(looked), "step": "edit"}).get_data(as_text=True)

    assert f'formaction="{path}#f-for"' in looked.get_data(as_text=True)
    assert 'id="f-for" name="for" type="number" value="4"' in page
    assert "target_proposed" not in recorded(town)


def test_another_language_keeps_the_page_and_its_entries(secretary: Counter, path: str) -> None:
    looked = secretary.send(path, {**secretary.form(path), **VOTE})

    switched = secretary.send(path, {**secretary.hidden(looked), "switch": "en"})

    assert "Confirm and submit" in switched.get_data(as_text=True)
    assert secretary.hidden(switched)["for"] == "4"


def test_what_is_refused_is_said_before_the_last_button_and_kept_as_an_attempt(
    secretary: Counter, town: Township, path: str
) -> None:
    answer = secretary.send(path, {**secretary.form(path), **VOTE, "on": "2015-05-28"})

    attempts = [one for one in history(town.context("li"), town.dossiers["王秀兰"]) if one.is_refused]
    assert answer.status_code == 422
    assert "cultivation_period" in answer.get_data(as_text=True)
    assert [one.do for one in attempts] == ["target_proposed"]


@pytest.mark.parametrize("step", [{}, {"step": "send"}])
def test_whoever_was_slower_sees_the_difference_and_keeps_the_entries(
    secretary: Counter, organizer: Counter, path: str, step: dict[str, str]
) -> None:
    entries = {**secretary.form(path), **VOTE}
    organizer.act(
        path.replace("target_proposed", "course_attended"),
        on="2016-06-07",
        course="activist_course",
        days="1",
    )

    answer = secretary.send(path, {**entries, **step})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "刘敏 09:00 已经记了" in page
    assert 'value="4"' in page


def test_a_harmless_act_is_recorded_at_once(secretary: Counter, path: str) -> None:
    report = path.replace("target_proposed", "thought_report_received")

    answer = secretary.send(report, {**secretary.form(report), "on": "2016-06-07"})

    assert answer.status_code == 302
