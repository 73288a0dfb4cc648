"""The road from the application to full membership, as the users of the test township walk it."""

import re

from playwright.sync_api import Page

from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.history import history
from tests.web.walking import Walker, fill, go, send, sent_on

SAID = "演示意见：请核实其是否长期在外务工。"


def the_offices_prepare(walker: Walker) -> None:
    """Notices on admissions take three days in this township; the north branch enters a fourth member."""
    walker.on("2016-06-07")
    page = walker.as_("liu", f"/admin/settings/{walker.town.places['township']}")
    go(page.locator("main a[href$='/publicity.admission.days']"))
    fill(page, {"value": 3, "valid_from": "2016-06-07"})
    send(page)
    go(page.locator("main [name=step][value=set]"))
    page = walker.as_("zhao", f"/rolls/{walker.town.places['north']}")
    go(page.locator("main a[href$='/add']"))
    fill(page, {"lines": "戊五,男,1970-05-18,2001-07-01,2001-07-01"})
    send(page)
    go(page.locator("main [name=step][value=enter]"))
    assert "戊五" in page.inner_text("main")


def applies(walker: Walker) -> str:
    """The paper comes in; gives the address of the dossier."""
    walker.on("2016-06-08")
    page = walker.as_("li")
    go(page.locator("nav a[href='/dossiers']").first)
    go(page.locator("main a[href='/dossiers/new']"))
    about = {"name": walker.name, "sex": "female", "born": "1994-03-02", "education": "college"}
    fill(page, {**about, "on": "2016-06-08", "category": "farmer_herder"})
    send(page)
    sent_on(page)
    dossier = page.url.removeprefix(walker.address)
    assert re.fullmatch(r"/dossiers/[0-9A-Z]{26}", dossier), page.inner_text("main")
    return dossier


def becomes_an_activist(walker: Walker, dossier: str) -> None:
    walker.on("2016-06-20")
    walker.act("li", dossier, "talk_held", talker="李建国")
    walker.on("2016-09-05")
    walker.act("li", dossier, "recommended", source="members")
    walker.on("2016-09-12")
    walker.act("li", dossier, "activist_decided", members=5, present=5, for_=5)
    walker.on("2016-09-13")
    walker.act("li", dossier, "contacts_assigned", contacts=two(walker))
    walker.on("2016-09-19")
    walker.act("liu", dossier, "activist_filed")


def is_cultivated(walker: Walker, dossier: str) -> None:
    """Two reviews, half a year apart, and opinions from the four sides."""
    for day in ("2017-03-10", "2017-09-08"):
        walker.on(day)
        walker.act("li", dossier, "review_recorded", result="演示考察意见")
    walker.on("2017-09-11")
    for side in ("group", "contacts", "members", "masses"):
        walker.act("li", dossier, "opinions_heard", from_whom=[side])


def becomes_a_development_target(walker: Walker, dossier: str) -> None:
    walker.on("2017-09-13")
    walker.act("li", dossier, "target_proposed", members=5, present=5, for_=5)
    walker.on("2017-09-18")
    walker.act("liu", dossier, "target_filed")
    walker.on("2017-09-19")
    walker.act("li", dossier, "sponsors_named", sponsors=two(walker))


def is_vetted(walker: Walker, dossier: str) -> None:
    walker.on("2017-10-10")
    walker.act("liu", dossier, "political_review_concluded", qualified=True)
    walker.on("2017-10-20")
    walker.act("liu", dossier, "training_completed", days=3, hours=24)
    walker.on("2017-10-30")
    walker.act("li", dossier, "branch_examined", passed=True)


def the_committee_decides(walker: Walker, day: str) -> None:
    """A committee meeting about this person: everybody there, all in favour, confirmed by the secretary."""
    walker.on(day)
    body = f"committee.{walker.town.places['township']}"
    meeting = walker.meeting("liu", body, walker.name, for_={"all": "for"})
    walker.on(day, 11)
    walker.confirm("zhang", meeting)


