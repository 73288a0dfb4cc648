"""What a form sends along: kept at once, so that no refused form ever asks for it again."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from flask import request
from werkzeug.datastructures import MultiDict

from recruit.commands.files import KeepFile, OwnerKind, drop_file, keep_file
from recruit.commands.rights import BRANCH, RECORDERS
from recruit.context import Context
from recruit.errors import BadInput, Problem, RecordError
from recruit.files.kinds import EXTENSIONS, MOST_BYTES
from recruit.queries.files import by_hash, files_of
from web.acts.fields import ATTACHMENTS, Box, Choice
from web.files.names import file_text
from workflows.edition import ActKind

UPLOAD = "upload"
DROP = "drop"
ACCEPT = ",".join(f".{one}" for one in EXTENSIONS)
PHOTOS = "image/jpeg,image/png,image/webp"
OF_THE_BRANCH = frozenset("BP")
OF_OBJECTIONS = frozenset(("objection_received", "objection_concluded"))


@dataclass(frozen=True, slots=True)
class Taken:
    """`entries` name what was kept; `only_files`: the form was sent for its files alone."""

    entries: MultiDict[str, str]
    problems: tuple[Problem, ...]
    is_too_large: bool
    only_files: bool

    @property
    def status(self) -> int:
        """Of the answer that shows the form again."""
        if self.is_too_large:
            return 413
        return 400 if self.problems else 200


def take_uploads(
    context: Context, owner: str, *, kind: OwnerKind = "dossier", do: str = "", name: str = ATTACHMENTS
) -> Taken:
    """Keep each file of the form; one that may not be kept is a problem at its box, the others stay."""
    entries = MultiDict(request.form)
    named, problems, too_large = entries.getlist(name), [], False
    for sent in request.files.getlist(UPLOAD):
        if not sent.filename:
            continue
        data = sent.stream.read(MOST_BYTES + 1)
        sent.close()
        new = KeepFile(
            owner_kind=kind, owner=owner, name=sent.filename, data=data, is_withheld=do in OF_OBJECTIONS
        )
        try:
            named.append(keep_file(context, new).sha256)
        except BadInput as refused:
            too_large = too_large or len(data) > MOST_BYTES
            problems += [replace(one, field=name) for one in refused.problems]
    dropped = entries.get(DROP, "")
    if dropped:
        named = [one for one in named if one != dropped]
        _drop(context, owner, dropped)
    entries.setlist(name, list(dict.fromkeys(named)))
    entries.add(f"{name}.asked", "1")
    return Taken(entries, tuple(problems), too_large, only_files=bool(dropped) or UPLOAD in request.form)


def with_kept(context: Context, owner: str, box: Box, named: Iterable[str] = ()) -> Box:
    """The box with the files that are named, those that this visitor may read."""
    wanted = set(named) or set(box.values)
    known = by_hash(files_of(context, owner)) if wanted else {}
    choices = tuple(Choice(one, file_text(known[one])) for one in known if one in wanted)
    return replace(box, choices=choices, values=tuple(choice.value for choice in choices))


def needs_paper(context: Context, kind: ActKind, purpose: str | None) -> bool:
    """Whether this is entered for the branch, by an organizer from the paper that its secretary signed."""
    roles, letters = context.actor.roles(), set(kind.recorders(purpose))
    others = any(roles & set(RECORDERS[letter]) for letter in letters - OF_THE_BRANCH)
    return bool(letters & OF_THE_BRANCH) and not others and not roles & set(BRANCH)


def with_first_file(context: Context, dossier: str, details: dict[str, object]) -> dict[str, object]:
    """A received paper names its file and its pages, as far as the files tell them."""
    named = details.get(ATTACHMENTS)
    known = by_hash(files_of(context, dossier)) if isinstance(named, list) and named else {}
    found = [known[one] for one in named if one in known] if isinstance(named, list) else []
    if not found:
        return details
    pages = [one.pages for one in found]
    counted = {"pages": str(sum(filter(None, pages)))} if all(pages) and "pages" not in details else {}
    return {**details, "sha256": found[0].sha256, **counted}


def _drop(context: Context, owner: str, hashed: str) -> None:
    """Somebody else's, or one that an act names already, is only taken off this form."""
    found = by_hash(files_of(context, owner)).get(hashed)
    if found is not None:
        with suppress(RecordError):
            drop_file(context, found.id)
