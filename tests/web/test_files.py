"""Files at the counter: sent along with an act, kept through refusals, downloaded with a trace."""

import io
import re

import pytest
from sqlalchemy import select

from recruit.commands.law import SetSetting, set_setting
from recruit.files.pictures import small_picture
from recruit.queries.files import files_of
from recruit.queries.history import history
from recruit.tables import Event
from tests import files
from tests.web.conftest import Counter
from tests.web.township import CANARY, Township

LIMIT = 100_000


def sent(name: str = "谈话记录.jpg", data: bytes | None = None) -> tuple[io.BytesIO, str]:
    return io.BytesIO(files.photo() if data is None else data), name


def path_of(town: Township, do: str, name: str = "王秀兰") -> str:
    return f"/dossiers/{town.dossiers[name]}/acts/{do}"


def named(page: str) -> list[str]:
    return re.findall(r'name="attachments" value="([0-9a-f]{64})" checked', page)


def test_photos_sent_with_an_act_stand_in_it_and_are_linked_where_it_is_told(
    secretary: Counter, town: Township
) -> None:
    dossier = town.dossiers["王秀兰"]

    answer = secretary.act(path_of(town, "opinions_heard"), on="2016-06-07", from_whom=["group"],
                           upload=[sent(), sent("第二页.pdf", files.pdf())])  # fmt: skip

    assert answer.status_code == 302
    act = history(town.context("li"), dossier)[-1].act
    assert act is not None
    kept = files_of(town.context("li"), dossier)
    assert sorted(act.names("attachments") or ()) == sorted(one.sha256 for one in kept)
    for page in (f"/dossiers/{dossier}?only=all", f"/dossiers/{dossier}/history"):
        assert f'href="/files/{kept[0].id}"' in secretary.text(page)
        assert "谈话记录.jpg" in secretary.text(page)


def test_a_refused_form_keeps_what_was_uploaded_and_asks_for_it_never_again(
    secretary: Counter, town: Township
) -> None:
    path = path_of(town, "target_proposed")

    refused = secretary.act(path, on="2015-05-28", members="5", present="5", for_="4", upload=[sent()])
    again = refused.get_data(as_text=True)

    assert refused.status_code == 422
    assert "谈话记录.jpg" in again
    (hashed,) = named(again)
    once_more = secretary.send(
        path, {**secretary.hidden(refused), "on": "2015-05-28", "members": "5", "attachments": hashed}
    )
    assert named(once_more.get_data(as_text=True)) == [hashed]
    assert len(files_of(town.context("li"), town.dossiers["王秀兰"])) == 1


