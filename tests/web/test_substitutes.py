"""The pages of stand-ins: naming one, the answer, what the stand-in then sees, and how it is told."""

from datetime import UTC, date, datetime

from flask import Flask

from notifications.sweep import sweep
from recruit.commands.acts import RecordAct, record_act
from recruit.commands.substitutes import NameSubstitute, accept_substitute, name_substitute
from tests.web.conftest import Counter
from tests.web.township import Township


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


def entries(town: Township, **given: object) -> dict[str, object]:
    return {
        "absent": town.users["li"],
        "stand_in": town.users["zhao"],
        "from_on": "2016-06-07",
        "to_on": "2016-06-20",
        "reason": "leave",
        **given,
    }


def standing_in(town: Township, absent: str, stand_in: str) -> None:
    named = NameSubstitute(
        absent=town.users[absent],
        stand_in=town.users[stand_in],
        from_on=date(2016, 6, 7),
        to_on=date(2016, 6, 20),
        reason="leave",
    )
    accept_substitute(town.context(stand_in), name_substitute(town.context(absent), named))


def test_a_stand_in_is_named_after_a_last_look_and_accepts(
    app: Flask, town: Township, secretary: Counter
) -> None:
    neighbour = logged_in(app, "zhao")

    looked = secretary.post("/substitutes", entries(town, step="check"), page="/substitutes")
    shown = looked.get_data(as_text=True)
    before = neighbour.text("/substitutes")
    sent = secretary.post("/substitutes", entries(town, step="name"), page="/substitutes")
    asked = neighbour.text("/substitutes")
    accepted = neighbour.post(neighbour.hrefs(asked, "/substitutes/")[0], {}, page="/substitutes")

    assert "请核对" in shown
    assert "2016年6月7日" in shown
    assert "赵铁柱（代 李建国）" not in before
    assert sent.status_code == 302
    assert "还没有接受" in asked
    assert accepted.status_code == 302
    assert "代办中，请假" in secretary.text("/substitutes")
    assert "您今天代 李建国 办理" in neighbour.text("/")
    assert "王秀兰" in neighbour.text("/")
    assert "您今天代" not in secretary.text("/")


def test_what_was_entered_stays_when_it_is_changed_or_refused(town: Township, secretary: Counter) -> None:
    edited = secretary.post("/substitutes", entries(town, step="edit"), page="/substitutes")
    refused = secretary.post(
        "/substitutes", entries(town, step="check", to_on="2016-12-08"), page="/substitutes"
    )
    empty = secretary.post("/substitutes", entries(town, step="name", to_on=""), page="/substitutes")

    assert (edited.status_code, refused.status_code, empty.status_code) == (200, 400, 400)
    assert 'value="2016-06-20"' in edited.get_data(as_text=True)
    assert "最晚到2016-12-07" in refused.get_data(as_text=True)
    assert 'value="2016-12-08"' in refused.get_data(as_text=True)
    assert 'aria-invalid="true"' in empty.get_data(as_text=True)


def test_the_stand_in_records_and_every_page_says_for_whom(
    app: Flask, town: Township, secretary: Counter
) -> None:
    standing_in(town, "li", "zhao")
    neighbour = logged_in(app, "zhao")
    dossier = f"/dossiers/{town.dossiers['王秀兰']}"

    done = neighbour.act(f"{dossier}/acts/thought_report_received", on="2016-06-07")

    assert done.status_code == 302
    assert "赵铁柱（代 李建国，支部书记）" in secretary.text(dossier)
    assert "赵铁柱（代 李建国）" in secretary.text(f"{dossier}/history?only=all")


def test_the_message_says_for_whom_it_came(app: Flask, town: Township) -> None:
    standing_in(town, "li", "zhao")
    sweep(town.record, datetime(2016, 6, 7, 0, 30, tzinfo=UTC))

    page = logged_in(app, "zhao").text("/messages")

    assert "代 李建国" in page
    assert "王秀兰：半年考察" in page


def test_a_proposal_says_for_whom_and_why_the_absent_one_cannot_confirm(app: Flask, town: Township) -> None:
    standing_in(town, "zhang", "liu")
    correction = RecordAct(
        dossier=town.dossiers["王秀兰"],
        do="corrected",
        on="2016-06-07",
        seen_version=town.version("王秀兰"),
        key="correction",
        details={"act": 3, "reason": "演示"},
    )
    record_act(town.context("liu"), correction)

    page = logged_in(app, "zhang").text("/proposals")
    another = logged_in(app, "wang").text("/proposals")

    assert "按一个人算" in page
    assert "/confirm" not in page
    assert "/confirm" in another


def test_a_security_administrator_names_for_whoever_cannot_and_an_auditor_nobody(
    app: Flask, town: Township, auditor: Counter
) -> None:
    security = logged_in(app, "secadmin")

    named = security.post(
        "/substitutes", entries(town, step="name"), page=f"/substitutes?absent={town.users['li']}"
    )

    assert named.status_code == 302
    assert "赵铁柱（代 李建国）" in security.text("/substitutes")
    assert auditor.get("/substitutes").status_code == 403


def test_nobody_names_for_a_colleague_of_the_same_rank(app: Flask, town: Township) -> None:
    refused = logged_in(app, "zhao").post(
        "/substitutes", entries(town, step="name", stand_in=town.users["liu"]), page="/substitutes"
    )

    assert refused.status_code == 404
