"""The auditor's pages: addresses without names, an export that is logged, a log that somebody edited."""

import io
import json
import sqlite3
import zipfile
from datetime import date, timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from recruit.commands.acts import RecordAct, record_act
from recruit.limits import LIMITS
from recruit.log.canonical import digest
from recruit.record import Record
from recruit.tables import Reading
from tests.web.conftest import Counter
from tests.web.test_privacy import behind_the_door
from tests.web.township import JUNE, PASSWORD, Township
from web.access import reach_of
from web.audit.scans import Scans
from web.audit.sheets import FORMULA_SIGNS, Sheet, workbook_bytes
from web.history.facts import ACT_OF, fact_name
from workflows.changes import OF_THE_BOOKS
from workflows.edition import EDITIONS, load_edition
from workflows.facts import Facts

EXPORT = {"kind": "xlsx", "reason": "inspection"}


def export(auditor: Counter, **changed: str) -> bytes:
    answer = auditor.post("/audit/export", {**EXPORT, **changed})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data()


def pages_read(town: Township) -> list[str]:
    with town.record.reading() as connection:
        return list(connection.execute(select(Reading.page).order_by(Reading.at, Reading.page)).scalars())


def test_a_name_is_sent_by_a_form_and_never_stands_in_an_address(auditor: Counter, town: Township) -> None:
    answer = auditor.post("/audit", {"name": "王秀兰", "kind": "late"})

    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert address == f"/audit?kind=late&dossier={town.dossiers['王秀兰']}"
    assert "王秀兰" in auditor.text(address)
    assert "马国强" not in auditor.text(address.replace("kind=late&", "")).partition("<main")[2]


def test_a_name_of_nobody_is_said_and_shows_no_other(auditor: Counter) -> None:
    answer = auditor.post("/audit", {"name": "查无此人"})

    assert answer.status_code == 404
    assert "没有叫这个的人" in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["on_from=yesterday", "cursor=%00", "kind=nothing", "dossier=x&branch=y"])
def test_an_address_that_is_none_is_no_error_of_ours(auditor: Counter, query: str) -> None:
    assert auditor.get(f"/audit?{query}").status_code in {200, 400}


def test_opening_pages_leaves_readings_that_the_history_shows(auditor: Counter, town: Township) -> None:
    dossier = town.dossiers["王秀兰"]
    for rest in ("", "/history", "/history/4", "/history/changed?from=2014-09-01", "/history"):
        auditor.text(f"/dossiers/{dossier}{rest}")

    assert sorted(pages_read(town)) == ["act", "difference", "dossier", "history"]
    assert "看了档案" in auditor.text(f"/dossiers/{dossier}/history")


def test_the_branchs_own_pages_leave_none(secretary: Counter, town: Township) -> None:
    secretary.text(f"/dossiers/{town.dossiers['王秀兰']}/history")

    assert pages_read(town) == []


def test_an_act_that_is_opened_shows_every_rule_and_its_place_in_the_log(
    auditor: Counter, town: Township
) -> None:
    text = auditor.text(f"/dossiers/{town.dossiers['王秀兰']}/history/4")

    for shown in (
        "确定为积极分子",
        "recommendation_before_decision",
        "✓",
        "本条的指纹",
        "请求编号",
        "setup-",
    ):
        assert shown in text
    assert auditor.get(f"/dossiers/{town.dossiers['王秀兰']}/history/99").status_code == 404


def test_a_view_as_it_was_known_leaves_out_what_came_later(auditor: Counter, town: Township) -> None:
    path = f"/dossiers/{town.dossiers['王秀兰']}/history"

    then = auditor.text(f"{path}?known_at=2014-09-08T12:00")

    assert "当时的阶段" in then
    assert "确定为积极分子" not in then.partition('<ol class="acts')[2].partition("</ol>")[0]
    assert "确定为积极分子" in auditor.text(f"{path}/changed?from=2014-09-08T12:00&to=2014-12-01")
    assert auditor.get(f"{path}?known_at=soon").status_code == 400


def test_the_list_of_problems_names_rule_article_and_cure(auditor: Counter, town: Township) -> None:
    late = RecordAct(
        dossier=town.dossiers["王秀兰"], do="thought_report_received", on=date(2016, 5, 3), details={},
        seen_version=town.version("王秀兰"), key="late",
    )  # fmt: skip
    record_act(town.context("li"), late)

    text = auditor.text("/audit/scan")

    for shown in (
        "王秀兰",
        "recorded_late",
        "第四十一条",
        "由支部办",
        "柳树村党支部",
        "1 个问题",
        "没有核对",
    ):
        assert shown in text
    assert 'rid">recorded_late' not in auditor.text("/audit/scan?severity=high")
    assert "截至 2016年6月7日" in text


