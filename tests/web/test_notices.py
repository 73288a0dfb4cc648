"""A notice of 16 to 18 June for three people, from the draft to its result, through the pages."""

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from recruit.clock import MovedClock
from recruit.queries.history import history
from recruit.queries.notices import notices
from recruit.queries.postings import postings_of
from tests import files
from tests.recruit.builders import at
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.conftest import CONFIG, Counter
from tests.web.test_public import END, FIRST, MIDNIGHT, Wall, wall
from web.app import create_app

__all__ = ["folder", "founded", "founded_on_postgres", "home", "postgres", "township", "wall"]  # fixtures

pytestmark = pytest.mark.embedded
MORNING = MIDNIGHT + timedelta(hours=9)
NAMES = ("演示甲", "演示乙", "演示丙")
DRAFT = {"purpose": "admission", "from": "2016-06-16", "to": "2016-06-18", "place": "home"}


@dataclass(slots=True)
class Office:
    """The committee's desk, and a clock that is set."""

    wall: Wall
    clock: MovedClock

    def at(self, now: datetime, login: str = "organizer") -> Counter:
        self.clock.move_to(now)
        counter = Counter(create_app(self.wall.township.record, self.clock, config=CONFIG))
        assert counter.log_in(login, "a-made-up-password").status_code == 302
        return counter

    def send(self, desk: Counter, step: str, page: str, **entries: object) -> str:
        versions = dict(re.findall(r'name="(version\.[^"]+)" value="(\d+)"', page))
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key is not None
        answer = desk.post(
            "/notices/new", {**DRAFT, **versions, "key": key.group(1), "step": step, **entries}
        )
        return answer.get_data(as_text=True)


@pytest.fixture
def office(wall: Wall) -> Office:
    return Office(wall, MovedClock(start=MORNING))


def posted(office: Office, people: list[str]) -> str:
    """Drafted and posted on the first morning; gives the id of the notice."""
    desk = office.at(MORNING)
    page = desk.text("/notices/new?purpose=admission")
    office.send(desk, "post", page, person=people)
    (hung,) = notices(office.wall.township.context("organizer", MORNING))
    return hung.id


def test_a_notice_goes_from_the_draft_to_its_result_and_an_objection_holds_one_person_only(
    office: Office,
) -> None:
    people = [office.wall.person(name) for name in NAMES]
    desk = office.at(MORNING)

    draft = desk.text("/notices/new?purpose=admission")
    assert 'value="2016-06-18"' in draft  # three days from today, as the setting asks
    preview = office.send(desk, "preview", draft, person=people)
    assert "2016年6月16日" in preview
    assert "一共 3 天" in preview or "3 天" in preview
    assert all(name in preview for name in NAMES)
    assert notices(office.wall.township.context("organizer", MORNING)) == ()
    done = office.send(desk, "post", draft, person=people)

    assert done.count("已记录") == 3
    (hung,) = notices(office.wall.township.context("organizer", MORNING))
    assert [one.name for one in hung.people] == sorted(NAMES, key=[one.name for one in hung.people].index)
    listed = desk.text("/notices")
    assert "公示中，还有 3 天" in listed
    assert "还没有张贴照片" in listed

    photo = (io.BytesIO(files.photo()), "墙上.jpg")
    answer = desk.post(
        f"/notices/{hung.id}/photos", {"on": "2016-06-16", "upload": photo}, page=f"/notices/{hung.id}/wall"
    )
    assert answer.status_code == 302
    assert "张贴照片 1 张" in desk.text("/notices")
    assert (
        f'src="/files/{postings_of(office.wall.township.context("organizer"), hung.id)[0].file}/picture"'
        in (desk.text(f"/notices/{hung.id}/wall"))
    )

    office.wall.township.act(
        people[0], "objection_received", "2016-06-17", by="organizer", purpose="admission"
    )
    desk = office.at(END)
    closing = desk.text(f"/notices/{hung.id}/close")
    assert closing.count("张贴 3 天，意见 0 条，都办完了") == 2
    assert "有 1 条意见没有办完，不能结束" in closing
    versions = dict(re.findall(r'name="(version\.[^"]+)" value="(\d+)"', closing))
    sent: dict[str, object] = {**versions, "key": "close-1", "person": people[1:], "result": "没有异议"}
    assert desk.post(f"/notices/{hung.id}/close", sent).status_code == 302

    (left,) = notices(office.wall.township.context("organizer", END))
    assert [one.dossier for one in left.people] == people[:1]
    assert [history(office.wall.township.context("organizer", END), one)[-1].do for one in people] == [
        "objection_received", "notice_closed", "notice_closed",
    ]  # fmt: skip


