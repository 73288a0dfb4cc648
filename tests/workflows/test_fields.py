"""The details of an act: read from forms, JSON and YAML alike, every problem named."""

import pytest

from tests.workflows.builders import day
from workflows.edition import EDITIONS, load_edition
from workflows.fields import FIELDS, Parsed, field_of, fields_of, parse_details


def read(do: str, **raw: object) -> Parsed:
    given = {name.rstrip("_"): value for name, value in raw.items()}
    return parse_details(do, load_edition("2026").acts[do].details, given)


def problem(do: str, **raw: object) -> list[tuple[str, str]]:
    return [(p.field, p.id) for p in read(do, **raw).problems if p.id != "field_missing"]


def test_text_from_a_form_is_read_as_what_it_means() -> None:
    form = read(
        "meeting_voted",
        purpose="admission",
        entitled=" 17 ",
        present="12",
        for_="11",
        secret="true",
        excluded="m1, m2",
    )

    assert form.problems == ()
    assert form.details == {
        "purpose": "admission",
        "entitled": 17,
        "present": 12,
        "for": 11,
        "secret": True,
        "excluded": ("m1", "m2"),
    }


def test_values_from_yaml_are_read_the_same() -> None:
    yaml = read("meeting_voted", purpose="admission", entitled=17, secret=True, excluded=["m1", "m2"])

    assert (yaml.details["entitled"], yaml.details["secret"], yaml.details["excluded"]) == (
        17,
        True,
        ("m1", "m2"),
    )


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_field_is_not_given(empty: object) -> None:
    parsed = read("contacts_assigned", contacts=empty, note=empty)

    assert parsed.details == {}
    assert [(p.field, p.id) for p in parsed.problems] == [] or [p.id for p in parsed.problems] == [
        "field_missing"
    ]


def test_what_must_be_there_and_is_not_is_named() -> None:
    missing = {(p.field, p.id) for p in read("notice_posted", purpose="target").problems}

    assert missing == {("from", "field_missing"), ("to", "field_missing")}


def test_every_problem_is_named_and_not_only_the_first() -> None:
    assert problem("inspected", from_="2026-02-30", to="soon", passed="perhaps") == [
        ("from", "not_a_date"),
        ("to", "not_a_date"),
        ("passed", "not_a_flag"),
    ]


@pytest.mark.parametrize(
    ("do", "raw", "id_"),
    [
        ("activist_decided", {"members": "five"}, "not_a_count"),
        ("activist_decided", {"members": True}, "not_a_count"),
        ("activist_decided", {"members": 2.5}, "not_a_count"),
        ("activist_decided", {"members": "12345678"}, "not_a_count"),
        ("recommended", {"source": "friends"}, "not_a_choice"),
        ("opinions_heard", {"from": ["group", "friends"]}, "not_a_choice"),
        ("sponsors_named", {"sponsors": "m1, <m2>"}, "not_ids"),
        ("sponsors_named", {"sponsors": [f"m{n}" for n in range(61)]}, "not_ids"),
        ("form_issued", {"number": "F 1"}, "not_a_number"),
        ("form_issued", {"number": "F" * 65}, "not_a_number"),
        ("notice_posted", {"time": "24:00"}, "not_a_time"),
        ("notice_posted", {"time": "9:00"}, "not_a_time"),
        ("talk_held", {"talker": "x" * 4001}, "text_too_long"),
        ("transferred_in", {"carried": "2025-01-01"}, "not_dates"),
        ("transferred_in", {"carried": {"activist_decided": "soon"}}, "not_a_date"),
        ("corrected", {"replacement": {"do": "talk_held"}}, "not_an_act"),
        ("talk_held", {"weather": "fine"}, "field_unknown"),
        ("meeting_voted", {"purpose": "target"}, "not_a_choice"),
        ("notice_posted", {"purpose": "letter"}, "not_a_choice"),
    ],
)
def test_what_cannot_be_read_is_a_problem_of_its_field(do: str, raw: dict[str, object], id_: str) -> None:
    assert [found for _, found in problem(do, **raw)] == [id_]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("true", True),
        ("Yes", True),
        ("on", True),
        ("1", True),
        ("false", False),
        ("no", False),
        ("OFF", False),
        ("0", False),
    ],
)
def test_a_flag_is_said_in_several_words(text: str, flag: bool) -> None:
    assert read("preexamined", passed=text).details["passed"] is flag


@pytest.mark.parametrize("text", ["m1, m2", "m1 m2", "m1，m2", "m1、m2", "[m1, m2]", "m1, m2, m1"])
def test_names_are_listed_in_several_ways_and_each_counts_once(text: str) -> None:
    assert read("sponsors_named", sponsors=text).details["sponsors"] == ("m1", "m2")


def test_choices_stand_in_the_order_of_the_contract() -> None:
    assert read("opinions_heard", from_=["masses", "group"]).details["from_whom"] == ("group", "masses")


@pytest.mark.parametrize(
    ("do", "name", "value", "kept"),
    [
        ("course_attended", "kind", "activist_course", "course"),
        ("paper_received", "kind", "minutes", "paper"),
        ("transferred", "to", "b2", "to_branch"),
        ("inquiry_sent", "number", "12", "inquiry"),
        ("preexamined", "body", "township", "committee_body"),
        ("committee_decided", "body", "township", "committee_body"),
        ("activist_decided", "body", "general_meeting", "body"),
    ],
)
def test_the_short_names_of_the_contract_hold(do: str, name: str, value: str, kept: str) -> None:
    assert read(do, **{name: value}).details == {kept: value}


def test_where_a_letter_went_is_free_text() -> None:
    assert read("inquiry_answered", to="the county").content == {"inquiry_to": "the county"}


def test_free_text_is_content_and_never_a_detail() -> None:
    parsed = read("talk_held", talker="王明", note="第一次谈话")

    assert parsed.details == {}
    assert parsed.content == {"talker": "王明", "note": "第一次谈话"}


def test_carried_days_are_read_as_days() -> None:
    parsed = read("transferred_in", stage="activist", carried={"activist_decided": "2025-03-10"})

    assert parsed.details["carried"] == {"activist_decided": day("2025-03-10")}


@pytest.mark.parametrize(
    ("do", "raw"),
    [
        ("paper_received", {"kind": "family_statement"}),
        ("details_changed", {"education": "vocational"}),
        ("objection_received", {"channel": "hotline"}),
        ("details_changed", {"category": "new_economy"}),
    ],
)
def test_where_the_contract_lists_no_choices_a_word_of_ones_own_will_do(do: str, raw: dict[str, str]) -> None:
    assert problem(do, **raw) == []
    assert problem(do, **dict.fromkeys(raw, "Not a word!")) == [
        ({"kind": "paper"}.get(name, name), "not_a_choice") for name in raw
    ]


@pytest.mark.parametrize("do", ["activist_removed", "closed", "suspended", "approval_prolonged", "corrected"])
def test_a_reason_is_required_where_the_contract_asks_for_one(do: str) -> None:
    assert field_of(do, "reason").required
    assert not field_of("withdrawn", "reason").required


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_every_detail_that_an_edition_names_is_known(edition_id: str) -> None:
    edition = load_edition(edition_id)

    for do, kind in edition.acts.items():
        assert [field.name for field in fields_of(edition, do)] == [*kind.details, "note", "attachments"]


def test_names_and_free_texts_are_content() -> None:
    assert {name for name, field in FIELDS.items() if field.content} == {
        "inquiry_to",
        "missing",
        "note",
        "reason",
        "result",
        "talker",
        "where",
    }