def test_a_result_is_never_shown_as_the_present_one_once_something_was_recorded(town: Township) -> None:
    scans, context = Scans(), town.context("wu")
    first = scans.look(context, patience=60)
    town.act("王秀兰", "thought_report_received", date(2016, 6, 7))

    kept, again = scans.kept(context), scans.look(context, patience=60)

    assert first.is_current
    assert kept == first.made
    assert again.is_current
    assert again.made is not None
    assert kept is not None
    assert again.made.size > kept.size
    assert scans.look(context, patience=0).made == again.made


def test_one_click_verifies_and_says_what_was_checked(auditor: Counter, town: Township) -> None:
    text = auditor.post("/audit/verify", {}).get_data(as_text=True)

    assert "校验通过" in text
    assert "只和本机的检查点比过" in text


def test_a_row_edited_with_the_databases_own_shell_is_named(
    auditor: Counter, town: Township, app: Flask
) -> None:
    dossier = town.dossiers["王秀兰"]
    shell = sqlite3.connect(town.record.folder / "recruit.db")
    guards = [
        row[0]
        for row in shell.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='act'")
    ]
    for guard in guards:
        shell.execute(f"DROP TRIGGER {guard}")
    canonical = shell.execute(
        "SELECT canonical FROM act WHERE dossier = ? AND seq = 4", (dossier,)
    ).fetchone()[0]
    forged = canonical.replace(b"2014-09-10", b"2014-09-09")
    assert forged != canonical
    shell.execute(
        'UPDATE act SET canonical = ?, hash = ?, "on" = ? WHERE dossier = ? AND seq = 4',
        (forged, digest(forged), "2014-09-09", dossier),
    )
    shell.commit()
    shell.close()

    answer = auditor.post("/audit/verify", {}).get_data(as_text=True)

    assert "校验没有通过" in answer
    assert "第一处不对：王秀兰，柳树村党支部，第" in answer
    assert 'class="verify bad"' in answer


def test_a_pasted_text_that_is_no_checkpoint_is_told(auditor: Counter) -> None:
    text = auditor.post("/audit/verify", {"checkpoint": "hello"}).get_data(as_text=True)

    assert "贴上来的不是检查点" in text
    assert 'class="verify bad"' in text


def test_an_excel_file_has_both_dates_and_who_took_it_and_each_dossier_is_a_reading(
    auditor: Counter, town: Township
) -> None:
    book = load_workbook(io.BytesIO(export(auditor)))

    acts = [[cell.value for cell in row] for row in book["办理记录"].rows]
    assert acts[0][3:5] == ["发生", "录入"]
    assert len(acts) - 1 == sum(town.versions.values())
    about = {row[0].value: row[1].value for row in book["说明"].rows}
    assert about["导出人"] == "吴审计"
    assert pages_read(town) == ["export", "export"]


def test_lines_are_the_very_bytes_and_their_hashes(auditor: Counter, town: Township) -> None:
    dossier = town.dossiers["马国强"]
    with zipfile.ZipFile(io.BytesIO(export(auditor, kind="jsonl", dossier=dossier))) as packed:
        acts = packed.read("acts.jsonl").splitlines()
        hashes = packed.read("hashes.txt").decode().splitlines()
        about = json.loads(packed.read("export.json"))

    assert hashes == [f"{digest(acts[0]).hex()}  {dossier}/1"]
    assert about["dossiers"] == [dossier]


def test_a_bundle_leaves_whole(auditor: Counter) -> None:
    with zipfile.ZipFile(io.BytesIO(export(auditor, kind="bundle"))) as bundle:
        assert {"acts.jsonl", "verify.py", "checkpoint.txt"} <= set(bundle.namelist())


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"reason": ""}, 400), ({"kind": "pdf"}, 400),
     ({"dossier": "01AAAAAAAAAAAAAAAAAAAAAAAA"}, 404)],
)  # fmt: skip
def test_without_a_reason_nothing_leaves(
    auditor: Counter, town: Township, changed: dict[str, str], code: int
) -> None:
    answer = auditor.post("/audit/export", {**EXPORT, **changed})

    assert answer.status_code == code
    assert "Content-Disposition" not in answer.headers
    assert pages_read(town) == []


