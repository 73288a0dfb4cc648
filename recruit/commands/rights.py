"""Who may record, confirm and answer for an act: the letters of the edition's `by` as roles and places."""

from collections.abc import Mapping
from dataclasses import dataclass

from recruit.commands.standing import Standing
from recruit.context import Actor, Held
from recruit.errors import NotAllowed
from workflows.edition import ActKind

BRANCH = ("branch_secretary", "branch_clerk")
COMMITTEE = ("organizer", "committee_secretary")
DECIDING = ("committee_member", "committee_secretary")
RECORDERS: Mapping[str, tuple[str, ...]] = {
    "B": (*BRANCH, "organizer"),  # an organizer records from the branch's signed paper
    "P": (*BRANCH, "organizer"),
    "G": ("general_branch",),
    "C": COMMITTEE,
    "D": ("department",),
}
SUPERIORS = ("organizer", "committee_member", "committee_secretary", "department")


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """The grant used, and the path of the organization whose act it is, whoever records it."""

    held: Held
    path: str


def ensure_recorder(
    actor: Actor, standing: Standing, kind: ActKind, do: str, *, purpose: object = None
) -> Right:
    """Raises `NotAllowed` unless the actor may record this act, with that purpose, on this dossier."""
    letters = kind.recorders(str(purpose) if purpose else None)
    for letter in letters:
        held = actor.held(RECORDERS[letter], standing.path)
        if held is not None:
            return Right(held=held, path=_path(standing, letter, held))
    raise NotAllowed(
        what=do, needed=", ".join(dict.fromkeys(role for one in letters for role in RECORDERS[one]))
    )


def ensure_confirmer(
    actor: Actor, standing: Standing, *, proposed_by: str, do: str, corrects: str | None
) -> Held:
    """The second person: of the approving committee, and never the one who proposed.

    A correction is confirmed by the committee for a branch's act, by another of its people for its own,
    by its secretary for a decision. Raises `NotAllowed`.
    """
    roles = confirming_roles(do, corrects)
    held = actor.held(roles, standing.path)
    if held is None or actor.user_id == proposed_by:
        raise NotAllowed(what=f"confirm {do}", needed=", ".join(roles))
    return held


def is_superior(actor: Actor, *, path: str, proposed_by: str) -> bool:
    """Whether the actor belongs to an organization above `path` and is not the recorder."""
    above = any(held.role in SUPERIORS and held.covers(path) and held.path != path for held in actor.grants)
    return above and actor.user_id != proposed_by


def _path(standing: Standing, letter: str, held: Held) -> str:
    if letter in {"B", "P"}:
        return standing.path
    if letter == "C" and standing.committee is not None:
        return standing.committee.path
    return held.path


def confirming_roles(do: str, corrects: str | None) -> tuple[str, ...]:
    """Who may be the second person of an act; `corrects`: the kind that a correction names."""
    if do != "corrected":
        return DECIDING
    if corrects in {"committee_decided", "preexamined", "target_consented", "target_refused"}:
        return ("committee_secretary",)
    return ("organizer", *DECIDING)
