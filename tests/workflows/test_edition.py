"""The editions as data: validated, laid over each other, and refused with file, line and what to mend."""

import re
from importlib.resources import files

import pytest

from tests.workflows.builders import a_ground, day
from workflows.edition import EDITIONS, Edition, load_edition, read_edition
from workflows.errors import UnreadableText
from workflows.rules import RULES

TEXT = files("workflows").joinpath("editions", "2014.yaml").read_text(encoding="utf-8")
LATER = files("workflows").joinpath("editions", "2026.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2014-05-28", "2014"),
        ("2026-05-10", "2014"),
        ("2026-05-11", "2026"),
        ("2030-01-01", "2026"),
        ("2014-05-27", "2014"),
    ],
)
def test_every_act_is_judged_by_the_edition_of_its_day(on: str, edition: str) -> None:
    assert a_ground().edition_on(day(on)).id == edition


@pytest.mark.parametrize(
    ("on", "is_soft"),
    [("2026-05-10", False), ("2026-05-11", True), ("2026-05-17", True), ("2026-05-18", False)],
)
def test_the_soft_days_are_a_week(on: str, is_soft: bool) -> None:
    assert a_ground().edition_on(day(on)).is_soft(day(on)) is is_soft


@pytest.mark.parametrize(("on", "is_judged"), [("2014-05-27", False), ("2014-05-28", True)])
def test_nothing_is_judged_before_the_first_edition(on: str, is_judged: bool) -> None:
    assert a_ground().is_judged(day(on)) is is_judged


def test_the_days_of_the_editions_follow_each_other_without_a_gap() -> None:
    first, second = (load_edition(edition_id) for edition_id in EDITIONS)

    assert first.in_force.ends is not None
    assert (second.in_force.begins - first.in_force.ends).days == 1
    assert second.in_force.begins in second.in_force
    assert second.in_force.begins not in first.in_force


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_every_rule_that_an_edition_asks_is_written(edition_id: str) -> None:
    edition = load_edition(edition_id)

    judged = {rule for rule, kind in edition.rules.items() if not {"file", "register"} & set(kind.at)}
    assert judged <= set(RULES)


def test_every_rule_that_is_written_is_asked_by_an_edition() -> None:
    asked = {rule for edition_id in EDITIONS for rule in load_edition(edition_id).rules}

    assert set(RULES) <= asked


def test_what_the_later_edition_does_not_name_stays_as_it_was() -> None:
    first, second = (load_edition(edition_id) for edition_id in EDITIONS)

    assert second.acts["talk_held"] == first.acts["talk_held"]
    assert second.rules["talk_in_time"] == first.rules["talk_in_time"]
    assert second.rules["vote_passed"].live == first.rules["vote_passed"].live
    assert second.acts["notice_posted"].details == first.acts["notice_posted"].details
    assert set(second.stages) == set(first.stages)


@pytest.mark.parametrize(
    ("rule", "articles"),
    [
        ("age_eighteen", ("5", "5")),
        ("cultivation_period", ("13", "13")),
        ("two_sponsors", ("14", "14")),
        ("leaving_soon", ("19", "18")),
        ("votes_consistent", ("21", "20")),
        ("vote_passed", ("20, 21", "19, 20")),
        ("committee_talk", ("24", "23")),
        ("approval_cap", ("26", "25")),
        ("probation_complete", ("32", "31")),
        ("deferral_length", ("36", "35")),
        ("archived_in_time", ("37", "36")),
        ("form_number_unique", ("44", "42")),
        ("publicity_length", ("local", "13")),
        ("meeting_in_time", ("local", "19")),
        ("within_plan", ("38", "3")),
    ],
)
def test_a_rule_names_the_article_of_its_edition(rule: str, articles: tuple[str, str]) -> None:
    assert tuple(load_edition(edition_id).rules[rule].article for edition_id in EDITIONS) == articles


NEW_IN_2026 = {
    "consent_before_notice",
    "publicity_length",
    "publicity_two_places",
    "publicity_ended",
    "sponsor_penalty_period",
    "meeting_in_time",
    "resolution_complete",
    "oath_in_time",
}


def test_the_duties_that_are_new() -> None:
    assert {rule for rule, kind in load_edition("2026").rules.items() if kind.new} == NEW_IN_2026
    assert not [rule for rule, kind in load_edition("2014").rules.items() if kind.new]


CHINESE = re.compile("[\u4e00-\u9fff]")


def read(text: str) -> Edition:
    return read_edition(text, name="trial.yaml")