def test_the_eleventh_export_of_an_hour_waits_and_a_refused_form_counts_nothing(
    auditor: Counter, town: Township
) -> None:
    count = LIMITS["export"].count
    auditor.post("/audit/export", {**EXPORT, "reason": ""})
    for _ in range(count):
        export(auditor, kind="jsonl")

    refused = auditor.post("/audit/export", EXPORT)
    town.clock.move_to(JUNE.replace(minute=59, second=59))
    auditor.log_in("wu")
    still = auditor.post("/audit/export", EXPORT)
    town.clock.move_to(JUNE + timedelta(hours=1))

    assert (refused.status_code, still.status_code) == (429, 429)
    assert refused.headers["Retry-After"]
    assert export(auditor)


def test_ten_minutes_after_the_log_in_an_export_asks_who_it_is_before_its_form_is_filled(
    auditor: Counter, town: Township
) -> None:
    town.clock.move_to(JUNE + timedelta(minutes=10))

    assert auditor.get("/audit/export").status_code == 401
    assert auditor.post("/audit/export", EXPORT).status_code == 401
    assert pages_read(town) == []
    asked = auditor.post("/audit/export", EXPORT)
    sent = auditor.send("/audit/export", {**auditor.hidden(asked), "proof": PASSWORD})

    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert auditor.get("/audit/export").status_code == 200
    assert export(auditor)


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_no_cell_is_a_formula_whatever_it_begins_with(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    sheet = Sheet("一", [text], [[text, 3, date(2016, 6, 7), None]])

    data = workbook_bytes([sheet], foot="演示")

    for row in load_workbook(io.BytesIO(data))["一"].rows:
        assert row[0].data_type == "s"
        assert row[0].quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_cell_takes_what_no_xml_may_hold() -> None:
    data = workbook_bytes([Sheet("一", ["a"], [["\x00\x1b乙\ud800"]])], foot="")

    assert load_workbook(io.BytesIO(data))["一"]["A2"].value == "乙"


def test_whoever_walks_every_page_as_an_auditor_changes_nothing_but_readings(
    app: Flask, auditor: Counter, town: Township
) -> None:
    auditor.post("/audit/verify", {})
    before = contents(town.record)
    values = {
        "dossier": town.dossiers["王秀兰"],
        "seq": "4",
        "deadline": "review",
        "do": "talk_held",
        "year": "2016",
    }

    tried = 0
    for rule in app.url_map.iter_rules():
        methods = rule.methods or set()
        given = {name: values.get(name, "01AAAAAAAAAAAAAAAAAAAAAAAA") for name in rule.arguments}
        path = app.url_map.bind("localhost").build(
            rule.endpoint, given, method="GET" if "GET" in methods else "POST"
        )
        if rule.endpoint in behind_the_door(app):
            assert auditor.get(path).status_code in {200, 302, 400, 403, 404}, path
            tried += 1
        elif (
            "POST" in methods
            and rule.endpoint not in OWN_AFFAIRS
            and "public" not in reach_of(app, rule.endpoint)
        ):
            answer = auditor.post(path, {}, page="/")
            assert answer.status_code in {200, 302, 303, 400, 401, 403, 404}, (path, answer.status_code)
            tried += 1

    assert tried > 60
    assert contents(town.record) == before


OWN_AFFAIRS = frozenset({"account.begin", "auth.logout", "auth.switch", "auth.prove"})
CHANGING = frozenset({"session", "reading", "failure", "checkpoint", "alembic_version"})


def contents(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that note who came and what was read."""
    with record.reading() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
            for name in names
            if name not in CHANGING and not name.startswith("sqlite_")
        }


def test_every_fact_has_a_word_or_is_of_the_books(app: Flask) -> None:
    with app.test_request_context():
        for name in Facts.__dataclass_fields__:
            assert name in OF_THE_BOOKS or fact_name(name, load_edition(EDITIONS[0])), name
    kinds = {do for name in EDITIONS for do in load_edition(name).acts}
    assert set(ACT_OF.values()) <= kinds


def test_a_security_administrator_reads_who_read_without_a_name(
    app: Flask, auditor: Counter, town: Township
) -> None:
    auditor.text(f"/dossiers/{town.dossiers['王秀兰']}/history")
    counter = Counter(app)
    counter.log_in("secadmin")

    text = counter.text("/audit/readings")

    assert "吴审计" in text
    assert "王秀兰" not in text
    assert counter.get("/audit").status_code == 403
    assert counter.get("/audit/export").status_code == 403
