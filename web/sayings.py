"""An act in sentences: its title with its outcome, its numbers and names, the rule that it rests on."""

from base64 import b32encode
from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from recruit.queries.history import Entry
from web import dates
from web.language import language
from web.words import act_name, clauses, field_name, labelled, sentence, value_text, word
from workflows.acts import Act
from workflows.calendar import Calendar
from workflows.edition import FIRST_JUDGED, Edition
from workflows.ground import Ground
from workflows.outcomes import vote_outcome
from workflows.words import article_name

_COUNTS = (
    "entitled", "members", "present", "for", "against", "abstain", "invalid",
    "written_for", "written_against", "written_abstain",
)  # fmt: skip
_TITLED = frozenset({"purpose", "passed", "approved", "qualified", "upheld"})
_QUIET = frozenset(
    {"act", "attachments", "sha256", "secret", "resolution", "replacement", "note", "reason", "override"}
)
_QUOTED = ("reason", "override", "note")
OF_REPLACEMENT = "replacement."
_CODE_BYTES = 5
_SHOWN_ZEROS = frozenset({"for", "present"})


def act_title(act: Act, edition: Edition) -> str:
    """支部大会表决（接收）：通过."""
    title = act_name(act.do, act.purpose, edition)
    result = outcome_word(vote_outcome(act)) if act.do == "meeting_voted" else _flag_word(act)
    return _("%(act)s: %(result)s", act=title, result=result) if result else title


def correction_title(act: Act, ground: Ground) -> str:
    """更正：第 3 条，现为 2014年7月21日“派人谈话”; any other act by its own title."""
    edition = ground.edition_on(act.on)
    number = act.count("act")
    if act.do != "corrected" or number is None:
        return act_title(act, edition)
    if act.replacement is None:
        return _("%(title)s: act %(number)s is taken back", title=word("act", act.do, edition), number=number)
    return _(
        "%(title)s: act %(number)s, now “%(act)s” of %(day)s",
        title=word("act", "corrected", edition), number=number, act=act_title(act.replacement, edition),
        day=dates.long_day(act.replacement.on, language()),
    )  # fmt: skip


def replacement_lines(entry: Entry, content: Mapping[str, object], people: Mapping[str, str]) -> list[str]:
    """What a correction puts in the place of the old values; of the texts those that are given."""
    if entry.act is None or entry.act.replacement is None:
        return []
    new = entry.act.replacement
    lines = [*act_lines(new, people), *written_lines(new, content_of_replacement(content))]
    return [labelled(_("Now"), line) for line in lines]


def content_of_replacement(content: Mapping[str, object]) -> dict[str, object]:
    """What a correction's content holds for the act that takes the place of the old one."""
    return {
        name.removeprefix(OF_REPLACEMENT): text
        for name, text in content.items()
        if name.startswith(OF_REPLACEMENT)
    }


def outcome_word(outcome: str) -> str:
    """What a vote came to."""
    match outcome:
        case "passed":
            return _("passed")
        case "not_passed":
            return _("not passed")
        case "void":
            return _("void, too few were present")
        case _:
            return outcome


def _flag_word(act: Act) -> str:
    for name, yes, no in (
        ("passed", _("passed"), _("not passed")),
        ("approved", _("approved"), _("not approved")),
        ("qualified", _("qualified"), _("not qualified")),
        ("upheld", _("upheld"), _("not upheld")),
    ):
        value = act.details.get(name)
        if isinstance(value, bool):
            return yes if value else no
    return ""


def act_lines(act: Act, people: Mapping[str, str]) -> list[str]:
    """Numbers first, then the other details; what was written is sealed and stands in none of them."""
    return [line for line in (_sentence(_counts(act)), _sentence(_details(act, people))) if line]


def written_lines(act: Act, content: Mapping[str, object]) -> list[str]:
    """What was written with an act, once it is opened."""
    parts = [
        labelled(field_name(name, act.do), str(text))
        for name, text in content.items()
        if name not in _QUIET and not name.startswith(OF_REPLACEMENT)
    ]
    quoted = [
        _("%(what)s: “%(text)s”", what=field_name(name, act.do), text=content[name])
        for name in _QUOTED
        if content.get(name)
    ]
    return [line for line in (_sentence(parts), *quoted) if line]


def sealed_line(entry: Entry) -> str:
    """What a page says in the place of what was written."""
    match entry.written:
        case "sealed":
            return _("What was written is sealed; seeing it is put on record.")
        case "withheld":
            return _("What was written is kept by the committee; the branch does not read it.")
        case "erased":
            return _("The personal part of this record has been erased.")
        case _:
            return ""


def rule_line(act: Act, edition: Edition) -> str:
    """The article of the edition in force that day; before the first edition nothing is judged."""
    if act.on < FIRST_JUDGED:
        return _("Before %(day)s: recorded only, not judged", day=dates.long_day(FIRST_JUDGED, language()))
    kinds = (edition.rules[rule] for rule in edition.rules_for(act.do, act.name))
    return articles_line([kind.article for kind in kinds if "any" not in kind.at], edition.id)


def articles_line(articles: Sequence[str], edition: str) -> str:
    """依据：细则（2014年版）第十三条."""
    numbers = sorted({int(part) for article in articles for part in article.split(", ") if part.isdecimal()})
    if not numbers:
        return ""
    named = article_name(", ".join(str(number) for number in numbers), language())
    if language() == "zh":
        return f"依据：细则（{edition}年版）{named}"
    return f"Rule: Detailed Rules ({edition}), {named}"


def article_text(article: str, edition: str) -> str:
    """The rule's article; a local rule says that it is one, mere practice says nothing."""
    if article == "local":
        return _("Rule: the township's own")
    return articles_line([article], edition)


def late_days(act: Act, calendar: Calendar) -> int:
    """Working days from the day it happened to the day it was recorded."""
    recorded: date = act.recorded_on
    return calendar.working_days_after(act.on, recorded)


def check_text(hashed: bytes) -> str:
    """Eight characters of a hash, to be read out on the telephone."""
    text = b32encode(hashed[:_CODE_BYTES]).decode()
    return f"{text[:4]}-{text[4:8]}"


def _counts(act: Act) -> list[str]:
    secret = [_("secret ballot")] if act.details.get("secret") is True else []
    found = []
    for name in _COUNTS:
        count = act.count(name)
        if count or (count == 0 and name in _SHOWN_ZEROS):
            found.append(f"{field_name(name, act.do)} {count}")
    return secret + found if found else []


def _details(act: Act, people: Mapping[str, str]) -> list[str]:
    parts = []
    first, last = act.day("from"), act.day("to")
    if first and last:
        parts.append(dates.span(first, last, language()))
    for name, value in act.details.items():
        if name in _TITLED | _QUIET or name in _COUNTS or (first and last and name in {"from", "to"}):
            continue
        parts.append(labelled(field_name(name, act.do), value_text(name, value, people)))
    return parts


def _sentence(parts: list[str]) -> str:
    return sentence(clauses(parts))


def for_whom(name: str, absent: str | None) -> str:
    """刘敏（代 李建国）, where somebody stood in."""
    return _("%(name)s for %(absent)s", name=name, absent=absent) if absent else name


def recorder(name: str, role: str | None, edition: Edition, *, absent: str | None = None) -> str:
    """李建国（支部书记）; 刘敏（代 李建国，支部书记）."""
    if not role:
        return for_whom(name, absent)
    if absent:
        named = word("role", role, edition)
        return _("%(name)s for %(absent)s (%(role)s)", name=name, absent=absent, role=named)
    return _("%(name)s (%(role)s)", name=name, role=word("role", role, edition))