WRONG = [
    ("  talk_in_time: {at: [talk_held]", "  talk_in_tim: {at: [talk_held]", "unknown rule talk_in_tim"),
    ("talk_in_time: {at: [talk_held]", "talk_in_time: {at: [talk_hold]", "unknown act talk_hold"),
    ("moves: [{from: applicant, to: activist}]", "moves: [{from: applicant, to: activst}]", "activst"),
    ("  applicant: {phase: application", "  applicant: {phase: aplication", "unknown phase aplication"),
    (
        "rests_on: [activist_decided, opinions_heard]",
        "rests_on: [activist_decided, opinion]",
        "unknown act opinion",
    ),
    (
        "moves: [{from: proposed, to: development_target}]",
        "moves: [{from: vetting, to: development_target}]",
        "not open",
    ),
    ("act: talk_held, by: branch", "act: talk_hold, by: branch", "unknown act talk_hold"),
    ("in_force: {from: 2014-05-28", "in_force: {from: 2014-05-32", "2014-05-32"),
    ("    zh: 派人谈话\n", "", "talk_held"),
    ('live: block, audit: high, article: "5"', 'live: stop, audit: high, article: "5"', "age_eighteen"),
    ("    begins: true\n", "    starts: true\n", "starts"),
    (
        "{from: approval, to: vetting}]\n",
        "{from: approval, to: vetting}, {from: approval, to: activist}]\n",
        "two moves",
    ),
    (
        "  withdrawn: {phase: ended",
        "  gone: {phase: ended, zh: x, en: x}\n  withdrawn: {phase: ended",
        "no act leads to the stage gone",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "named"), WRONG)
def test_what_is_wrong_is_named_with_its_file_and_line(right: str, wrong: str, named: str) -> None:
    assert right in TEXT

    with pytest.raises(UnreadableText) as refused:
        read(TEXT.replace(right, wrong, 1))

    assert named in refused.value.message("en")
    assert CHINESE.search(refused.value.message("zh"))
    for language in ("zh", "en"):
        assert refused.value.message(language).startswith(f"trial.yaml:{refused.value.line}: ")


def test_the_line_is_that_of_the_entry() -> None:
    broken = TEXT.replace("talk_in_time: {at: [talk_held]", "talk_in_time: {at: [talk_hold]")
    line = next(n for n, text in enumerate(broken.splitlines(), start=1) if "talk_hold]" in text)

    with pytest.raises(UnreadableText) as refused:
        read(broken)

    assert refused.value.line == line


@pytest.mark.parametrize("text", ["- a list\n", "just words\n", "edition: [\n"])
def test_what_is_no_edition_at_all_is_refused(text: str) -> None:
    with pytest.raises(UnreadableText):
        read(text)


def test_an_edition_may_be_laid_over_another_without_a_change_of_code() -> None:
    third = LATER.replace('edition: "2026"', 'edition: "2030"').replace(
        "in_force: {from: 2026-05-11}", "in_force: {from: 2030-01-01}"
    )

    edition = read(third)

    assert (edition.id, edition.in_force.begins) == ("2030", day("2030-01-01"))
    assert edition.acts["target_listed"].moves[0].to == "development_target"


def test_a_third_edition_may_be_laid_over_the_second() -> None:
    third = 'edition: "2030"\nbased_on: "2026"\ntitle: {zh: 演示, en: Trial}\nin_force: {from: 2030-01-01}\n'

    edition = read(third)

    assert edition.acts == load_edition("2026").acts
    assert edition.soft_days is None
    assert edition.unreached == ()


def test_editions_are_not_based_on_each_other() -> None:
    shelf = {"2030": 'edition: "2030"\nbased_on: "2031"\n', "2031": 'edition: "2031"\nbased_on: "2030"\n'}

    with pytest.raises(UnreadableText, match=r"editions/2031.yaml:2: .*2030 -> 2031 -> 2030") as refused:
        read_edition(shelf["2030"], name="trial.yaml", shelf=shelf.get)
    assert "互为依据" in refused.value.message("zh")


def test_an_edition_is_based_on_one_that_there_is() -> None:
    with pytest.raises(UnreadableText, match=r"trial.yaml:2: unknown edition 1999") as refused:
        read('edition: "2030"\nbased_on: "1999"\n')
    assert "1999" in refused.value.message("zh")


def test_the_editions_are_the_files_that_there_are() -> None:
    names = {file.name for file in files("workflows").joinpath("editions").iterdir()}

    assert {f"{edition_id}.yaml" for edition_id in EDITIONS} == names
    begins = [load_edition(edition_id).in_force.begins for edition_id in EDITIONS]
    assert begins == sorted(begins)