def test_files_alone_can_be_sent_first_and_taken_off_again(secretary: Counter, town: Township) -> None:
    path, dossier = path_of(town, "talk_held"), town.dossiers["王秀兰"]

    first = secretary.act(path, talker="演示谈话人", upload=[sent(), sent("b.pdf", files.pdf()), "1"])
    both = named(first.get_data(as_text=True))
    second = secretary.send(
        path, dict[str, object](secretary.hidden(first), attachments=both, drop=both[0], talker="演示谈话人")
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert len(both) == 2
    assert named(second.get_data(as_text=True)) == both[1:]
    assert "演示谈话人" in second.get_data(as_text=True)
    assert [one.sha256 for one in files_of(town.context("li"), dossier)] == both[1:]


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("a.svg", b"<svg/>", 400, "不是能收的文件"),
        ("a.jpg", b"<html>", 400, "内容和名字对不上"),
        ("a.docx", files.office(word__vbaProject_dot_bin=b"x"), 400, "里有宏"),
        ("a.pdf", files.pdf().ljust(LIMIT + 1), 413, "太大"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_the_rest_of_the_form_stays(
    secretary: Counter,
    town: Township,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes,
    status: int,
    says: str,
) -> None:
    for module in ("recruit.files.checks", "web.acts.uploads"):
        monkeypatch.setattr(f"{module}.MOST_BYTES", LIMIT)
    answer = secretary.act(
        path_of(town, "opinions_heard"), on="2016-06-07", from_whom=["group"], note="演示备注",
        upload=[sent(name, data), sent("好的.pdf", files.pdf())],
    )  # fmt: skip

    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert says in page
    assert "演示备注" in page
    assert len(named(page)) == 1
    assert "好的.pdf" in page


def test_a_download_is_an_attachment_that_no_browser_opens_in_place(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    dossier = town.dossiers["王秀兰"]
    secretary.act(path_of(town, "opinions_heard"), on="2016-06-07", from_whom=["group"],
                  upload=[sent(CANARY + "自传.jpg")])  # fmt: skip
    (one,) = files_of(town.context("li"), dossier)

    answer = secretary.get(f"/files/{one.id}")

    assert answer.get_data() == files.photo()
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    assert stranger.get(f"/files/{one.id}").status_code == 302
    with town.record.reading() as connection:
        willow = select(Event.do).where(Event.org == town.places["willow"]).order_by(Event.seq.desc())
        assert connection.execute(willow.limit(1)).scalar_one() == "file_read"


def test_a_file_out_of_reach_is_not_there(app: object, secretary: Counter, town: Township) -> None:
    secretary.act(path_of(town, "opinions_heard"), on="2016-06-07", from_whom=["group"], upload=[sent()])
    (one,) = files_of(town.context("li"), town.dossiers["王秀兰"])
    neighbour = Counter(app)  # type: ignore[arg-type]
    neighbour.log_in("zhao")

    assert neighbour.get(f"/files/{one.id}").status_code == 404
    assert secretary.get(f"/files/{one.id}/picture").status_code == 404
    assert secretary.get("/files/01H00000000000000000000000").status_code == 404


def test_an_organizer_who_enters_for_the_branch_attaches_its_paper(
    organizer: Counter, town: Township
) -> None:
    path = path_of(town, "opinions_heard")
    entries: dict[str, object] = {"on": "2016-06-07", "from_whom": ["group"]}

    without = organizer.act(path, **entries)
    with_paper = organizer.act(path, **entries, upload=[sent()])

    assert without.status_code == 400
    assert "代录" in without.get_data(as_text=True)
    assert with_paper.status_code == 302


def test_a_received_paper_names_its_file_and_counts_its_pages(secretary: Counter, town: Township) -> None:
    secretary.act(path_of(town, "paper_received"), on="2016-06-07", paper="autobiography", signed="true",
                  dated="true", upload=[sent("自传.pdf", files.pdf(pages=3))])  # fmt: skip

    act = history(town.context("li"), town.dossiers["王秀兰"])[-1].act
    (one,) = files_of(town.context("li"), town.dossiers["王秀兰"])
    assert act is not None
    assert (act.text("sha256"), act.count("pages")) == (one.sha256, 3)


def test_what_the_camera_wrote_beside_the_pixels_does_not_leave_with_a_small_picture() -> None:
    assert b"Demo Author" in files.photo()
    assert b"Demo Author" not in small_picture(files.photo())


def test_the_papers_page_says_what_is_missing_unsigned_there_and_replaced(
    secretary: Counter, town: Township
) -> None:
    asked = [
        {"kind": "autobiography"},
        {"kind": "minutes"},
        {"kind": "league_recommendation", "condition": {"league_member": True}},
    ]
    setting = SetSetting(
        organization=town.places["township"],
        name="papers.required",
        value=asked,
        valid_from=town.context("liu").on,
    )
    set_setting(town.context("liu"), setting)
    path = f"/dossiers/{town.dossiers['王秀兰']}/papers"
    before = secretary.text(path)
    assert "要求 3 种材料，还差 2 种" in before
    upload = path.replace("/papers", "/acts/paper_received?paper=autobiography")
    assert upload in before
    assert 'value="autobiography" selected' in secretary.text(upload)

    page = ""
    for name, signed in (("第一份.pdf", "false"), ("第二份.pdf", "true")):
        done = secretary.act(upload, on="2016-06-07", paper="autobiography", signed=signed, dated="true",
                             upload=[sent(name, files.pdf(pages=len(signed)))])  # fmt: skip
        assert done.status_code == 302
        page = secretary.text(path)
        assert ("缺签名或日期" in page) is (signed == "false")

    assert "要求 3 种材料，还差 1 种" in page
    assert page.index("第二份.pdf") < page.index("第一份.pdf") < page.index("（已被替换）") + 500
    assert page.count("（已被替换）") == 1


def test_an_upload_in_no_record_yet_is_listed_and_can_be_taken_back(
    secretary: Counter, town: Township
) -> None:
    secretary.act(path_of(town, "talk_held"), upload=[sent(), "1"])
    path = f"/dossiers/{town.dossiers['王秀兰']}/papers"
    page = secretary.text(path)
    (drop,) = secretary.hrefs(page, "/files/")

    assert "还没有写进记录" in page
    assert secretary.post(drop, {"back": path}, page=path).headers["Location"] == path
    assert "谈话记录.jpg" not in secretary.text(path)
