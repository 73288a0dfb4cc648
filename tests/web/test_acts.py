"""One form per act: refused with every reason, stale, repeated, or recorded; the entries are never lost."""

import io
import re
from pathlib import Path

import pytest

import web
from recruit.queries.dossiers import dossier_view
from recruit.queries.history import history
from tests.files import photo
from tests.web.conftest import Counter
from tests.web.township import CANARY, Township
from workflows.edition import load_edition

BEGINNING = {"application_received", "transferred_in"}
ACTS = sorted({do for id_ in ("2014", "2026") for do in load_edition(id_).acts} - BEGINNING)


def path_of(town: Township, do: str, name: str = "王秀兰") -> str:
    return f"/dossiers/{town.dossiers[name]}/acts/{do}"


@pytest.mark.parametrize("do", ACTS)
def test_each_act_has_a_form_in_both_languages(secretary: Counter, town: Township, do: str) -> None:
    chinese = secretary.text(path_of(town, do))
    secretary.post("/switch", {"switch": "en", "back": "/"}, page="/")
    english = secretary.text(path_of(town, do))

    assert "哪一天发生的？" in chinese
    assert "When did it happen?" in english
    assert 'name="seen_version"' in chinese
    assert 'name="key"' in chinese


def test_an_act_is_recorded_and_shown(secretary: Counter, town: Township) -> None:
    answer = secretary.act(
        path_of(town, "opinions_heard"), on="2016-06-07", from_whom=["group", "contacts", "members", "masses"]
    )

    assert answer.status_code == 302
    assert "听取意见" in secretary.text(f"/dossiers/{town.dossiers['王秀兰']}?only=all")


