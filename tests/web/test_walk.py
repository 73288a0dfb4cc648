"""One person walks from the application to full membership, through the pages alone, in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import Browser

from recruit.commands.law import SetSetting, set_setting
from recruit.commands.people import NewPerson, add_person
from recruit.commands.rolls import AddMember, add_member
from tests.web import road
from tests.web.meetings import examine
from tests.web.township import Township
from tests.web.walking import Walker

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def what_the_administrators_entered(town: Township) -> None:
    """Notices on admissions of three days, and a fourth member on the roll of the north branch."""
    setting = SetSetting(
        organization=town.places["township"], name="publicity.admission.days", value=3,
        valid_from=date(2016, 6, 7),
    )  # fmt: skip
    set_setting(town.context("liu"), setting)
    system = town.context("sysadmin")
    person = add_person(system, NewPerson(name="戊五", organization=town.places["north"]))
    long_ago = date(2001, 7, 1)
    add_member(
        system, AddMember(person=person, branch=town.places["north"], since=long_ago, full_since=long_ago)
    )


def test_in_chinese_without_scripts_from_the_application_to_full_membership(
    browser: Browser, address: str, town: Township
) -> None:
    walker = Walker(browser, address, town, "zh-CN")
    walker.on("2016-06-08")
    dossier = road.applies(walker)
    road.becomes_an_activist(walker, dossier)
    road.is_cultivated(walker, dossier)
    road.becomes_a_development_target(walker, dossier)
    road.is_vetted(walker, dossier)
    road.the_committee_decides(walker, "2017-11-02")
    notice = road.hangs_on_the_wall(walker, "2017-11-06")
    code = road.is_objected_to(walker, notice)
    road.the_objection_is_concluded(walker, dossier, code)
    road.the_notice_is_closed(walker, "2017-11-10")
    road.the_applicant_looks(walker, dossier, "您现在是")
    road.is_admitted(walker, dossier)
    road.moves_to_the_other_branch(walker, dossier)
    road.fails_by_half(walker, "没有通过")
    road.is_extended(walker)
    road.is_converted(walker, dossier)
    road.the_auditor_verifies(walker, dossier, "校验通过")

    road.ends_well(walker, dossier, "正式党员", acts=35)


@pytest.mark.slow
def test_in_english_with_scripts_from_the_pre_examination_to_probation(
    browser: Browser, address: str, town: Township
) -> None:
    examine(town)
    walker = Walker(browser, address, town, "en-GB", name="王秀兰", has_scripts=True)
    dossier = f"/dossiers/{town.dossiers[walker.name]}"
    road.the_committee_decides(walker, "2017-11-02")
    notice = road.hangs_on_the_wall(walker, "2017-11-06")
    code = road.is_objected_to(walker, notice)
    road.the_objection_is_concluded(walker, dossier, code)
    road.the_notice_is_closed(walker, "2017-11-10")
    road.the_applicant_looks(walker, dossier, "You are at")
    road.is_admitted(walker, dossier)
    road.the_auditor_verifies(walker, dossier, "Verified")

    road.ends_well(walker, dossier, "Probation", acts=26, login="li")
