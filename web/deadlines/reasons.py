"""The reasons for a day in words: where it begins, how long it is, what does not count, where it ends."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from web import dates
from web.deadlines.answers import Note, Reason
from web.deadlines.strip import ONE, kind_of
from web.language import language
from web.sayings import article_text
from web.words import act_name, joined, labelled, sentence, word
from workflows.counts import Count
from workflows.edition import Edition
from workflows.explained import CULTIVATION, PROBATION, CountedDay, Explanation

_CAPPED = frozenset({"approval_cap", "deferral_cap"})
_PURPOSE_OF_ANCHOR: Mapping[str, str] = {
    "approval": "admission", "approval_cap": "admission", "department_filing": "admission",
    "oath": "admission", "conversion_meeting": "admission", "deferral_cap": "admission",
    "conversion_approval": "conversion", "archive": "conversion", PROBATION: "admission",
}  # fmt: skip
_ARTICLE_OF: Mapping[str, str] = {CULTIVATION: "cultivation_period", PROBATION: "probation_complete"}


def reasons_of(explanation: Explanation, edition: Edition) -> list[Reason]:
    """All but the calendar, which the sources give."""
    found = [Reason(_("Begins"), _begins(explanation, edition))]
    found += [Reason(_("Length"), _length(count)) for count in explanation.counts]
    left_out = [one for one in explanation.not_counted if one.reason == "rest"]
    if left_out:
        found.append(Reason(_("Left out"), _left_out(left_out)))
    worked = [
        one for one in explanation.days if one.number and one.kind.working and one.day.weekday() > _FRIDAY
    ]
    if worked and explanation.last.unit == "working":
        days = joined(dates.short_day(one.day, language()) for one in worked)
        found.append(Reason(_("Make-up days"), _("%(days)s: worked in exchange, so it counts.", days=days)))
    found += _pauses(explanation)
    found.append(Reason(_("Ends"), _ends(explanation)))
    found += _grace(explanation)
    found += _after(explanation, edition)
    return [*found, Reason(_("Edition"), _edition(explanation, edition))]


def notes_of(explanation: Explanation) -> list[Note]:
    found = []
    if explanation.is_provisional:
        text = _("Weekends and fixed holidays only; the day may still move by the official notice.")
        found.append(Note(_("Provisional"), text))
    if explanation.is_suspended:
        text = _("The dossier is suspended. When it is resumed, the day is counted anew.")
        found.append(Note(_("Suspended"), text))
    return found


_FRIDAY = 4


def _begins(explanation: Explanation, edition: Edition) -> str:
    day = dates.short_day(explanation.anchor, language())
    if explanation.anchor.year != explanation.due.year:
        day = dates.long_day(explanation.anchor, language())
    if explanation.id == "notice_result":
        return _(
            "The notice hangs until %(day)s, 24:00; the day after it is the first that may count.", day=day
        )
    if explanation.opened_by is None:
        return _("%(day)s, the first day of the period; it counts.", day=day)
    act = act_name(explanation.opened_by, _PURPOSE_OF_ANCHOR.get(explanation.id), edition)
    return _("%(day)s: %(act)s. That day itself is not counted.", day=day, act=act)


def _length(count: Count) -> str:
    sentences = [_number(count)]
    if count.is_clamped:
        sentences.append(_("That month has no day %(n)s: it ends with the month.", n=count.anchor.day))
    if count.is_rolled:
        sentences.append(_("29 February is followed by 1 March: the township has chosen so."))
    if count.is_local:
        sentences.append(_("The township has set this length."))
    return ("" if language() == "zh" else " ").join(sentences)


def _number(count: Count) -> str:
    match count.unit:
        case "months":
            ends = dates.long_day(count.ends, language())
            return ngettext(
                "%(num)s month, to the same day of the month: %(ends)s (%(days)s days).",
                "%(num)s months, to the same day of the month: %(ends)s (%(days)s days).",
                count.length, ends=ends, days=count.days,
            )  # fmt: skip
        case "working":
            return _(
                "%(n)s working days. Weekends and holidays do not count, make-up days do.", n=count.length
            )
        case "quarter":
            return _("The whole quarter, %(n)s days.", n=count.days)
        case "half_year":
            return _("The whole half-year, %(n)s days.", n=count.days)
        case _:
            return _("%(n)s days; rest days count too.", n=count.length)


def _left_out(days: Iterable[CountedDay]) -> str:
    """周末：6月6日、6月7日；端午放假：6月19日."""
    by_kind = sorted(days, key=lambda one: (kind_of(one.day, one.kind), one.day))
    parts = []
    for kind, run in groupby(by_kind, key=lambda one: kind_of(one.day, one.kind)):
        parts.append(labelled(kind, joined(_spans([one.day for one in run]))))
    return ("；" if language() == "zh" else "; ").join(parts) + ("。" if language() == "zh" else ".")


def _spans(days: list[date]) -> list[str]:
    """Days in a row as one span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day == spans[-1][-1] + ONE:
            spans[-1].append(day)
        else:
            spans.append([day])
    return [
        dates.span(run[0], run[-1], language()) if len(run) > 1 else dates.month_day(run[0], language())
        for run in spans
    ]


