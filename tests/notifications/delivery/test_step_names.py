"""What a message calls a step: the law's own word where there is one, never the words of a plan."""

import pytest

from notifications.delivery.rendering import step_name


@pytest.mark.parametrize(
    ("kind", "id_", "zh", "en"),
    [
        ("deadline", "talk", "派人谈话", "Talk"),
        ("duty", "register_review", "名册核对", "Review of the registers"),
        ("milestone", "inspection", "计划里的一步", "a step of the plan"),
        ("act", "papers_returned", "退回补材料", "Papers returned"),
    ],
)
def test_a_step_is_called_by_the_word_of_the_law_in_both_languages(
    kind: str, id_: str, zh: str, en: str
) -> None:
    assert step_name(kind, id_, "zh") == zh
    assert step_name(kind, id_, "en") == en
