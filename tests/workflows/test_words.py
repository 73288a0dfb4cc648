"""Findings as sentences: every variant of every rule, both languages, nothing left unfilled."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

import pytest

from tests.workflows.rule_sources import OF_REGISTERS, SOURCE
from workflows import corrections
from workflows.edition import EDITIONS, Words, load_edition
from workflows.errors import UnreadableText
from workflows.findings import Finding, Shown
from workflows.rules import RULES
from workflows.words import check_line, finding_sentence, render_finding, rule_name, shelf

LANGUAGES = ("zh", "en")
LAWS = [load_edition(id_) for id_ in EDITIONS]
RULE_IDS = sorted({rule for law in LAWS for rule in law.rules})
DAY = date(2026, 5, 18)


def a_finding(rule: str, **given: object) -> Finding:
    values: dict[str, object] = {
        "severity": "block", "article": "13", "edition": "2026", "found": None, "needed": None,
        "earliest": None, "who": "branch", **given,
    }  # fmt: skip
    return Finding(rule=rule, **values)  # type: ignore[arg-type]


def the_example() -> Finding:
    return a_finding(
        "cultivation_period",
        found=date(2025, 2, 28),
        needed=date(2026, 2, 28),
        earliest=date(2026, 2, 28),
        values={"months": 12, "paused": 0},
    )


def slots(words: Words) -> set[str]:
    return {name for text in (words.zh, words.en) for _, name, _, _ in Formatter().parse(text) if name}


def carried_by(rule: str) -> set[str]:
    """The names of the values that a breach of the rule gives."""
    sources = (source for source in (SOURCE, OF_REGISTERS) if rule in source.ids)
    return {name for source in sources for name in source.values(rule)}


def is_chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def test_the_example_of_the_house_reads_exactly_so() -> None:
    assert render_finding(the_example(), "zh") == (
        "第十三条：2025年2月28日确定为积极分子，培养教育满一年，最早 2026年2月28日 可以提出。"
    )
    assert render_finding(the_example(), "en") == (
        "Art. 13: activist since 2025-02-28; may be proposed from 2026-02-28."
    )


def test_a_sentence_without_its_article_begins_with_a_capital() -> None:
    assert (
        finding_sentence(the_example(), "en") == "Activist since 2025-02-28; may be proposed from 2026-02-28."
    )
    assert finding_sentence(the_example(), "zh").startswith("2025年2月28日确定为积极分子")


def test_every_rule_of_both_editions_has_words_and_no_word_is_left_over() -> None:
    assert sorted(shelf.rules()) == RULE_IDS


def test_the_sources_of_all_rules_are_read() -> None:
    assert set(SOURCE.ids) == set(RULES)
    assert SOURCE.variants("training_length") == {"default", "none", "not_passed"}
    assert SOURCE.variants("vote_passed") == {"default", "void", "not_passed", "passed"}
    assert SOURCE.variants("inspection_passed") == {"default", "not_passed"}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_variant_of_a_rule_has_its_sentence_and_every_sentence_its_variant(rule: str) -> None:
    said = {variant.partition(" without ")[0] for variant in shelf.rules()[rule].says}
    elsewhere = {"fallen"} if rule == "stage_allows" else set()

    assert SOURCE.variants(rule) | elsewhere | {"default"} == said


def test_the_variant_that_a_correction_gives_is_known() -> None:
    assert 'variant="fallen"' in inspect.getsource(corrections)
    assert "fallen" in shelf.rules()["stage_allows"].says


@pytest.mark.parametrize("rule", RULE_IDS)
def test_a_sentence_names_only_what_its_breach_carries(rule: str) -> None:
    carried = {"found", "needed", "earliest", "act"} | carried_by(rule)

    for words in shelf.rules()[rule].sentences():
        assert slots(words) <= carried


@pytest.mark.parametrize("rule", RULE_IDS)
def test_both_languages_name_the_same_values_but_for_a_period_that_english_leaves_out(rule: str) -> None:
    for words in shelf.rules()[rule].sentences():
        zh, en = slots(words.model_copy(update={"en": ""})), slots(words.model_copy(update={"zh": ""}))

        assert en <= zh
        assert zh - en <= {"months", "found"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULE_IDS)
def test_every_sentence_is_whole(rule: str, language: str) -> None:
    for finding in samples(rule):
        text = render_finding(finding, language)

        assert "{" not in text
        assert "}" not in text
        assert "  " not in text
        assert text.endswith("." if language == "en" else "。")
        assert is_chinese(text) == (language == "zh")
        if language == "zh":
            assert re.search("[A-Za-z]|[,;:?!]|： ", text) is None, text


def samples(rule: str) -> Iterator[Finding]:
    """A finding for each sentence of the rule, with values of the kinds that its words read."""
    words = shelf.rules()[rule]
    carried = carried_by(rule)
    values: dict[str, Shown] = {name: _sample(words.reads.get(name), name) for name in carried | {"act"}}
    for law in LAWS:
        for said in words.says:
            variant, _, without = said.partition(" without ")
            given: dict[str, object] = {
                "found": _sample(_kind_of_found(rule, variant), "found"),
                "needed": DAY,
                "earliest": DAY,
                "variant": None if variant == "default" else variant,
                "values": values,
                "edition": law.id,
                "article": law.rules[rule].article if rule in law.rules else "13",
            }
            yield a_finding(rule, **{**given, **({without: None} if without else {})})


def _kind_of_found(rule: str, variant: str) -> str | None:
    is_a_count = rule == "entitled_matches_roll" and variant == "default"
    return None if is_a_count else shelf.rules()[rule].reads.get("found")


def _sample(kind: str | None, name: str) -> Shown:
    counted = {"months": 18, "days": 5, "hours": 24, "had_hours": 8, "excluded": 1, "paused": 3}
    if kind is None:
        return "meeting_voted conversion" if name == "act" else counted.get(name, DAY)
    of: dict[str, Shown] = {
        "stage": "vetting",
        "act": "talk_held",
        "person": ("m1", "m2"),
        "unit": "working",
        "problem": tuple(shelf.problems().counts),
    }
    if kind in of:
        return of[kind]
    return tuple(shelf.fields().choices[kind.removeprefix("choice.")])


def test_a_value_that_is_none_is_said_as_none() -> None:
    nowhere = a_finding("political_review_two_places", found=(), needed=2, article="16")

    assert "现在有的：没有" in render_finding(nowhere, "zh")
    assert "on file: none" in render_finding(nowhere, "en")


def test_a_value_that_an_old_finding_lacks_does_not_break_its_sentence() -> None:
    assert render_finding(a_finding("training_length", variant="none", article="17"), "en") == (
        "Art. 17: no training yet; none days or none class hours are needed."
    )


def test_a_rule_and_a_variant_of_another_time_still_say_something() -> None:
    assert render_finding(a_finding("a_rule_to_come"), "zh") == "第十三条：a_rule_to_come"
    assert "没有培养联系人" in finding_sentence(a_finding("contacts_missing", variant="to_come"), "zh")


def test_members_are_named_where_their_names_are_given_and_counted_where_not() -> None:
    finding = a_finding("contacts_full_members", found=("m1", "m2"), article="9")

    assert "周海波、赵敏当天不是正式党员" in render_finding(
        finding, "zh", names={"m1": "周海波", "m2": "赵敏"}
    )
    assert render_finding(finding, "zh", names={"m1": "周海波"}).startswith("第九条：2 人当天不是正式党员")
    assert "on that day: 2 persons;" in render_finding(finding, "en")
    assert "on that day: 1 person;" in render_finding(a_finding("sponsors_full_members", found=("m1",)), "en")


def test_months_are_said_in_words() -> None:
    half = a_finding("application_period", found=DAY, needed=DAY, values={"months": 6}, article="local")
    one = a_finding("application_period", found=DAY, needed=DAY, values={"months": 1}, article="local")
    year = a_finding("application_period", found=DAY, needed=DAY, values={"months": 12}, article="local")

    assert "满 6 个月才能" in render_finding(half, "zh")
    assert "; 6 months must pass" in render_finding(half, "en")
    assert "; 1 month must pass" in render_finding(one, "en")
    assert "满一年才能" in render_finding(year, "zh")


def test_days_of_suspension_are_said_only_where_there_are_some() -> None:
    paused = a_finding(
        "cultivation_period", found=DAY, needed=DAY, earliest=DAY, values={"months": 12, "paused": 8}
    )

    assert render_finding(paused, "zh").endswith("可以提出。暂停的 8 天不算。")
    assert render_finding(paused, "en").endswith("Days of suspension left out: 8.")
    assert "暂停" not in render_finding(the_example(), "zh")


def test_what_a_correction_brings_about_names_the_other_act() -> None:
    finding = a_finding("contacts_missing", values={"act": "target_proposed", "on": DAY})

    assert render_finding(finding, "zh").endswith(
        "更正以后，2026年5月18日的“支委会提出拟发展对象”不合这一条。"
    )
    assert "“Proposed as development target” of 2026-05-18." in render_finding(finding, "en")


def test_a_stage_is_named_and_a_dossier_that_has_not_begun_is_said_to_have_none() -> None:
    assert "“政治审查与预审”" in render_finding(a_finding("stage_allows", found="vetting"), "zh")
    assert "还没有建立" in render_finding(a_finding("stage_allows", found="-"), "zh")


@pytest.mark.parametrize("rule", sorted(id_ for id_, rule in RULES.items() if rule.asked))
def test_a_rule_that_is_not_always_asked_says_why(rule: str) -> None:
    assert shelf.rules()[rule].not_needed is not None


@pytest.mark.parametrize("rule", sorted(id_ for id_, rule in RULES.items() if rule.known))
def test_a_rule_that_cannot_be_checked_says_what_is_not_known(rule: str) -> None:
    assert shelf.rules()[rule].not_checked is not None
    assert "没有核对" in check_line(rule, "not_checked", "zh")


def test_a_line_of_a_checklist_says_what_is_met_or_why_it_is_not_asked() -> None:
    assert check_line("cultivation_period", "met", "zh") == "培养教育满一年"
    assert check_line("talk_before_decision", "met", "zh") == "已经派人谈话"
    assert check_line("talk_before_decision", "missing", "en") == "Talk before the decision"
    assert check_line("theory_test", "not_needed", "zh") == "理论测试合格：不需要，当地没有规定理论测试"
    assert check_line("theory_test", "not_needed", "en") == "Theory test passed: not needed, no local rule"
    assert check_line("secret_ballot", "not_needed", "en") == "Secret ballot: not needed"
    assert rule_name("cultivation_period", "en") == "One year of cultivation"


def test_words_of_a_wrong_shape_are_refused_with_their_place() -> None:
    with pytest.raises(UnreadableText, match=r"words/problems.yaml:2: .*correct this entry"):
        shelf._read("problems.yaml", shelf.Labels)
