"""Everything that has an id has a name in both languages; problems, days and articles speak both."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import get_args

import pytest

from workflows import votes
from workflows.deadlines import Deadline
from workflows.edition import EDITIONS, Mender, Severity, load_edition
from workflows.fields import FIELDS, FieldProblem, field_of, parse_details
from workflows.settings import SETTING_NAMES
from workflows.words import (
    KINDS,
    article_name,
    chinese_number,
    label,
    render_day,
    render_day_short,
    render_problem,
    shelf,
)
from workflows.words.labels import words_of

LANGUAGES = ("zh", "en")
LAWS = [load_edition(id_) for id_ in EDITIONS]
PURPOSED = ("notice_posted", "notice_closed", "objection_received", "meeting_voted", "committee_decided")
ROLES = (
    "branch_secretary", "branch_clerk", "general_branch", "organizer", "committee_member",
    "committee_secretary", "department", "auditor", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip
ORGANIZATIONS = (
    "province", "city", "county", "township", "subdistrict", "leading_group", "primary_under_township",
    "temporary", "general_branch", "branch",
)  # fmt: skip


def is_chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("5", "第五条", "Art. 5"),
        ("10", "第十条", "Art. 10"),
        ("13", "第十三条", "Art. 13"),
        ("20", "第二十条", "Art. 20"),
        ("7, 8", "第七条、第八条", "Art. 7, 8"),
        ("25, 33", "第二十五条、第三十三条", "Art. 25, 33"),
        ("local", "当地规定", "Local rule"),
        ("practice", "惯例", "Practice"),
    ],
)
def test_an_article_is_named(article: str, zh: str, en: str) -> None:
    assert (article_name(article, "zh"), article_name(article, "en")) == (zh, en)


def test_numerals_go_to_ninety_nine() -> None:
    assert [chinese_number(n) for n in (0, 9, 11, 30, 44, 99)] == [
        "零",
        "九",
        "十一",
        "三十",
        "四十四",
        "九十九",
    ]


def test_a_day_is_written_out_and_in_short() -> None:
    day = date(2016, 6, 8)

    assert (render_day(day, "zh"), render_day(day, "en")) == ("2016年6月8日", "8 June 2016")
    assert (render_day_short(day, "zh"), render_day_short(day, "en")) == ("6月8日（周三）", "Wed 8 June")


def named() -> Iterator[tuple[str, str]]:
    """Every id that a page may name, with its kind."""
    for law in LAWS:
        yield "edition", law.id
        yield from (("phase", id_) for id_ in law.phases)
        yield from (("stage", id_) for id_ in law.stages)
        yield from (("deadline", id_) for id_ in law.deadlines)
        yield from (("rule", id_) for id_ in law.rules)
        for do, act in law.acts.items():
            yield "act", do
            yield from (("act", f"{do} {purpose}") for purpose in act.purposes if purpose)
    for name, field in FIELDS.items():
        yield from (("field", name), ("hint", name))
        yield from (("choice", f"{name}.{choice}") for choice in field.choices)
    for do in PURPOSED:
        yield from (("choice", f"purpose.{choice}") for choice in field_of(do, "purpose").choices)
        yield from (("purpose", choice) for choice in field_of(do, "purpose").choices)
    yield from (("setting", name) for name in SETTING_NAMES)
    yield from (("severity", id_) for id_ in get_args(Severity))
    yield from (("mender", id_) for id_ in get_args(Mender))
    yield from (("status", id_) for id_ in ("open", "due_soon", "overdue", "met", "met_late", "dropped"))
    yield from (("unit", id_) for id_ in ("working", "calendar"))
    yield from (("role", id_) for id_ in ROLES)
    yield from (("organization_kind", id_) for id_ in ORGANIZATIONS)


@pytest.mark.parametrize(("kind", "id_"), sorted(set(named())))
def test_everything_that_has_an_id_has_a_name_in_both_languages(kind: str, id_: str) -> None:
    words = words_of(kind, id_)

    assert words is not None
    assert is_chinese(words.zh)
    assert not re.search("[A-Za-z]", words.zh)
    assert words.en.strip()
    assert not is_chinese(words.en)
    assert label(kind, id_, "zh") == words.zh


def test_every_kind_of_label_is_asked_for_here() -> None:
    assert {kind for kind, _ in named()} == set(KINDS)


def test_every_status_of_a_deadline_is_among_them() -> None:
    source = inspect.getsource(inspect.getmodule(Deadline) or Deadline)

    assert all(f'"{id_}"' in source for id_ in shelf.labels().status)


def test_no_label_is_left_over() -> None:
    known = set(named())

    assert set(shelf.fields().fields) == set(FIELDS)
    for kind in ("role", "mender", "severity", "status", "unit", "organization_kind", "setting"):
        assert {(kind, id_) for id_ in shelf.labels().of(kind) or ()} <= known
    for name, choices in shelf.fields().choices.items():
        if name in FIELDS:
            assert {("choice", f"{name}.{value}") for value in choices} <= known
        else:
            assert name in SETTING_NAMES


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_name_that_a_field_has_in_an_act_belongs_to_a_field_of_that_act(name: str) -> None:
    for do, words in shelf.fields().fields[name].at.items():
        assert any(name in law.acts[do].details for law in LAWS if do in law.acts)
        assert is_chinese(words.zh)
        assert not is_chinese(words.en)


def test_a_field_is_called_as_its_act_calls_it() -> None:
    assert label("field", "members", "zh", do="activist_decided") == "支委会应到委员"
    assert label("field", "members", "zh", do="committee_decided") == "党委应到委员"
    assert label("field", "present", "zh", do="meeting_voted") == "实到会有表决权的党员"
    assert label("field", "from", "en", do="inspected") == "First day of the inspection"
    assert label("field", "from", "en") == "From"
    assert label("hint", "number", "en", do="form_issued") == "A number is used once"
    assert label("hint", "passed", "zh", do="inspected") == "按实际结果填"


def test_an_act_is_named_with_its_purpose() -> None:
    assert label("act", "meeting_voted conversion", "zh") == "支部大会表决（转正）"
    assert label("act", "meeting_voted conversion", "en") == "Vote of the general meeting (conversion)"
    assert label("act", "objection_received letter", "zh") == "收到信访"
    assert label("act", "meeting_voted nothing", "zh") == "meeting_voted nothing"


def test_an_edition_names_first_and_the_newest_that_knows_it_helps_out() -> None:
    assert label("act", "target_consented", "zh", LAWS[0]) == "上级党委同意"
    assert label("deadline", "oath", "en", edition=LAWS[0]) == "Oath"


def test_a_choice_alone_is_looked_for_among_all_fields() -> None:
    assert label("choice", "admission", "zh") == "接收"
    assert label("choice", "source.members", "zh") == "党员推荐"
    assert label("choice", "from_whom.members", "zh") == "党员"


def test_what_has_no_name_is_shown_by_its_id() -> None:
    assert label("choice", "wang-xiulan", "zh") == "wang-xiulan"
    assert label("edition", "1990", "en") == "1990"
    assert label("hint", "nothing", "en") == "nothing"
    assert label("rule", "nothing", "en") == "nothing"
    with pytest.raises(ValueError, match="no kind of label: sort"):
        label("sort", "x", "zh")


def problems_of_the_readers() -> set[str]:
    source = files("workflows").joinpath("fields.py").read_text(encoding="utf-8")
    return set(re.findall(r'[pP]roblem\(\s*(?:field|name), "([a-z_]+)"', source))


def test_every_problem_of_a_field_has_words() -> None:
    assert set(shelf.problems().fields) == problems_of_the_readers()


def test_every_contradiction_of_counts_has_words() -> None:
    assert set(shelf.problems().counts) == {*get_args(votes.Problem), "committee_counts"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", sorted(problems_of_the_readers()))
def test_a_problem_is_a_whole_sentence(id_: str, language: str) -> None:
    problem = FieldProblem(
        "place", id_, {"value": "8", "choices": "home, stay", "most": "4000", "act": "died"}
    )

    text = render_problem(problem, language, do="notice_posted")

    assert label("field", "place", language, do="notice_posted") in text
    assert "{" not in text
    assert is_chinese(text) == (language == "zh")
    assert text[0] == text[0].upper()
    if language == "zh":
        assert not re.search("[A-Za-z]", text)


def test_a_problem_names_the_field_and_the_choices_in_words() -> None:
    (problem,) = parse_details("transferred_in", ["stage"], {"stage": "vetting"}).problems

    assert render_problem(problem, "zh", do="transferred_in") == (
        "转入时的身份：“vetting”不能选，可以选：入党申请人、入党积极分子、预备党员。"
    )
    assert render_problem(FieldProblem("days", "new_id", {}), "en") == "days: new_id"
