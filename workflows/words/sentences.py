"""Findings as sentences: what was found, what is needed, from when or how it can be mended."""

from collections.abc import Iterator, Mapping
from datetime import date

from workflows.edition import EDITIONS, Words, load_edition
from workflows.fields import FieldProblem
from workflows.findings import Finding, Shown
from workflows.steps import CheckState
from workflows.words.days import article_name, day_in_sentence, joined, render_months
from workflows.words.labels import label
from workflows.words.shelf import RuleWords, one, problems, rules

Names = Mapping[str, str]
NOBODY_KNOWN: Names = {}
_NONE = Words(zh="没有", en="none")
_OF_ANOTHER_ACT = Words(
    zh="更正以后，{on}的“{act}”不合这一条。", en="After the correction this is said of “{act}” of {on}."
)
_NOT_NEEDED = Words(zh="不需要", en="not needed")
_NOT_CHECKED = Words(zh="没有核对", en="not checked")
_NO_VALUE = (None, "-", ())


def render_finding(finding: Finding, language: str, *, names: Names = NOBODY_KNOWN) -> str:
    """The whole sentence after its article. `names`: of members, by id; who is not among them is counted."""
    article = article_name(finding.article, language)
    between = ": " if language == "en" else "："
    return f"{article}{between}{_sentence(finding, language, names)}"


def finding_sentence(finding: Finding, language: str, *, names: Names = NOBODY_KNOWN) -> str:
    """The sentence alone."""
    return _begun(_sentence(finding, language, names))


def rule_name(rule_id: str, language: str) -> str:
    """What a rule is about, in a few words."""
    return label("rule", rule_id, language)


def check_line(rule_id: str, state: CheckState, language: str) -> str:
    """The line of a checklist: what is met, or why the rule does not speak here."""
    words, name = rules().get(rule_id), rule_name(rule_id, language)
    if state in {"not_needed", "not_checked"}:
        own = words and (words.not_needed if state == "not_needed" else words.not_checked)
        why = one(own or (_NOT_NEEDED if state == "not_needed" else _NOT_CHECKED), language)
        return f"{name}: {why}" if language == "en" else f"{name}：{why}"
    if state == "met" and words is not None and words.met is not None:
        return one(words.met, language)
    return name


def render_problem(problem: FieldProblem, language: str, do: str | None = None) -> str:
    """What is wrong with a field, called by the name that it has in the act `do`."""
    words = problems().fields.get(problem.id)
    if words is None:
        return f"{problem.field}: {problem.id}"
    values = {**problem.values, "field": label("field", problem.field, language, do=do)}
    if "choices" in values:
        choices = values["choices"].split(", ")
        values["choices"] = joined((_choice(problem.field, id_, language) for id_ in choices), language)
    return _begun(one(words, language).format_map(_Said(values, language)))


def _choice(field: str, value: str, language: str) -> str:
    """A choice by its own field's word; what has none is shown by its id."""
    named = label("choice", f"{field}.{value}", language)
    return value if named == f"{field}.{value}" else named


def _sentence(finding: Finding, language: str, names: Names) -> str:
    words = rules().get(finding.rule)
    if words is None:
        return finding.rule
    said = _Said(_values(finding, words, language, names), language)
    sentence = one(_words_for(finding, words), language).format_map(said)
    added = [one(more, language).format_map(said) for more in _added(finding, words)]
    return (" " if language == "en" else "").join((sentence.lstrip(), *added))


def _added(finding: Finding, words: RuleWords) -> Iterator[Words]:
    given: dict[str, Shown] = {"earliest": finding.earliest, **finding.values}
    yield from (more for name, more in words.adds.items() if given.get(name))
    if "act" in given and "on" in given:  # what a correction brings about in another act
        yield _OF_ANOTHER_ACT


def _words_for(finding: Finding, words: RuleWords) -> Words:
    variant = finding.variant or "default"
    if variant not in words.says:
        variant = "default"
    for name, value in (("found", finding.found), ("needed", finding.needed)):
        without = words.says.get(f"{variant} without {name}")
        if without is not None and value in _NO_VALUE:
            return without
    return words.says[variant]


def _values(finding: Finding, words: RuleWords, language: str, names: Names) -> dict[str, str]:
    shown: dict[str, Shown] = {
        **finding.values,
        "found": finding.found,
        "needed": finding.needed,
        "earliest": finding.earliest,
    }
    reads = {"act": "act", **words.reads}
    return {
        name: _shown(value, reads.get(name), finding, language, names) for name, value in shown.items()
    } | _months(finding.values, language)


def _months(values: Mapping[str, Shown], language: str) -> dict[str, str]:
    months = values.get("months")
    return {"months": render_months(months, language)} if isinstance(months, int) else {}


def _shown(value: Shown, kind: str | None, finding: Finding, language: str, names: Names) -> str:
    if value in (None, ()):
        return one(_NONE, language)
    if isinstance(value, date):
        return day_in_sentence(value, language)
    if kind is None or isinstance(value, int):
        return joined(value, language) if isinstance(value, tuple) else str(value)
    ids = value if isinstance(value, tuple) else (str(value),)
    if kind == "person":
        return _people(ids, language, names)
    return joined((_named(kind, id_, finding, language) for id_ in ids), language)


def _people(ids: tuple[str, ...], language: str, names: Names) -> str:
    """Names where all are known; an id says nothing to anybody, so otherwise how many they are."""
    if all(id_ in names for id_ in ids):
        return joined((names[id_] for id_ in ids), language)
    if language == "en":
        return "1 person" if len(ids) == 1 else f"{len(ids)} persons"
    return f" {len(ids)} 人"


def _named(kind: str, id_: str, finding: Finding, language: str) -> str:
    if kind == "problem":
        words = problems().counts.get(id_)
        return id_ if words is None else one(words, language)
    kind, _, field = kind.partition(".")
    if field:
        return _choice(field, id_, language)
    edition = load_edition(finding.edition) if finding.edition in EDITIONS else None
    return label(kind, id_, language, edition)


def _begun(sentence: str) -> str:
    """A sentence that stands alone begins with a capital."""
    return sentence[:1].upper() + sentence[1:]


class _Said(dict[str, str]):
    """A value that nobody gave is none: a message must never fail itself."""

    def __init__(self, values: Mapping[str, str], language: str) -> None:
        super().__init__(values)
        self.language = language

    def __missing__(self, key: str) -> str:
        return one(_NONE, self.language)