def hangs_on_the_wall(walker: Walker, day: str) -> str:
    """From the desk of notices, through the preview; gives the address that the paper leads to."""
    walker.on(day)
    page = walker.as_("liu")
    go(page.locator("nav a[href='/notices']").first)
    go(page.locator("main a[href^='/notices/new']"))
    person = page.locator("label", has_text=walker.name).locator("[name=person]")
    person.check()
    fill(page, {"where": "村务公开栏"})
    go(page.locator("[name=step][value=preview]"))
    go(page.locator("[name=step][value=post]"))
    assert walker.name in page.inner_text("main"), page.inner_text("main")
    go(page.locator("main .send a"))
    public = page.locator("main a[href*='/public/notices/']").first.get_attribute("href")
    assert public is not None
    return public


def is_objected_to(walker: Walker, notice: str, day: str = "2017-11-07") -> str:
    """Somebody from the street, on a telephone; gives the look-up code, which works at once."""
    walker.on(day)
    page = walker.visitor()
    page.goto(notice if notice.startswith("http") else f"{walker.address}{notice}")
    go(page.locator("main a[href$='/objection']").first)
    page.locator("label", has_text=walker.name).locator("input").check()
    fill(page, {"text": SAID, "named": ["no"]})
    send(page)
    code = page.inner_text(".code").strip()
    go(page.locator("main a.btn").first)
    looked_up(page, code)
    return code


def looked_up(page: Page, code: str) -> None:
    """The form of the look-up where it stands there, else the answer stands there already."""
    if page.locator("[name=receipt]").count():
        page.fill("[name=receipt]", code)
        go(page.locator("main button"))


def the_objection_is_concluded(walker: Walker, dossier: str, code: str, day: str = "2017-11-08") -> None:
    """Read, taken up, not borne out, answered; whoever wrote reads the answer under the code."""
    walker.on(day)
    page = walker.as_("liu")
    go(page.locator("nav a[href='/objections']").first)
    go(page.locator("main a[href^='/objections/']:not([href$='new'])").first)
    go(page.locator("main form[action$='/read'] button.btn:not(.ghost)"))
    assert SAID in page.inner_text("main"), page.inner_text("main")
    go(page.locator("main form[action$='/take-up'] button"))
    go(page.locator("main a.btn[href*='/acts/objection_concluded']"))
    fill(page, {"upheld": False, "note": "演示：到村里问过，不属实"})
    send(page)
    sent_on(page)
    assert page.url.endswith(dossier), page.inner_text("main")
    go(page.locator("nav a[href='/objections']").first)
    go(page.locator("main a[href^='/objections/']:not([href$='new'])").first)
    fill(page, {"answer": "演示：经核实，反映的情况不属实。"})
    go(page.locator("main form[action$='/answer'] button"))
    stranger = walker.visitor()
    stranger.goto(f"{walker.address}/public")
    go(stranger.locator("main a[href*='/public/objections']"))
    looked_up(stranger, code)
    assert "不属实" in stranger.inner_text("main")


def the_notice_is_closed(walker: Walker, day: str) -> None:
    """From the desk of notices, on the day after the last day."""
    walker.on(day)
    page = walker.as_("liu")
    go(page.locator("nav a[href='/notices']").first)
    go(page.locator("main .hungdo a.btn").first)
    send(page)
    sent_on(page)
    assert page.locator("main .refusal, main .note.bad").count() == 0, page.inner_text("main")


def the_applicant_looks(walker: Walker, dossier: str, said: str) -> None:
    """The branch prints the slip; the person types its code on a telephone."""
    page = walker.as_("li", dossier)
    go(page.locator("form[action$='/own-code'] button"))
    code = page.inner_text(".code").strip()
    person = walker.visitor()
    person.goto(f"{walker.address}/my")
    person.fill("[name=code]", code)
    go(person.locator("main button"))
    assert said in person.inner_text("main"), person.inner_text("main")


