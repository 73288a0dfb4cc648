"""Forms offer people and places by name, and pages show them so; what is sent are their ids."""

from datetime import date

import pytest

from recruit.commands.acts import Proposed, RecordAct, record_act
from recruit.commands.failures import OF_ACCOUNT
from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.commands.rolls import AddPenalty, add_penalty
from tests.web.conftest import Counter
from tests.web.test_cli import run
from tests.web.township import PASSWORD, Township

SOMEBODY = {"name": "演示新人", "born": "1990-05-18", "on": "2016-06-07"}


def of(town: Township, rest: str = "") -> str:
    return f"/dossiers/{town.dossiers['王秀兰']}{rest}"


def people(town: Township) -> int:
    with town.record.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def test_members_are_offered_by_name_with_what_bars_them(secretary: Counter, town: Township) -> None:
    barred = AddPenalty(person=town.people["何伟"], kind="probation_within_party", on=date(2016, 1, 4))
    add_penalty(town.context("liu"), barred)

    page = secretary.text(of(town, "/acts/contacts_assigned"))

    assert f'name="contacts" value="{town.people["周海波"]}">周海波' in page
    assert "何伟（留党察看）" in page
    assert "马六" not in page


@pytest.mark.parametrize("rest", ["", "/history"])
def test_a_dossier_shows_names_and_no_ids(secretary: Counter, town: Township, rest: str) -> None:
    page = secretary.text(of(town, rest))

    assert "周海波、赵敏" in page
    assert town.people["周海波"] not in page


def test_a_refusal_names_the_member_that_it_means(secretary: Counter, town: Township) -> None:
    barred = AddPenalty(person=town.people["何伟"], kind="probation_within_party", on=date(2016, 1, 4))
    add_penalty(town.context("liu"), barred)
    two = [town.people["何伟"], town.people["孙立"]]

    answer = secretary.act(of(town, "/acts/sponsors_named"), on="2016-06-07", sponsors=two)

    text = answer.get_data(as_text=True)
    refusal = text[text.index("refusal") : text.index("<form class")]
    assert answer.status_code == 422
    assert "何伟" in refusal
    assert town.people["何伟"] not in refusal


def test_the_list_is_narrowed_by_any_branch_within_reach(organizer: Counter, secretary: Counter) -> None:
    page = organizer.post("/dossiers", {"q": "nobody"}).get_data(as_text=True)

    assert "柳树村党支部</option>" in page
    assert "北滩村党支部</option>" in page
    assert 'id="branch"' not in secretary.text("/dossiers")


def test_a_transfer_offers_the_other_branches(secretary: Counter, town: Township) -> None:
    page = secretary.text(of(town, "/acts/transferred"))

    assert f'<option value="{town.places["north"]}">北滩村党支部</option>' in page
    assert f'value="{town.places["willow"]}"' not in page


def test_an_organizer_records_an_application_for_a_branch(organizer: Counter, town: Township) -> None:
    without = organizer.act("/dossiers/new", **SOMEBODY)
    answer = organizer.act("/dossiers/new", **SOMEBODY, branch=town.places["north"])

    assert without.status_code == 400
    assert answer.status_code == 302
    assert "北滩村党支部" in organizer.text(answer.headers["Location"])


def test_a_refused_application_leaves_no_person_behind(secretary: Counter, town: Township) -> None:
    before = people(town)

    answer = secretary.act("/dossiers/new", **{**SOMEBODY, "born": "2004-05-18"})

    assert answer.status_code == 422
    assert "演示新人" in answer.get_data(as_text=True)
    assert people(town) == before


def test_the_desk_shows_the_whole_plan_and_its_holiday(secretary: Counter, town: Township) -> None:
    milestones = [
        {"id": "course", "label": "积极分子培训班", "on": "2016-06-04", "acts": ["course_attended"]},
        {"id": "visit", "label": "考察", "from": "2016-06-09", "to": "2016-06-12", "acts": ["inspected"]},
    ]  # fmt: skip
    document = {"total": 9, "milestones": milestones}
    set_plan(town.context("liu"), SetPlan(committee=town.places["township"], year=2016, document=document))

    page = secretary.text("/")

    assert "6月4日 周六，已完成" in page
    assert "6月9日至12日" in page
    assert "计划里没有定日子" in page
    assert "端午放假" in page


def test_a_correction_shows_the_old_and_the_new(secretary: Counter, auditor: Counter, town: Township) -> None:
    replacement = {"do": "recommended", "on": "2014-09-05", "source": "league"}
    details = {"act": 3, "reason": "来源抄错", "replacement": replacement}
    proposed = record_act(
        town.context("liu"),
        RecordAct(
            dossier=town.dossiers["王秀兰"], do="corrected", on=date(2016, 6, 7), details=details,
            seen_version=town.version("王秀兰"), key="correction",
        ),
    )  # fmt: skip
    assert isinstance(proposed, Proposed)
    confirm_proposal(town.context("zhang"), ConfirmProposal(proposal=proposed.proposal, key="confirmation"))

    page = auditor.text(of(town, "/history?only=corrected"))

    assert "党员推荐" in page
    assert "已由第 7 条更正" in page
    assert "刘敏2016年6月7日已更正（第 7 条）" in page
    assert "来源抄错" not in page
    assert "现为2014年9月5日" in page
    opened = auditor.post(of(town, "/contents"), {"reason": "inspection", "act": 7}, page=of(town))
    assert "“来源抄错”" in opened.get_data(as_text=True)
    again = secretary.act(of(town, "/acts/corrected?act=3"), act="3")
    assert '<option value="league" selected>' in again.get_data(as_text=True)


def test_the_security_administrator_opens_a_log_in_again(stranger: Counter) -> None:
    for _ in range(OF_ACCOUNT):
        stranger.log_in("li", "not the password at all")
    assert stranger.log_in("li").status_code == 429
    stranger.log_in("secadmin")
    assert "李建国" in stranger.text("/")

    answer = stranger.post("/log-ins/open", {"account": "li"}, page="/")
    stranger.post("/logout", {}, page="/")

    assert answer.status_code == 302
    assert stranger.log_in("li", PASSWORD).status_code == 302


def test_nobody_else_opens_a_log_in_again(secretary: Counter) -> None:
    assert secretary.post("/log-ins/open", {"account": "li"}, page="/").status_code == 403


def test_init_on_a_founded_record_says_so_and_ends_with_2(town: Township) -> None:
    town.record.close()

    done = run("--data", town.record.folder, "init")

    assert done.exit_code == 2
    assert "already named" in done.stderr
    assert not (town.record.folder / "keys" / "setup.json").exists()