def test_a_refusal_shows_every_finding_and_leaves_the_dossier_as_it_was(
    secretary: Counter, town: Township
) -> None:
    before = dossier_view(town.context("li"), town.dossiers["王秀兰"]).row

    answer = secretary.act(
        path_of(town, "target_proposed"), on="2015-05-28", members="5", present="5", for_="4"
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for rule in ("cultivation_period", "opinions_heard", "review_in_time", "recorded_late"):
        assert rule in page
    assert "2015年9月10日" in page
    assert 'value="2015-05-28"' in page
    assert 'value="4"' in page
    assert dossier_view(town.context("li"), town.dossiers["王秀兰"]).row == before


def test_a_late_entry_is_marked_on_the_dossiers_page_in_its_history_and_on_the_roll(
    secretary: Counter, auditor: Counter, town: Township
) -> None:
    dossier = f"/dossiers/{town.dossiers['王秀兰']}"
    assert "补录" not in auditor.text(dossier) + auditor.text("/dossiers")

    done = secretary.act(f"{dossier}/acts/thought_report_received", on="2016-03-28", note="忘了录")

    assert done.status_code == 302
    assert "补录" in secretary.text(dossier)
    assert "补录" in auditor.text(f"{dossier}/history?only=late")
    assert "补录 1 条" in auditor.text("/dossiers")


def test_the_history_for_paper_folds_nothing(auditor: Counter, town: Township) -> None:
    """A browser prints no closed fold."""
    history_page = f"/dossiers/{town.dossiers['王秀兰']}/history"
    folded = auditor.text(history_page)

    assert 'class="fold"' in folded
    assert f"{history_page}?only=unfolded" in folded
    whole = auditor.text(f"{history_page}?only=unfolded")
    assert 'class="fold"' not in whole
    acts = len(history(town.context("li"), town.dossiers["王秀兰"], attempts=False))
    assert {f"{history_page}/{seq}" for seq in range(1, acts + 1)} <= set(
        re.findall(r'href="([^"]+)"', whole)
    )


def test_a_refused_attempt_stands_striped_in_the_history(
    secretary: Counter, auditor: Counter, town: Township
) -> None:
    secretary.act(path_of(town, "target_proposed"), on="2015-05-28", members="5", present="5", for_="5")

    page = auditor.text(f"/dossiers/{town.dossiers['王秀兰']}/history?only=refused")

    assert 'class="rej"' in page
    assert "试记“支委会提出拟发展对象”" in page


def test_somebody_who_was_slower_sees_what_happened_and_keeps_the_entries(
    secretary: Counter, organizer: Counter, town: Township
) -> None:
    hidden = secretary.form(path_of(town, "review_recorded"))
    paper = (io.BytesIO(photo()), "推荐表.jpg")  # an organizer enters for the branch
    organizer.act(path_of(town, "recommended"), on="2016-06-07", source="members", upload=[paper])

    answer = secretary.send(
        path_of(town, "review_recorded"), {**hidden, "on": "2016-06-07", "result": "合格"}
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "刘敏 09:00 已经记了“推荐、推优”" in page
    assert "合格" in page


def test_pressing_twice_records_once(secretary: Counter, town: Township) -> None:
    path = path_of(town, "review_recorded")
    entries = {**secretary.form(path), "on": "2016-06-07", "result": "合格"}

    first, second = secretary.send(path, entries), secretary.send(path, entries)

    assert first.status_code == second.status_code == 302
    acts = history(town.context("li"), town.dossiers["王秀兰"], attempts=False)
    assert sum(entry.do == "review_recorded" for entry in acts) == 1


def test_the_same_key_with_another_body_is_refused(secretary: Counter, town: Township) -> None:
    path = path_of(town, "review_recorded")
    entries = {**secretary.form(path), "on": "2016-06-07", "result": "合格"}
    secretary.send(path, entries)

    answer = secretary.send(path, {**entries, "result": "不合格"})

    assert answer.status_code == 422
    assert "不合格" in answer.get_data(as_text=True)


@pytest.mark.parametrize("day", ["", "yesterday", "2016-02-30"])
def test_an_unreadable_day_is_said_at_its_box(secretary: Counter, town: Township, day: str) -> None:
    answer = secretary.act(path_of(town, "review_recorded"), on=day, result="合格")

    assert answer.status_code == 400
    assert 'id="p-on"' in answer.get_data(as_text=True)


def test_a_day_in_the_future_is_refused_with_its_rule(secretary: Counter, town: Township) -> None:
    answer = secretary.act(path_of(town, "review_recorded"), on="2016-06-08", result="合格")

    assert answer.status_code == 422
    assert "not_in_future" in answer.get_data(as_text=True)


def test_a_form_keeps_its_entries_when_the_language_changes(secretary: Counter, town: Township) -> None:
    path = path_of(town, "review_recorded")

    answer = secretary.act(path, on="2016-06-01", result="写了一半", switch="en")

    page = answer.get_data(as_text=True)
    assert "When did it happen?" in page
    assert "写了一半" in page
    assert 'value="2016-06-01"' in page


def test_a_decision_of_the_committee_waits_for_the_second_person(
    organizer: Counter, head: Counter, town: Township
) -> None:
    path = path_of(town, "corrected") + "?act=2"
    assert "李建国" not in organizer.text(path)
    chosen = organizer.act(path, act="2")
    assert 'value="李建国"' in chosen.get_data(as_text=True)
    entries = organizer.hidden(chosen)
    sent = organizer.send_looked_at(
        path,
        {
            **entries,
            "on": "2016-06-07",
            "act": "2",
            "reason": "日期写错了",
            "new.keep": "yes",
            "new.on": "2014-06-27",
        },
    )
    assert sent.status_code == 302
    assert "要由另一人确认" in organizer.text("/proposals")

    page = head.text("/proposals")
    proposal = head.hrefs(page, "/proposals/")[0]
    assert head.post(proposal, {"key": "k-1"}, page="/proposals").status_code == 302

    shown = head.text(f"/dossiers/{town.dossiers['王秀兰']}/history?only=corrected")
    assert "已由第 7 条更正" in shown
    assert "张书记" in shown


def test_what_was_typed_is_text_and_nothing_else(
    secretary: Counter, auditor: Counter, town: Township
) -> None:
    dossier = town.dossiers["王秀兰"]
    pages = [
        f"/dossiers/{dossier}",
        f"/dossiers/{dossier}/history",
        f"/dossiers/{dossier}/acts/corrected?act=2",
    ]

    opened = secretary.post(f"/dossiers/{dossier}/contents", {"reason": "handling"}, page=pages[0])
    chosen = secretary.act(pages[2], act="2")

    for answer in (opened, chosen):
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert CANARY not in page
        assert "<script" not in page
        assert "{{7*7}}" in page
        assert "&lt;script&gt;" in page
    for path in pages:
        assert "{{7*7}}" not in secretary.text(path), path


def test_no_page_asks_for_anything_from_outside(secretary: Counter, auditor: Counter, town: Township) -> None:
    dossier = town.dossiers["王秀兰"]
    for counter in (secretary, auditor):
        for path in ("/", "/dossiers", f"/dossiers/{dossier}", f"/dossiers/{dossier}/history"):
            page = counter.text(path)
            assert "http://" not in page, path
            assert "https://" not in page, path


def test_no_style_sheet_asks_for_anything_from_outside() -> None:
    for sheet in (Path(web.__file__).parent / "static").glob("*.css"):
        assert "//" not in sheet.read_text("utf-8"), sheet.name


def test_a_new_application_opens_a_dossier(secretary: Counter, town: Township) -> None:
    answer = secretary.act("/dossiers/new", name="陈志远", sex="male", born="1992-03-04", on="2016-06-06")

    assert answer.status_code == 302
    assert "陈志远" in secretary.text(answer.headers["Location"])
    found = secretary.post("/dossiers", {"q": "czy"}).get_data(as_text=True)
    assert "陈志远" in found


def test_the_verification_names_what_was_really_checked(auditor: Counter, town: Township) -> None:
    path = f"/dossiers/{town.dossiers['王秀兰']}/history"
    page, whole = auditor.text(path), auditor.text(f"{path}?verify=all")

    assert "校验通过：第 1–6 条，共 6 条" in page
    assert "办理 7 条" not in page
    assert "校验通过：第 1–6 条，共 6 条" in whole
    assert "办理 7 条" in whole


def test_the_history_as_of_a_day_knows_nothing_of_later(auditor: Counter, town: Township) -> None:
    path = f"/dossiers/{town.dossiers['王秀兰']}/history"
    page = auditor.text(f"{path}?as_of=2014-09-10")

    assert "确定为积极分子" in page
    assert f'"{path}/4"' in page
    assert f'"{path}/5"' not in page  # the contact persons were named two days later


def test_a_deadline_explains_its_day(secretary: Counter, town: Township) -> None:
    page = secretary.text(f"/dossiers/{town.dossiers['王秀兰']}/why/review")

    assert "2015年3月10日" in page
    assert "为什么是这一天" in page
    assert secretary.get(f"/dossiers/{town.dossiers['王秀兰']}/why/nothing").status_code == 404
