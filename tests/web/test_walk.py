"""One person walks from the application to full membership, through the pages alone, in a real browser."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.web import road
from tests.web.township import Township
from tests.web.walking import Walker

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say, in one language."""

    stands: str
    failed: str
    verified: str
    stage: str


CHINESE = Words("您现在是", "没有通过", "校验通过", "正式党员")
ENGLISH = Words("You are at", "Not passed", "Verified", "Full member")


@pytest.mark.parametrize(
    ("locale", "has_scripts", "words"),
    [("zh-CN", False, CHINESE), pytest.param("en-GB", True, ENGLISH, marks=pytest.mark.slow)],
)
def test_somebody_goes_from_the_application_to_full_membership(
    browser: Browser, address: str, town: Township, locale: str, has_scripts: bool, words: Words
) -> None:
    """With a notice, an objection, a move, a failed vote and an extension; every user does their part."""
    walker = Walker(browser, address, town, locale, has_scripts=has_scripts)
    road.the_offices_prepare(walker)
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
    road.the_applicant_looks(walker, dossier, words.stands)
    road.is_admitted(walker, dossier)
    road.moves_to_the_other_branch(walker, dossier)
    road.fails_by_half(walker, words.failed)
    road.is_extended(walker)
    road.is_converted(walker, dossier)
    road.the_auditor_verifies(walker, dossier, words.verified)
    road.the_administrators_look(walker)

    road.ends_well(walker, dossier, words.stage, acts=35)
