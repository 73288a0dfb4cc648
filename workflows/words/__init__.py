"""The words of the law, Chinese and English: findings as sentences, labels, problems, days."""

from workflows.words.days import article_name, chinese_number, render_day, render_day_short
from workflows.words.labels import KINDS, label
from workflows.words.sentences import check_line, finding_sentence, render_finding, render_problem, rule_name

__all__ = [
    "KINDS",
    "article_name",
    "check_line",
    "chinese_number",
    "finding_sentence",
    "label",
    "render_day",
    "render_day_short",
    "render_finding",
    "render_problem",
    "rule_name",
]