def test_nobody_can_be_posted_for_too_few_days_or_who_is_not_there_yet_and_the_page_says_why(
    office: Office,
) -> None:
    ready = office.wall.person("演示甲")
    office.wall.township.open(person=office.wall.township.person("演示申请人"))
    desk = office.at(MORNING)
    page = desk.text("/notices/new?purpose=admission")
    assert f'name="person" value="{ready}" checked' in page
    assert "演示申请人" not in page

    short = office.send(desk, "list", page, to="2016-06-17", person=[ready])

    assert f'name="person" value="{ready}"' not in short
    assert "还不能公示" in short
    refused = office.send(desk, "post", page, to="2016-06-17", person=[ready])
    assert "没有发布" in refused
    assert notices(office.wall.township.context("organizer", MORNING)) == ()
    assert "请至少勾选一个人" in office.send(desk, "preview", page)


def test_a_torn_notice_is_told_and_posted_anew_and_only_the_new_days_count(office: Office) -> None:
    people = [office.wall.person(name) for name in NAMES[:2]]
    notice = posted(office, people)
    desk = office.at(at("2016-06-17", 10))

    told: dict[str, object] = {"what": "torn_down", "seen_on": "2016-06-17", "note": "演示：夜里下雨"}
    assert desk.post(f"/notices/{notice}/remarks", told, page=f"/notices/{notice}/wall").status_code == 302
    wall_page = desk.text(f"/notices/{notice}/wall")
    assert "演示：夜里下雨" in wall_page
    again = desk.text(f"/notices/new?again={notice}")
    assert 'value="2016-06-19"' in again  # three days from the 17th
    done = office.send(desk, "post", again, person=people, **{"from": "2016-06-17", "to": "2016-06-19"})
    assert done.count("已记录") == 2

    early = office.wall.township.refused(
        people[0], "notice_closed", "2016-06-19", by="organizer", purpose="admission"
    )
    assert early == ["publicity_ended"]
    assert (
        office.wall.township.refused(
            people[0], "notice_closed", "2016-06-20", by="organizer", purpose="admission"
        )
        == []
    )


@pytest.mark.parametrize(("day", "status"), [("2016-06-15", 400), ("2016-06-16", 302), ("2016-06-18", 400)])
def test_a_photo_is_of_a_day_on_which_it_hung_and_that_has_come(
    office: Office, day: str, status: int
) -> None:
    notice = posted(office, [office.wall.person("演示甲")])
    desk = office.at(at("2016-06-17", 10))

    photo = (io.BytesIO(files.photo()), "墙上.jpg")
    answer = desk.post(
        f"/notices/{notice}/photos", {"on": day, "upload": photo}, page=f"/notices/{notice}/wall"
    )

    assert answer.status_code == status


def test_a_branch_secretary_posts_for_the_own_people_and_a_neighbour_sees_nothing_of_it(
    office: Office,
) -> None:
    dossier = office.wall.person("演示甲")
    desk = office.at(MORNING, "secretary")
    office.send(desk, "post", desk.text("/notices/new?purpose=admission"), person=[dossier])

    (hung,) = notices(office.wall.township.context("secretary", MORNING))
    assert hung.organization == "一村党支部"
    assert hung.first == FIRST
    neighbour = office.at(MORNING, "neighbour")
    for rest in ("", "/wall", "/close"):
        assert neighbour.get(f"/notices/{hung.id}{rest}").status_code == 404


def test_the_photos_of_a_notice_that_is_closed_are_found_from_the_dossier(office: Office) -> None:
    dossier = office.wall.person("演示甲")
    notice = posted(office, [dossier])
    wall_href = f"/notices/{notice}/wall"
    photo = (io.BytesIO(files.photo()), "墙上.jpg")
    desk = office.at(MORNING)
    desk.post(
        f"/notices/{notice}/photos", {"on": "2016-06-16", "upload": photo}, page=f"/notices/{notice}/wall"
    )
    office.wall.township.act(dossier, "notice_closed", "2016-06-19", by="organizer", purpose="admission")

    desk = office.at(END)

    assert f'href="{wall_href}"' in desk.text(f"/dossiers/{dossier}")
    page = desk.text(wall_href)
    assert "结果已经记录" in page
    assert "墙上.jpg" in page
    assert "保存照片" not in page