def _pauses(explanation: Explanation) -> list[Reason]:
    found = []
    for pause in explanation.pauses:
        assert pause.resumed_on is not None
        text = _(
            "From %(first)s to %(last)s it was suspended: %(n)s days do not count. "
            "%(resumed)s, the day of the resumption, counts again.",
            first=dates.long_day(pause.on, language()),
            last=dates.long_day(pause.resumed_on - ONE, language()),
            n=(pause.resumed_on - max(pause.on, explanation.anchor)).days,
            resumed=dates.month_day(pause.resumed_on, language()),
        )
        found.append(Reason(_("Suspended"), text))
    if explanation.resumed_on is not None:
        text = _(
            "It was resumed on %(day)s. It falls due no earlier than 30 days after that: "
            "not on %(before)s, but on %(due)s.",
            day=dates.short_day(explanation.resumed_on, language()),
            before=dates.short_day(explanation.last.ends, language()),
            due=dates.short_day(explanation.due, language()),
        )
        found.append(Reason(_("After a suspension"), text))
    return found


def _ends(explanation: Explanation) -> str:
    due = dates.long_day(explanation.due, language())
    if explanation.id == PROBATION:
        last = dates.long_day(explanation.due - ONE, language())
        return _("%(last)s is the last day of probation. Membership counts from %(due)s.", last=last, due=due)
    if explanation.is_minimum:
        return _("Full on %(day)s: on this day it may be done, also on a rest day.", day=due)
    return _("%(day)s; done on this day it is in time. A rest day does not move it.", day=due)


def _grace(explanation: Explanation) -> list[Reason]:
    if explanation.id in _CAPPED:
        return [Reason(_("Grace"), _("None: this is the utmost limit, on a rest day as well."))]
    if explanation.grace == explanation.due:
        return []
    grace = dates.short_day(explanation.grace, language())
    return [
        Reason(
            _("Grace"), _("The due day is a rest day: until %(day)s lateness is only remarked.", day=grace)
        )
    ]


def _after(explanation: Explanation, edition: Edition) -> list[Reason]:
    if explanation.id == CULTIVATION:
        return [Reason(_("After it"), _("It may be proposed, it need not be. The branch committee decides."))]
    if explanation.id == PROBATION:
        return [Reason(_("After it"), _("The branch's general meeting discusses the conversion."))]
    kind = edition.deadlines.get(explanation.id)
    if kind is None:
        return []
    return [Reason(_("After it"), _("It is settled by: %(act)s.", act=word("act", kind.act, edition)))]


def _edition(explanation: Explanation, edition: Edition) -> str:
    kind = edition.deadlines.get(explanation.id)
    article = kind.article if kind else ""
    if explanation.id in _ARTICLE_OF:
        article = edition.rules[_ARTICLE_OF[explanation.id]].article
    begins = dates.long_day(edition.in_force.begins, language())
    judged = _("By the edition of %(id)s, in force since %(day)s.", id=edition.id, day=begins)
    rests_on = sentence(article_text(article, edition.id) or _("Practice"))
    return judged + ("" if language() == "zh" else " ") + rests_on


def answer_of(explanation: Explanation) -> str:
    due = dates.long_day(explanation.due, language())
    weekday = dates.weekday(explanation.due, language())
    if explanation.is_minimum:
        return _("From %(day)s (%(weekday)s).", day=due, weekday=weekday)
    return _("%(day)s (%(weekday)s), until 24:00.", day=due, weekday=weekday)
