"""The forms that ask to see what is sealed: what there is, and the reasons to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.reveals import CONTENT_REASONS, REASONS
from recruit.queries.dossiers import DossierView
from recruit.queries.history import Entry
from web.acts.fields import Choice
from web.visitors import visitor


@dataclass(frozen=True, slots=True)
class Form:
    """`choices`: what may be shown, each by its own button; of contents the buttons stand with the acts."""

    action: str
    reasons: tuple[Choice, ...]
    choices: tuple[Choice, ...] = ()
    count: int = 0


def values_form(view: DossierView) -> Form | None:
    """For number, telephone and day of birth; None where none is kept or this visitor may see none."""
    if not view.may_reveal or not view.person.kept:
        return None
    return Form(
        action=url_for("reveals.value", dossier=view.row.id),
        reasons=_reasons(REASONS),
        choices=tuple(Choice(what, kept_name(what)) for what in view.person.kept),
    )


def contents_form(view: DossierView, entries: Sequence[Entry]) -> Form | None:
    """For what was written with the acts; None where nothing is sealed or this visitor may see nothing."""
    count = sum(entry.written == "sealed" for entry in entries)
    if not view.may_reveal or not count:
        return None
    return Form(
        action=url_for("reveals.contents", dossier=view.row.id),
        reasons=_reasons(_likeliest_first(CONTENT_REASONS)),
        count=count,
    )


def kept_name(what: str) -> str:
    """身份证号."""
    return {"id_number": _("ID number"), "phone": _("Telephone"), "born": _("Day of birth")}[what]


def reason_name(reason: str) -> str:
    """核对纸质材料."""
    return {
        "handling": _("work on this dossier"),
        "paper_checked": _("comparing with a paper"),
        "inquiry_sent": _("a letter of inquiry"),
        "correction": _("correcting a record"),
        "inspection": _("inspection or audit"),
        "call": _("calling the person"),
    }[reason]


def _likeliest_first(reasons: Sequence[str]) -> Sequence[str]:
    """The first is chosen already, so that a text is one press away; an auditor's is another one."""
    seen = visitor()
    if seen is None or not seen.is_auditor:
        return reasons
    return sorted(reasons, key=lambda reason: reason != "inspection")


def _reasons(reasons: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(reason, reason_name(reason)) for reason in reasons)
