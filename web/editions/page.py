"""Editions in tables: their days, their acts and rules, and where two of them differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import url_for
from flask_babel import gettext as _

from web import dates
from web.language import language
from web.settings.words import value_text
from web.words import joined, word
from workflows.edition import EDITIONS, ActKind, Edition, RuleKind, Words, load_edition
from workflows.settings import SETTING_NAMES, settings_for
from workflows.words import article_name, rule_name


@dataclass(frozen=True, slots=True)
class Listed:
    title: str
    days: str
    is_in_force: bool
    counts: str
    href: str


@dataclass(frozen=True, slots=True)
class Act:
    id: str
    name: str
    by: str
    stages: str
    leads: str


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    name: str
    article: str
    live: str
    audit: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`before`, `after`: what each edition says; empty where it knows none."""

    kind: str
    name: str
    before: str
    after: str


def listed(today: Edition) -> list[Listed]:
    return [
        Listed(
            title=_title(one.title),
            days=_days(one),
            is_in_force=one.id == today.id,
            counts=_("%(acts)s acts, %(rules)s rules", acts=len(one.acts), rules=len(one.rules)),
            href=url_for("editions.one", edition=one.id),
        )
        for one in map(load_edition, reversed(EDITIONS))
    ]


def pairs() -> list[tuple[str, str]]:
    """Each edition with the one before it."""
    return list(pairwise(EDITIONS))


def acts_of(edition: Edition) -> list[Act]:
    return [_act(do, kind, edition) for do, kind in edition.acts.items()]


def rules_of(edition: Edition) -> list[Rule]:
    return [
        Rule(
            id=id_,
            name=rule_name(id_, language()),
            article=article_name(rule.article, language()),
            live=_("not judged live") if rule.live == "-" else word("severity", rule.live),
            audit=word("severity", rule.audit),
        )
        for id_, rule in edition.rules.items()
    ]


def title_of(edition: Edition) -> str:
    return _title(edition.title)


def days_of(edition: Edition) -> str:
    return _days(edition)


def differences(before: Edition, after: Edition) -> list[Difference]:
    return [*_settings(before, after), *_acts(before, after), *_rules(before, after)]


def _settings(before: Edition, after: Edition) -> Iterator[Difference]:
    old, new = settings_for(before.defaults, {}), settings_for(after.defaults, {})
    for name in SETTING_NAMES:
        attribute = name.replace(".", "_")
        was, is_ = (value_text(name, getattr(one, attribute)) for one in (old, new))
        if was != is_:
            yield Difference(_("setting"), word("setting", name), was, is_)


def _acts(before: Edition, after: Edition) -> Iterator[Difference]:
    for do in dict.fromkeys((*before.acts, *after.acts)):
        was, is_ = (_act_text(do, one) for one in (before, after))
        if was != is_:
            known = after if do in after.acts else before
            yield Difference(_("act"), word("act", do, known), was, is_)


def _rules(before: Edition, after: Edition) -> Iterator[Difference]:
    for id_ in dict.fromkeys((*before.rules, *after.rules)):
        was, is_ = (_rule_text(one.rules.get(id_)) for one in (before, after))
        if was != is_:
            yield Difference(_("rule"), rule_name(id_, language()), was, is_)


def _act_text(do: str, edition: Edition) -> str:
    """By whom, where it is open and where it leads; empty where the edition lacks it or opens it nowhere."""
    kind = edition.acts.get(do)
    if kind is None:
        return ""
    act = _act(do, kind, edition)
    mark = "；" if language() == "zh" else "; "
    return mark.join([act.by, act.stages, act.leads])


def _rule_text(rule: RuleKind | None) -> str:
    if rule is None:
        return ""
    live = _("not judged live") if rule.live == "-" else word("severity", rule.live)
    return joined(
        (
            article_name(rule.article, language()),
            live,
            _("audit: %(severity)s", severity=word("severity", rule.audit)),
        )
    )


def _act(do: str, kind: ActKind, edition: Edition) -> Act:
    stages = dict.fromkeys(stage for purpose in kind.purposes for stage in kind.stages(purpose))
    moves = dict.fromkeys(move.to for move in kind.moves)
    who = {
        "B": _("branch"),
        "G": _("general branch"),
        "C": _("committee"),
        "D": _("department"),
        "P": _("the person"),
    }
    return Act(
        id=do,
        name=word("act", do, edition),
        by=joined(who[one] for one in kind.by),
        stages=joined(word("stage", stage, edition) for stage in stages) or _("begins a dossier"),
        leads=joined(word("stage", stage, edition) for stage in moves) or _("stays"),
    )


def _title(title: Words) -> str:
    return title.zh if language() == "zh" else title.en


def _days(edition: Edition) -> str:
    first = dates.long_day(edition.in_force.begins, language())
    if edition.in_force.ends is None:
        return _("acts from %(first)s on", first=first)
    last = dates.long_day(edition.in_force.ends, language())
    return _("acts from %(first)s to %(last)s", first=first, last=last)
