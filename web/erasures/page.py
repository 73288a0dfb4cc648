"""An erasure in words: what it would destroy, what stays, on which ground, and why it may not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.erasable import GROUNDS
from recruit.context import Context
from recruit.queries.erasures import DossierOf, ErasureRow, PersonRow, Preview, erasures
from web import dates
from web.acts.fields import Choice
from web.desk.rows import Row
from web.desk.sections import Section
from web.language import language
from web.reveals.forms import kept_name
from web.words import clauses, edition_of_today, joined, labelled, sentence, word


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """`q` None: this visitor proposes nothing, and there is nobody to look for."""

    rows: Sequence[Row]
    q: str | None
    found: list[Found]


@dataclass(frozen=True, slots=True)
class Effects:
    """What goes and what stays, nothing where no ground holds; `why_not`: what forbids the grounds."""

    dossiers: list[str]
    destroyed: list[str]
    stays: list[str]
    why_not: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """`may_propose`: at least one ground holds and nothing waits; the entries are those that were sent."""

    name: str
    about: str
    action: str
    effects: Effects
    grounds: tuple[Choice, ...]
    may_propose: bool
    waiting_href: str
    ground: str = ""
    ticket: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    name: str
    about: str
    asked: str
    paper: str
    proposed: str
    effects: Effects
    may_confirm: bool
    is_refusing: bool
    confirm_action: str
    withdraw_action: str
    problem: str = ""


def found_row(row: PersonRow) -> Found:
    return Found(row.name, about(row), url_for("erasures.person", person=row.id))


def waiting_row(row: ErasureRow) -> Row:
    """One proposal, as a line of a list."""
    return Row(
        level="soon",
        when=dates.long_day(dates.local(row.proposed_at).date(), language()),
        day=dates.clock_time(row.proposed_at),
        title=labelled(row.name, ground_name(row.ground)),
        text=sentence(clauses([row.organization_name, paper(row), row.proposed_by_name])),
        href=url_for("erasures.check", erasure=row.id),
        verb=_("Look"),
    )


def desk_section(context: Context, *, proposes: bool) -> Section:
    """For the desk of an administrator."""
    return Section(
        _("Erasing persons"),
        "rows.html",
        [waiting_row(row) for row in erasures(context)],
        nothing=_("No proposal waits."),
        href=url_for("erasures.waiting"),
        link=_("Propose an erasure") if proposes else _("All proposals"),
    )


def person_page(preview: Preview) -> PersonPage:
    """For whoever proposes."""
    person = preview.person
    holding = tuple(ground for ground in GROUNDS if ground not in preview.refusals)
    return PersonPage(
        name=person.name,
        about=about(person),
        action=url_for("erasures.propose", person=person.id),
        effects=effects_of(preview),
        grounds=tuple(Choice(ground, ground_name(ground)) for ground in holding),
        may_propose=bool(holding) and preview.waits is None,
        waiting_href=url_for("erasures.check", erasure=preview.waits) if preview.waits else "",
    )


def check_page(row: ErasureRow, preview: Preview, *, is_proposer_role: bool, problem: str = "") -> CheckPage:
    """For whoever confirms, refuses or takes back; `problem`: why it was shown again."""
    moment = dates.local(row.proposed_at)
    proposed = _(
        "Proposed by %(name)s, %(day)s %(time)s.",
        name=row.proposed_by_name, day=dates.long_day(moment.date(), language()),
        time=dates.clock_time(row.proposed_at),
    )  # fmt: skip
    return CheckPage(
        name=row.name,
        about=about(preview.person),
        asked=sentence(ground_name(row.ground)),
        paper=paper(row),
        proposed=proposed,
        effects=effects_of(preview, ground=row.ground),
        may_confirm=row.may_confirm and row.ground not in preview.refusals,
        is_refusing=not is_proposer_role,
        confirm_action=url_for("erasures.confirm", erasure=row.id),
        withdraw_action=url_for("erasures.withdraw", erasure=row.id),
        problem=problem,
    )


def effects_of(preview: Preview, *, ground: str | None = None) -> Effects:
    """With `ground` only what forbids that one."""
    grounds = [ground] if ground else list(GROUNDS)
    refused = [one for one in grounds if one in preview.refusals]
    holds = len(refused) < len(grounds)
    return Effects(
        dossiers=[_dossier(one) for one in preview.dossiers],
        destroyed=_destroyed(preview) if holds else [],
        stays=_stays(preview) if holds else [],
        why_not=list(dict.fromkeys(preview.refusals[one].message(language()) for one in refused)),
    )


def _dossier(one: DossierOf) -> str:
    opened = _("opened %(day)s", day=dates.long_day(one.opened_on, language()))
    return clauses([one.branch_name, opened, word("stage", one.stage, edition_of_today())])


def _stays(preview: Preview) -> list[str]:
    return [
        ngettext(
            "%(num)s record of the log, with days, counts and choices alone.",
            "%(num)s records of the log, with days, counts and choices alone.",
            preview.acts,
        ),
        _("The log verifies and rebuilds as before."),
        _("That this person was erased, when, by whom and on which ground."),
        _("Backups of before, for 35 days at most, if their keys are deleted after 30."),
    ]


def _destroyed(preview: Preview) -> list[str]:
    kept = joined(kept_name(what) for what in preview.kept)
    lines = [
        _("The name and everything else in the directory of persons."),
        _("On record, sealed: %(what)s.", what=kept) if kept else "",
        ngettext(
            "What was written with %(num)s record: talks, reviews, opinions.",
            "What was written with %(num)s records: talks, reviews, opinions.",
            preview.contents,
        ) if preview.contents else "",
        ngettext(
            "The details of %(num)s refused attempt.", "The details of %(num)s refused attempts.",
            preview.attempts,
        ) if preview.attempts else "",
        ngettext(
            "The details of %(num)s proposal for a second person.",
            "The details of %(num)s proposals for a second person.",
            preview.proposals,
        ) if preview.proposals else "",
        _("The person's key: whatever was copied elsewhere stays unreadable."),
    ]  # fmt: skip
    return [line for line in lines if line]


def about(person: PersonRow) -> str:
    """Listed with whom, born when: to tell namesakes apart."""
    born = ""
    if person.birth_month:
        month = date.fromisoformat(f"{person.birth_month}-01")
        born = _("born %(month)s", month=dates.month(month, language()))
    return sentence(clauses([person.organization_name, born]))


def paper(row: ErasureRow) -> str:
    return labelled(_("Number of the paper"), row.ticket)


def ground_name(ground: str) -> str:
    """保存期满."""
    return {
        "retention_over": _("Retention over"),
        "request": _("Lawful request of the person"),
        "court": _("Demanded by a court or authority"),
    }[ground]
