"""YAML 1.2 as the house reads it: words stay words, bounds hold, and each refusal names its line."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import Sentence, UnreadableText, WorkflowsError
from workflows.texts import MAX_DEPTH, read_yaml, read_yaml_located

SHANGHAI = timezone(timedelta(hours=8))


def read(text: bytes | str, *, max_bytes: int = 10_000, max_nodes: int = 1_000) -> object:
    return read_yaml(text, name="cases.yaml", max_bytes=max_bytes, max_nodes=max_nodes)


def refused(text: bytes | str, *, max_bytes: int = 10_000, max_nodes: int = 1_000) -> UnreadableText:
    with pytest.raises(UnreadableText) as caught:
        read(text, max_bytes=max_bytes, max_nodes=max_nodes)
    return caught.value


def test_on_and_no_are_words_as_keys_and_as_values() -> None:
    assert read("{on: off, no: yes, y: n, Off: On}") == {"on": "off", "no": "yes", "y": "n", "Off": "On"}


def test_on_and_no_stay_words_where_a_text_claims_an_older_version() -> None:
    assert read("%YAML 1.1\n---\non: no\n") == {"on": "no"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("5", 5),
        ("-5", -5),
        ("+5", 5),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("55.6", 55.6),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1_000", "1_000"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("1:30", "1:30"),
        ("18:00", "18:00"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 31, "9" * 31),
        ("A-0001", "A-0001"),
        ("支部", "支部"),
        ("'2016-06-29'", "2016-06-29"),
        ("2016-06-29", date(2016, 6, 29)),
        ("2016-6-29", "2016-6-29"),
        ("2016-06-29T09:00+08:00", datetime(2016, 6, 29, 9, tzinfo=SHANGHAI)),
        ("2016-06-29T09:00:30.5+08:00", datetime(2016, 6, 29, 9, 0, 30, 500_000, tzinfo=SHANGHAI)),
        ("2016-06-29 09:00:00+0800", datetime(2016, 6, 29, 9, tzinfo=SHANGHAI)),
        ("2016-06-29T09:00Z", datetime(2016, 6, 29, 9, tzinfo=UTC)),
        ("2016-06-29T09:00:00", "2016-06-29T09:00:00"),
    ],
)
def test_a_plain_word_has_the_type_that_it_looks_like(word: str, value: object) -> None:
    found = read(f"value: {word}\n")

    assert found == {"value": value}
    assert isinstance(found, dict)
    assert type(found["value"]) is type(value)


def test_the_offset_of_an_instant_is_kept() -> None:
    found = read("[2026-03-20T09:00+08:00]")

    assert isinstance(found, list)
    assert found[0].utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("word", ["2016-13-01", "2015-02-29", "2016-06-29T25:00Z", "2016-06-29T09:00+99:00"])
def test_a_day_that_the_calendar_does_not_have_is_refused_with_its_line(word: str) -> None:
    error = refused(f"- case: a\n  on: {word}\n")

    assert (error.what, error.line, error.column) == ("no_such_day", 2, 7)
    assert error.values == {"value": word}


def test_an_empty_text_is_nothing() -> None:
    assert read("") is None
    assert read("# only a remark\n") is None
    assert read("\ufeff") is None


def test_blocks_and_flows_nest() -> None:
    text = "- {a: [1, {b: c}]}\n- |\n  two\n  lines\n- - x\n  - y\n"

    assert read(text) == [{"a": [1, {"b": "c"}]}, "two\nlines\n", ["x", "y"]]


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    error = refused("review: 1\nother: 2\nreview: 3\n")

    assert (error.what, error.line) == ("duplicate_key", 3)
    assert error.message("en") == ("cases.yaml:3: key 'review' stands twice (first in line 1); remove one")
    assert error.message("zh") == "cases.yaml:3: 键“review”重复（第一次在第 1 行）；请删去一个"


def test_keys_that_are_equal_in_value_stand_twice_too() -> None:
    assert refused("{1: a, 1.0: b}").what == "duplicate_key"
    assert refused("{&a x: 1, *a : 2}").what == "duplicate_key"


def test_the_same_key_in_two_mappings_is_no_duplicate() -> None:
    assert read("- {a: 1}\n- {a: 2}\n") == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("text", ["[a]: 1", "{a: 1}: 2", "? [a]\n: 1", "- &x [1]\n- {*x : 1}"])
def test_a_key_is_a_word(text: str) -> None:
    assert refused(text).what == "key_not_scalar"


def test_a_text_is_bounded_in_bytes_not_in_characters() -> None:
    assert read("支部", max_bytes=6) == "支部"
    assert refused("支部", max_bytes=5).what == "too_large"
    assert refused("支部".encode(), max_bytes=5).what == "too_large"


def test_a_text_is_bounded_in_entries() -> None:
    assert read("[a, b, c]", max_nodes=4) == ["a", "b", "c"]
    assert refused("[a, b, c]", max_nodes=3).what == "too_many_nodes"


def test_an_alias_counts_as_all_that_it_stands_for() -> None:
    text = "- &a [x, x]\n- *a\n"

    assert read(text, max_nodes=7) == [["x", "x"], ["x", "x"]]
    assert refused(text, max_nodes=6).what == "too_many_nodes"


def test_aliases_of_aliases_do_not_explode() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]

    error = refused("\n".join(layers), max_nodes=200_000)

    assert (error.what, error.line) == ("too_many_nodes", 6)


@pytest.mark.parametrize("text", ["a: *missing", "a: &a [*a]", "- *later\n- &later x"])
def test_an_alias_names_what_was_complete_before_it(text: str) -> None:
    assert refused(text).what == "unknown_alias"


def test_nesting_is_bounded() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH

    assert read(deepest) is not None
    assert refused(f"[[{deepest}]]").what == "too_deep"
    assert refused("[" * 9_000).what == "too_deep"


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    error = refused("a: 1\nb: 党\n".encode("gb18030"))

    assert (error.what, error.line) == ("not_utf8", 2)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\ud800", "\uffff"])
def test_control_characters_are_refused_with_their_place(character: str) -> None:
    error = refused(f"a: 1\nb: {character}\n")

    assert (error.what, error.line, error.column) == ("control_character", 2, 4)
    assert error.values == {"character": f"U+{ord(character):04X}"}


def test_tabs_and_windows_line_ends_are_no_control_characters() -> None:
    assert read("a: 'x\ty'\r\nb: 2\r\n") == {"a": "x\ty", "b": 2}


def test_several_documents_are_refused() -> None:
    error = refused("a: 1\n---\nb: 2\n")

    assert (error.what, error.line) == ("several_documents", 2)
    assert read("---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize("text", ["!!python/object:os.system x", "- !!binary x", "a: !local {b: 1}", "! x"])
def test_tags_are_refused(text: str) -> None:
    assert refused(text).what == "tag"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: [1\n", 2), ("a: b: c", 1), ("a: 1\n\tb: 2", 2), ("a: 1\n b: 2", 2), ("a: '1\n", 1)],
)
def test_what_is_not_yaml_is_refused_with_a_line_and_a_way_out(text: str, line: int) -> None:
    error = refused(text)

    assert error.what == "syntax"
    assert error.line is not None
    assert line <= error.line <= text.count("\n") + 1
    assert "check indentation" in str(error)
    assert "请检查" in error.message("zh")


def test_an_escape_for_no_character_is_not_yaml() -> None:
    assert refused('"\\UFFFFFFFF"').what == "syntax"


def test_a_refusal_is_one_line_that_names_the_text() -> None:
    error = refused("a: *x\n")

    assert str(error) == ("cases.yaml:1: alias 'x' is not defined before this place; write '&x' first")
    assert isinstance(error, WorkflowsError)


def test_a_locator_knows_the_line_of_each_entry() -> None:
    stages = "stages:\n  - id: applicant\n    label: 申请人\n  - id: activist\n"
    text = f"# remark\n{stages}last:\n  far: |\n    text\n"

    value, locator = read_yaml_located(text, name="edition.yaml")

    assert value == {
        "stages": [{"id": "applicant", "label": "申请人"}, {"id": "activist"}],
        "last": {"far": "text\n"},
    }
    assert locator.line(()) == 2
    assert locator.line(("stages",)) == 2
    assert locator.line(("stages", 0)) == 3
    assert locator.line(("stages", 0, "label")) == 4
    assert locator.line(("stages", 1, "id")) == 5
    assert locator.line(("last", "far")) == 7
    assert locator.line(("stages", 3, "id")) is None


def test_a_missing_entry_is_found_by_what_is_around_it() -> None:
    _, locator = read_yaml_located("stages:\n  - id: a\n  - id: b\n", name="edition.yaml")

    assert locator.nearest(("stages", 1, "label", "en")) == 3
    assert locator.nearest(("stages", 1, "id")) == 3
    assert locator.nearest(("other",)) == 1
    assert read_yaml_located("", name="edition.yaml")[1].nearest(("other",)) is None


def test_another_module_refuses_a_text_in_its_own_words() -> None:
    error = UnreadableText(
        "edition.yaml",
        what="unknown_rule",
        line=7,
        values={"rule": "cultivation"},
        sentence=Sentence(zh="没有规则“{rule}”", en="there is no rule '{rule}'"),
    )

    assert error.message("zh") == "edition.yaml:7: 没有规则“cultivation”"
    assert str(error) == "edition.yaml:7: there is no rule 'cultivation'"


def test_an_id_without_a_sentence_is_shown_with_its_values() -> None:
    assert str(UnreadableText("a.yaml", what="odd", values={"n": "{3}"})) == "a.yaml: odd (n {3})"
    assert str(UnreadableText("a.yaml", what="odd", line=1)) == "a.yaml:1: odd"


def test_a_message_with_a_missing_value_still_speaks() -> None:
    assert str(UnreadableText("a.yaml", what="too_large")).startswith(
        "a.yaml: the text is longer than {limit}"
    )


def test_an_error_without_words_of_its_own_says_what_it_was_given() -> None:
    assert WorkflowsError("no such edition").message("zh") == "no such edition"


@given(text=st.text(max_size=200) | st.text(alphabet="[]{}:,-&*!|>'\"%#? \nab0", max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    with suppress(UnreadableText):
        read(text)


@given(raw=st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(raw: bytes) -> None:
    with suppress(UnreadableText):
        read(raw)
