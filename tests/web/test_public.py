"""The public page of a notice: from its first midnight to its last, allowed fields only, no cookie."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from recruit.clock import MovedClock
from recruit.commands.acts import Proposed
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.erasures import erase_again
from recruit.commands.law import SetSetting, set_setting
from recruit.commands.notices import CloseNotice, PostNotice, close_notice, post_notice
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import NotFound
from recruit.identity import check_digit
from recruit.queries.notices import HungNotice, notices, paper_of
from recruit.tables import Dossier, Notice, Person
from tests.recruit.builders import Township, at, key, with_roll
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.recruit.test_road import vetted
from tests.web.conftest import CONFIG
from web.app import create_app
from workflows.acts import SHANGHAI

__all__ = ["folder", "founded", "founded_on_postgres", "home", "postgres", "township"]  # fixtures

FIRST, LAST = date(2016, 6, 16), date(2016, 6, 18)
MIDNIGHT = datetime(2016, 6, 16, tzinfo=SHANGHAI)
END = datetime(2016, 6, 19, tzinfo=SHANGHAI)
NOON = MIDNIGHT + timedelta(hours=36)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ID_NUMBER = "11010119900518001" + check_digit("11010119900518001")
PHONE = "13800001234"


@dataclass(slots=True)
class Wall:
    """A township that posts notices, and a stranger in front of them."""

    township: Township
    members: tuple[str, ...]

    def person(self, name: str, **known: object) -> str:
        about = {"sex": "female", "education": "college", **known}
        return vetted(self.township, self.members, person=self.township.person(name, **about))

    def post(self, *dossiers: str, first: date = FIRST, last: date = LAST) -> None:
        seen = {one: self.township.version(one) for one in dossiers}
        post = PostNotice(purpose="admission", on=first, from_on=first, to_on=last, dossiers=seen, key=key())
        post_notice(self.township.context("organizer", at(first.isoformat())), post)

    def codes(self) -> list[str]:
        with self.township.record.reading() as connection:
            return list(connection.execute(select(Notice.code).order_by(Notice.last_on)).scalars())

    def get(self, path: str, now: datetime, **extra: object) -> TestResponse:
        app = create_app(self.township.record, MovedClock(start=now), config=CONFIG)
        return app.test_client().get(path, **extra)

    def notice(self, now: datetime, *, number: int = 0) -> TestResponse:
        return self.get(f"/public/notices/{self.codes()[number]}", now)

    def hung(self, login: str, now: datetime) -> tuple[HungNotice, ...]:
        return notices(self.township.context(login, now))


@pytest.fixture
def wall(township: Township) -> Wall:
    for name, value in (("publicity.admission.days", 3), ("publicity.admission.unit", "calendar")):
        setting = SetSetting(
            organization=township.places["committee"], name=name, value=value, valid_from=date(2016, 1, 1)
        )
        set_setting(township.context("organizer", at("2016-01-01")), setting)
    return Wall(township, with_roll(township, 5))


def rows(answer: TestResponse) -> list[list[str]]:
    table = re.search(r"<tbody>(.*?)</tbody>", answer.get_data(as_text=True), re.DOTALL)
    assert table is not None
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", table.group(1))]


def test_a_notice_is_public_from_its_first_midnight_to_its_last_and_no_second_longer(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))

    moments = (MIDNIGHT - MINUTE, MIDNIGHT - SECOND, MIDNIGHT, END - MINUTE, END - SECOND, END, END + MINUTE)
    codes = [wall.notice(moment).status_code for moment in moments]

    assert codes == [404, 404, 200, 200, 200, 404, 404]


@pytest.mark.embedded
def test_before_after_and_never_are_the_same_page(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))

    pages = {
        wall.get(path, now).get_data()
        for path, now in (
            (f"/public/notices/{wall.codes()[0]}", MIDNIGHT - SECOND),
            (f"/public/notices/{wall.codes()[0]}", END),
            (f"/public/notices/{'0' * 32}", NOON),
        )
    }

    assert {re.sub(rb"[0-9a-f]{32}", b"-", page) for page in pages} == {
        re.sub(rb"[0-9a-f]{32}", b"-", wall.notice(END).get_data())
    }
    assert "演示甲" not in wall.notice(END).get_data(as_text=True)


@pytest.mark.embedded
def test_only_what_a_notice_may_show_is_shown(wall: Wall) -> None:
    dossier = wall.person("演示甲", id_number=ID_NUMBER, phone=PHONE, category="farmer_herder")
    wall.post(dossier)

    answer = wall.notice(NOON)
    text = answer.get_data(as_text=True)
    with wall.township.record.reading() as connection:
        person = connection.execute(select(Dossier.person)).scalar_one()

    assert rows(answer) == [
        ["演示甲", "女", "1990年5月", "大专", "一村党支部", "演示党员0、演示党员1"],
    ]
    for hidden in (ID_NUMBER, PHONE, "5月18日", "农牧民", dossier, person, "csrf", "<form", "<script"):
        assert hidden not in text, hidden
    for shown in ("共 3 天，其中工作日 2 天", "0900-555 0123", "可以在这里写", "第 3 天"):
        assert shown in text, shown


@pytest.mark.embedded
def test_no_cookie_is_set_and_no_cache_keeps_it(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))

    answers = [wall.notice(NOON), wall.get("/public", NOON), wall.get("/public/notices/0", NOON)]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert 'name="robots" content="noindex' in answer.get_data(as_text=True)
    assert "演示甲" not in answers[1].get_data(as_text=True)


@pytest.mark.embedded
def test_language_and_type_are_chosen_by_the_address_alone(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))

    answer = wall.get(f"/public/notices/{wall.codes()[0]}?language=en&big=1", NOON)

    assert "Set-Cookie" not in answer.headers
    assert '<html lang="en" class="big">' in answer.get_data(as_text=True)
    assert "2 of them working days" in answer.get_data(as_text=True)


def test_two_persons_posted_alike_stand_on_one_paper_by_their_strokes(wall: Wall) -> None:
    later, sooner = wall.person("演示魏"), wall.person("丁一")
    wall.post(later)
    wall.post(sooner)

    assert len(wall.codes()) == 1
    assert [row[0] for row in rows(wall.notice(NOON))] == ["丁一", "演示魏"]
    assert "2 名同志" in wall.notice(NOON).get_data(as_text=True)


def test_other_days_are_another_paper_with_a_code_of_its_own(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    wall.post(wall.person("演示乙"), last=date(2016, 6, 20))

    first, second = wall.codes()

    assert first != second
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert [row[0] for row in rows(wall.notice(NOON, number=1))] == ["演示乙"]
    assert wall.notice(END, number=1).status_code == 200


def test_who_withdraws_leaves_the_paper_at_once(wall: Wall) -> None:
    gone, stays = wall.person("演示甲"), wall.person("演示乙")
    wall.post(gone, stays)

    wall.township.act(gone, "withdrawn", "2016-06-17", reason="演示")
    assert [row[0] for row in rows(wall.notice(NOON))] == ["演示乙"]
    wall.township.act(stays, "withdrawn", "2016-06-17", reason="演示")

    assert wall.notice(NOON).status_code == 404


@pytest.mark.embedded
def test_a_target_removed_during_the_notice_leaves_it(wall: Wall) -> None:
    dossier = wall.person("演示甲")
    wall.post(dossier)

    wall.township.act(dossier, "target_removed", "2016-06-17", reason="演示")

    assert wall.notice(NOON).status_code == 404
    assert wall.hung("organizer", NOON) == ()


def test_a_corrected_notice_leaves_its_paper_for_the_right_one(wall: Wall) -> None:
    dossier = wall.person("演示甲")
    wall.post(dossier)
    replacement = {
        "do": "notice_posted", "on": "2016-06-16", "purpose": "admission", "from": "2016-06-16",
        "to": "2016-06-19",
    }  # fmt: skip
    act = wall.township.version(dossier)
    outcome = wall.township.act(
        dossier, "corrected", "2016-06-17", by="head", act=act, reason="抄错", replacement=replacement
    )
    assert isinstance(outcome, Proposed)
    confirm_proposal(
        wall.township.context("member", at("2016-06-17", 10)),
        ConfirmProposal(proposal=outcome.proposal, key=key()),
    )

    assert [wall.notice(NOON, number=number).status_code for number in (0, 1)] == [404, 200]
    assert wall.notice(END, number=1).status_code == 200
    (hung,) = wall.hung("organizer", NOON)
    assert (hung.organization, hung.last) == ("青河镇党委", date(2016, 6, 19))


@pytest.mark.embedded
def test_its_end_changes_nothing_in_the_dossier_and_a_person_closes_it(wall: Wall) -> None:
    dossier = wall.person("演示甲")
    wall.post(dossier)
    version = wall.township.version(dossier)

    assert wall.notice(END).status_code == 404
    assert (wall.township.version(dossier), wall.township.stage(dossier)) == (version, "admission_publicity")
    assert [one.due for one in wall.hung("organizer", END)] == [date(2016, 6, 22)]

    close = CloseNotice(purpose="admission", on="2016-06-19", dossiers={dossier: version}, key=key())
    close_notice(wall.township.context("organizer", at("2016-06-19")), close)

    assert wall.township.stage(dossier) == "approval"
    assert wall.hung("organizer", END) == ()
    assert wall.notice(END).status_code == 404


def test_who_is_erased_again_after_a_restore_is_on_no_paper(wall: Wall) -> None:
    wall.post(wall.person("演示甲"), wall.person("演示乙"))
    with wall.township.record.reading() as connection:
        posted = select(Person.id).where(Person.id.in_(select(Dossier.person))).order_by(Person.name)
        people = list(connection.execute(posted).scalars())  # 乙 before 甲

    erase_again(wall.township.record, people[:1])
    assert [row[0] for row in rows(wall.notice(NOON))] == ["演示甲"]
    erase_again(wall.township.record, people)

    assert wall.notice(NOON).status_code == 404


def test_the_check_code_is_of_the_first_signed_state_that_holds_the_posting(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    before = wall.notice(NOON).get_data(as_text=True)

    size = keep_checkpoint(wall.township.record, now=at("2016-06-16", 10))
    wall.township.open(person=wall.township.person("演示丙"), on="2016-06-16")
    keep_checkpoint(wall.township.record, now=at("2016-06-16", 11))
    after = wall.notice(NOON).get_data(as_text=True)

    assert "还没有留底校验码" in before
    assert re.search(rf"留底校验码 [A-Z2-7]{{4}}-[A-Z2-7]{{4}}，第 {size:,} 号留底，2016年6月16日", after)


def test_a_branch_sees_its_own_people_on_a_notice_and_another_branch_nobody(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))

    assert [[one.name for one in hung.people] for hung in wall.hung("secretary", NOON)] == [["演示甲"]]
    assert wall.hung("neighbour", NOON) == ()
    assert len(wall.hung("organizer", MIDNIGHT - SECOND)) == 1


@pytest.mark.embedded
def test_the_paper_can_be_printed_before_it_hangs_by_whoever_reaches_its_people(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    (hung,) = wall.hung("secretary", MIDNIGHT - SECOND)

    paper = paper_of(wall.township.context("secretary", MIDNIGHT - SECOND), hung.id)

    assert [one.name for one in paper.people] == ["演示甲"]
    with pytest.raises(NotFound):
        paper_of(wall.township.context("neighbour", NOON), hung.id)


@pytest.mark.embedded
def test_an_objection_is_counted_where_it_holds_the_notice(wall: Wall) -> None:
    dossier = wall.person("演示甲")
    wall.post(dossier)
    wall.township.act(dossier, "objection_received", "2016-06-17", by="organizer", purpose="admission")

    (hung,) = wall.hung("organizer", END)

    assert [one.open_objections for one in hung.people] == [1]
