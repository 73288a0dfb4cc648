"""The words of meetings: bodies, votes, results, and whom the pages serve."""

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.sitting import ItemRow, SittingRow, count_of
from recruit.queries.meetings import MeetingLine
from web import dates
from web.language import language
from web.visitors import AUDIT
from web.words import act_name, clauses, edition_of_today, labelled
from workflows.ballots import Count

OPENERS = ("branch_secretary", "branch_clerk", "organizer", "committee_secretary")  # who keeps minutes
HOLDERS = (*OPENERS, "committee_member")  # a member confirms
READERS = (*HOLDERS, "department", *sorted(AUDIT))
GLYPHS = {"for": "✓", "against": "✕", "abstain": "○", "recused": "—"}
CELLS = {"for": "y", "against": "n", "abstain": "a", "recused": "avoid"}


def people(count: int) -> str:
    """So many of them."""
    return ngettext("%(num)s person", "%(num)s persons", count)


def kind_name(kind: str) -> str:
    """党委会、支委会、支部大会."""
    match kind:
        case "committee":
            return _("Committee meeting")
        case "branch_committee":
            return _("Branch committee meeting")
        case _:
            return _("General meeting of the branch")


def ballot_name(ballot: str) -> str:
    match ballot:
        case "named":
            return _("By name")
        case "secret":
            return _("Secret ballot")
        case _:
            return _("Counted hands")


def vote_name(vote: str) -> str:
    match vote:
        case "for":
            return _("For")
        case "against":
            return _("Against")
        case "abstain":
            return _("Abstain")
        case _:
            return _("Recused")


def count_name(name: str) -> str:
    """What a number of the ballot is called."""
    match name:
        case "issued":
            return _("Issued")
        case "returned":
            return _("Returned")
        case "invalid":
            return _("Invalid")
        case _:
            return vote_name(name.removeprefix("written_"))


def state_of(line: MeetingLine) -> tuple[str, str]:
    """A level of colour and a word."""
    match line.state:
        case "open":
            return "act", _("under way")
        case "handed":
            return "warn", _("waits for confirmation")
        case "confirmed":
            return "ok", _("confirmed")
        case "void":
            return "bad", _("void: no quorum")
        case _:
            return "idle", _("decisions entered one by one")


def when_line(sitting: SittingRow) -> str:
    """2016年6月15日（周三）09:00，镇二号会议室."""
    day = dates.long_day(sitting.on, language())
    weekday = dates.weekday(sitting.on, language())
    whole = f"{day}（{weekday}）" if language() == "zh" else f"{weekday} {day} "
    return clauses([f"{whole}{sitting.time or ''}".strip(), sitting.where or ""])


def item_act(item: ItemRow) -> str:
    """What is decided, in the words of the edition of today, an extension with its months."""
    name = act_name(item.do, item.purpose or None, edition_of_today())
    return clauses([name, _("%(n)s months", n=item.months)]) if item.months else name


def title_of(sitting: SittingRow) -> str:
    """逐人表决：党委预审."""
    acts = list(dict.fromkeys(item_act(one) for one in sitting.items))
    if not acts:
        return kind_name(sitting.kind)
    return labelled(kind_name(sitting.kind), clauses(acts))


def result_of(sitting: SittingRow, item: ItemRow) -> tuple[str, str]:
    """A level of colour and the result: 过半, or by how many it falls short."""
    count = count_of(sitting, item)
    if count is None:
        return "", ""
    if count.outcome == "passed":
        return "ok", _("Passed: %(n)s for", n=count.tally.votes_for)
    return "bad", _("Not passed: %(n)s for, %(short)s short", n=count.tally.votes_for, short=count.short_by)


def count_lines(count: Count) -> list[str]:
    """赞成 7，弃权 1: the numbers that are not nothing."""
    named = (
        ("for", count.for_),
        ("against", count.against),
        ("abstain", count.abstain),
        ("invalid", count.invalid),
        ("recused", count.recused),
    )
    lines = [f"{count_name(name)} {number}" for name, number in named if number or name == "for"]
    written = (count.written_for, count.written_against, count.written_abstain)
    if any(written):
        lines.append(
            _("written: %(y)s for, %(n)s against, %(a)s abstain", y=written[0], n=written[1], a=written[2])
        )
    return lines
