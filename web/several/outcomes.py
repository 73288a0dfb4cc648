"""What comes of the act for each person: as it would be, and as it was recorded, each one alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import RecordAct, record_act
from recruit.context import Context
from recruit.errors import BadInput, KeyReused, NotAllowed, NotFound, Refused, StaleDossier
from web.acts.refusal import REFUSING, graver_first
from web.dossiers.rights import SEVERAL
from web.language import language
from web.words import value_text
from workflows.findings import Finding
from workflows.words import finding_sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One person's line: `is_good`: recorded, or would be."""

    dossier: str
    name: str
    own: str
    is_good: bool
    state: str
    reasons: tuple[str, ...]
    href: str


def previewed(context: Context, commands: Sequence[RecordAct], names: Mapping[str, str]) -> list[Line]:
    """Each one judged, nothing written."""
    return [_line(context, replace(one, dry_run=True), names, good=_("can be recorded")) for one in commands]


def recorded(context: Context, commands: Sequence[RecordAct], names: Mapping[str, str]) -> list[Line]:
    """Each one recorded in a transaction of its own."""
    return [_line(context, one, names, good=_("recorded")) for one in commands]


def kept(entries: MultiDict[str, str], lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Every entry for the next button, without those who were refused in the preview."""
    gone = {"csrf_token", "step", "switch", "who"}
    rest = [(name, value) for name, value in entries.items(multi=True) if name not in gone]
    return rest + [("who", line.dossier) for line in lines if line.is_good]


def _line(context: Context, command: RecordAct, names: Mapping[str, str], *, good: str) -> Line:
    try:
        done = record_act(context, command)
    except Refused as refused:
        return _of(command, names, state=_("refused"), reasons=_sentences(refused.findings))
    except StaleDossier:
        return _of(command, names, state=_("changed meanwhile"), reasons=(_looked_again(),))
    except BadInput as problem:
        return _of(command, names, state=_("cannot be read"), reasons=(problem.message(language()),))
    except (KeyReused, NotAllowed, NotFound) as error:
        return _of(command, names, state=_("refused"), reasons=(error.message(language()),))
    return _of(command, names, is_good=True, state=good, reasons=_sentences(done.findings))


def _looked_again() -> str:
    return _("Somebody recorded something on this dossier meanwhile. Look at it, then record this again.")


def _sentences(findings: Sequence[Finding]) -> tuple[str, ...]:
    shown = graver_first(findings)
    refusing = [one for one in shown if one.severity in REFUSING]
    return tuple(finding_sentence(one, language()) for one in refusing or shown)


def _of(
    command: RecordAct,
    names: Mapping[str, str],
    *,
    state: str,
    reasons: tuple[str, ...],
    is_good: bool = False,
) -> Line:
    own = command.details.get(SEVERAL[command.do])
    return Line(
        dossier=command.dossier,
        name=names.get(command.dossier, ""),
        own=_said(SEVERAL[command.do], own),
        is_good=is_good,
        state=state,
        reasons=reasons,
        href=url_for("dossiers.page", dossier=command.dossier),
    )


def _said(name: str, value: object) -> str:
    flags = {"true": True, "false": False}
    return value_text(name, flags.get(str(value), value), {}) if value else ""
