"""A case file that cannot be read: file, line, what, and how to mend it; nothing is loaded by half."""

import pytest

from workflows.cases import run_cases
from workflows.errors import UnreadableText

HEAD = "- case: a trial\n"
BEGUN = f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: application_received}}\n"

WRONG = [
    ("just words\n", 1, "a list of cases"),
    ("case: a trial\n", 1, "a list of cases"),
    ("- acts: []\n", 1, "case"),
    (f"{HEAD}  weather: fine\n", 2, "weather"),
    (f"{HEAD}  mode: future\n", 2, "mode"),
    (f"{HEAD}  settings: {{review.month: 6}}\n", 2, "review.month"),
    (f"{HEAD}  settings: {{review.months: half}}\n", 2, "review.months"),
    (f"{HEAD}  members: [{{full_since: 2001-07-01}}]\n", 2, "members.0.id"),
    (f"{HEAD}  members:\n    - {{id: m1, penalties: [{{kind: frown, on: 2026-01-01}}]}}\n", 3, "penalties"),
    (f"{HEAD}  person: {{born: yesterday}}\n", 2, "person.born"),
    (f"{HEAD}  plan: {{used: 9}}\n", 2, "plan.total"),
    (f"{HEAD}  acts: {{on: 2026-01-05}}\n", 2, "acts"),
    (f"{HEAD}  acts:\n    - {{do: talk_held}}\n", 3, "acts.0.on"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05}}\n", 3, "acts.0.do"),
    (
        f"{BEGUN}    - {{on: 2026-01-06, do: talk}}\n",
        4,
        "unknown act talk",
    ),
    (f"{HEAD}  acts:\n    - {{on: 2026-02-30, do: talk_held}}\n", 3, "2026-02-30"),
    (f"{HEAD}  acts:\n    - {{on: soon, do: talk_held}}\n", 3, "acts.0.on"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, weather: fine}}\n", 3, "weather"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: recommended, source: friends}}\n", 3, "friends"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: notice_posted, purpose: target, from: soon}}\n", 3, "soon"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, recorded: 2026-01-05T09:00}}\n", 3, "offset"),
    (
        f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, refused: [talk_late]}}\n",
        3,
        "unknown rule talk_late",
    ),
    (
        f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, warns: [talk_late]}}\n",
        3,
        "unknown rule talk_late",
    ),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, refused: stage_allows}}\n", 3, "refused"),
    (
        f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: talk_held, override: {{reason: none}}}}\n",
        3,
        "override.by",
    ),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: corrected, act: 1, reason: x}}\n", 3, "no act 1"),
    (f"{HEAD}  acts:\n    - {{on: 2026-01-05, do: corrected, reason: x}}\n", 3, "no act None"),
    (
        f"{BEGUN}    - {{on: 2026-01-06, do: corrected, act: 1, replacement: {{on: 2026-01-05, do: say}}}}\n",
        4,
        "unknown act say",
    ),
    (f"{HEAD}  expect:\n    - {{stage: activist}}\n", 3, "on"),
    (f"{HEAD}  expect:\n    - {{on: soon}}\n", 3, "on"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, stages: activist}}\n", 3, "stages"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, stage: member}}\n", 3, "unknown stage member"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, phase: end}}\n", 3, "unknown phase end"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, overdue: [talks]}}\n", 3, "unknown deadline talks"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, not_overdue: [talks]}}\n", 3, "unknown deadline talks"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, deadlines: {{talk: {{dew: 2026-01-05}}}}}}\n", 3, "dew"),
    (f"{HEAD}  expect:\n    - {{on: 2026-01-05, deadlines: {{talk: {{status: late}}}}}}\n", 3, "status"),
    (
        f"{HEAD}  expect:\n    - {{on: 2026-01-05, earliest: {{propose: 2026-01-05}}}}\n",
        3,
        "unknown act propose",
    ),
    (f"{HEAD}  windows:\n    - {{days: 5}}\n", 3, "start"),
    (f"{HEAD}  windows:\n    - {{start: 2026-01-05}}\n", 3, "days"),
    (f"{HEAD}  windows:\n    - {{start: 2026-01-05, days: 0}}\n", 3, "days"),
    (f"{HEAD}  windows:\n    - {{start: 2026-01-05, days: 5, unit: week}}\n", 3, "unit"),
    (f'{HEAD}  windows:\n    - {{start: 2026-01-05, days: 5, time: "25:00"}}\n', 3, "time"),
    (f"{HEAD}  votes:\n    - {{present: 5}}\n", 3, "entitled"),
    (f"{HEAD}  votes:\n    - {{entitled: nine}}\n", 3, "entitled"),
    (f"{HEAD}  votes:\n    - {{entitled: 9, absent: 2}}\n", 3, "absent"),
    (f"{HEAD}  plans:\n    - {{required: {{percent: 45}}}}\n", 3, "required.of"),
    (f"{HEAD}  plans:\n    - {{quota: 9}}\n", 3, "quota"),
    (f"{HEAD}  plans:\n    - {{headcount: {{staff: -1}}}}\n", 3, "staff"),
    (f"{HEAD}  plans:\n    - {{reserve: {{admissions: 9, min: 3, max: 2}}}}\n", 3, "max"),
    (f"{HEAD}  acts: [{{on: 2026-01-05, do: talk_held}}]\n  votes: []\n", 1, "one list"),
    (f"{HEAD}  case: again\n", 2, "case"),
    (f"{HEAD}  acts: [\n", 3, "YAML"),
]


@pytest.mark.parametrize(("text", "line", "named"), WRONG)
def test_what_is_wrong_is_named_with_file_and_line(text: str, line: int, named: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        run_cases(text, "trial.yaml")

    assert refused.value.line == line
    for language in ("zh", "en"):
        assert "trial.yaml" in refused.value.message(language)
    assert named in refused.value.message("en")


def test_one_wrong_case_and_nothing_is_judged() -> None:
    good = f"{HEAD}  acts: [{{on: 2026-01-05, do: application_received}}]\n"

    with pytest.raises(UnreadableText):
        run_cases(good + HEAD + "  acts: [{on: 2026-01-05, do: talk}]\n", "trial.yaml")


def test_on_and_no_are_words_and_not_truth_values() -> None:
    results = run_cases("- {case: no, acts: [{on: 2026-01-05, do: application_received}]}\n", "trial.yaml")

    assert [result.case for result in results] == ["no"]


def test_an_empty_list_holds_no_case() -> None:
    assert run_cases("[]\n", "trial.yaml") == []


def test_braces_in_a_wrong_value_are_shown_as_they_are() -> None:
    with pytest.raises(UnreadableText) as refused:
        run_cases(f'{HEAD}  acts:\n    - {{on: 2026-01-05, do: "{{line}}"}}\n', "trial.yaml")

    assert "unknown act {line}" in refused.value.message("en")