def is_admitted(walker: Walker, dossier: str) -> None:
    """The form, the vote of the branch, the committee's talk and its decision."""
    walker.on("2017-11-13")
    walker.act("liu", dossier, "form_issued", number="演2017-001")
    walker.on("2017-11-20")
    the_branch_votes(walker, "li", "willow", {"entitled": "5", "present": "5", "for": "5"})
    walker.on("2017-11-27")
    walker.act("liu", dossier, "committee_talk_held", talker="刘敏", talker_is="organizer")
    the_committee_decides(walker, "2017-12-04")


def the_branch_votes(
    walker: Walker, login: str, place: str, counts: dict[str, str], purpose: str = ""
) -> str:
    """A secret ballot of the general meeting, handed over and confirmed by whoever keeps it."""
    body = f"general_meeting.{walker.town.places[place]}"
    numbers = {"issued": counts["present"], "returned": counts["present"], **counts}
    meeting = walker.meeting(login, body, walker.name, for_=numbers, item=purpose)
    return walker.confirm(login, meeting)


def moves_to_the_other_branch(walker: Walker, dossier: str) -> None:
    walker.on("2018-03-05")
    walker.act("liu", dossier, "transferred", to_branch=walker.town.places["north"])
    page = walker.as_("li", "/dossiers")
    assert walker.name not in page.inner_text("main")
    walker.on("2018-11-01")
    walker.act("zhao", dossier, "conversion_requested")


def fails_by_half(walker: Walker, said: str) -> None:
    """Two of four are not more than half."""
    walker.on("2018-11-26")
    counts = {"entitled": "4", "present": "4", "for": "2", "against": "2"}
    assert said in the_branch_votes(walker, "zhao", "north", counts, "conversion")


def is_extended(walker: Walker) -> None:
    walker.on("2018-11-28")
    counts = {"entitled": "4", "present": "4", "for": "4"}
    the_branch_votes(walker, "zhao", "north", counts, "extension")
    the_committee_decides(walker, "2018-12-10")


def is_converted(walker: Walker, dossier: str) -> None:
    """Half a year later, on a new request."""
    walker.on("2019-05-06")
    walker.act("zhao", dossier, "conversion_requested")
    walker.on("2019-05-21")
    counts = {"entitled": "4", "present": "4", "for": "4"}
    the_branch_votes(walker, "zhao", "north", counts, "conversion")
    the_committee_decides(walker, "2019-06-03")


def the_auditor_verifies(walker: Walker, dossier: str, said: str) -> None:
    """From the search to the history, and the whole of it verified."""
    page = walker.as_("wu")
    go(page.locator("nav a[href='/dossiers']").first)
    page.fill("main [name=q]", walker.name)
    go(page.locator("#search button"))
    go(page.locator(f"main a[href='{dossier}']").first)
    go(page.locator(f"main a[href='{dossier}/history']").first)
    go(page.locator(".verify a"))
    assert said in page.inner_text(".verify"), page.inner_text("main")


def the_administrators_look(walker: Walker) -> None:
    """Who has read what, the accounts, and the state of the system: each administrator their own page."""
    page = walker.as_("audadmin")
    go(page.locator("nav a[href='/audit/readings']").first)
    assert "吴审计" in page.inner_text("main")
    page = walker.as_("secadmin", "/admin/users")
    assert "李建国" in page.inner_text("main")
    page = walker.as_("sysadmin", "/admin")
    go(page.locator("main a[href='/admin/state']"))
    assert page.locator("main .pill").count()


def ends_well(walker: Walker, dossier: str, stage: str, *, acts: int, login: str = "zhao") -> None:
    """The stage by the page, every act that was done and no other, and a log that proves itself."""
    assert stage in walker.as_(login, dossier).inner_text("main")
    record, town = walker.town.record, walker.town
    recorded = history(town.context("wu"), dossier.rpartition("/")[2], attempts=False)
    assert len(recorded) == acts
    assert verify(record).ok
    assert check_projections(record).differences == ()


def two(walker: Walker) -> list[str]:
    return [walker.town.people["周海波"], walker.town.people["赵敏"]]
