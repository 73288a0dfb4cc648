"""Who takes part: the invented people of the demonstration, as cast.yaml and people.yaml have them."""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from recruit.identity import check_digit
from workflows.texts import read_yaml

_AREA = "999999"  # the code of no place
_ODD_IS_MALE = {"male": 1, "female": 0}


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Officer(_Row):
    login: str
    name: str
    role: str
    at: str


class Clerk(_Row):
    login: str
    name: str


class Penalty(_Row):
    who: str
    kind: str
    on: date
    until: date | None = None


class Branch(_Row):
    """`members`: full ones, secretary and `named` counted; `committee` 0: the general meeting decides."""

    id: str
    name: str
    login: str
    secretary: str
    clerk: Clerk | None = None
    committee: int
    members: int
    probationary: int = 0
    named: tuple[str, ...]
    penalty: Penalty | None = None


class Applicant(_Row):
    """`applied` None: the dossier begins in the story (a person who moves in)."""

    name: str
    sex: str
    born: date
    education: str
    category: str
    ethnic: str
    league: bool = False
    applied: date | None = None
    talk: date | None = None
    recommended: date | None = None
    activist: date | None = None
    contacts: date | None = None
    reviews: tuple[date, ...] = ()
    no_report: tuple[date, ...] = ()
    voted: date | None = None
    until: date | None = None

    def id_number(self, order: int) -> str:
        """A made-up number with a valid check digit."""
        first = f"{_AREA}{self.born:%Y%m%d}{2 * order + _ODD_IS_MALE[self.sex]:03}"
        return first + check_digit(first)


class Cast(_Row):
    county: str
    township: str
    officers: tuple[Officer, ...]
    surnames: str
    given: tuple[str, ...]
    branches: tuple[Branch, ...]
    people: Mapping[str, tuple[Applicant, ...]]

    def branch(self, id_: str) -> Branch:
        return next(branch for branch in self.branches if branch.id == id_)

    def applicants(self) -> Iterator[tuple[Branch, Applicant]]:
        for branch in self.branches:
            for applicant in self.people[branch.id]:
                yield branch, applicant

    def cultivated(self, day: date) -> tuple[str, ...]:
        """The activists of that day."""
        return tuple(
            one.name
            for _, one in self.applicants()
            if one.activist is not None and one.activist <= day and (one.until is None or day <= one.until)
        )

    def roll(self, branch: Branch) -> tuple[str, ...]:
        """The full members of a branch, the secretary first; who is not named has a made-up name."""
        known = (branch.secretary, *branch.named)
        shift = 31 * self.branches.index(branch)
        made = (self._made_name(shift + index) for index in range(branch.members - len(known)))
        return (*known, *made)

    def probationers(self, branch: Branch) -> tuple[str, ...]:
        shift = 31 * self.branches.index(branch) + branch.members
        return tuple(self._made_name(shift + index) for index in range(branch.probationary))

    def _made_name(self, index: int) -> str:
        return (
            self.surnames[index % len(self.surnames)]
            + self.given[(index * 7 + index // 30) % len(self.given)]
        )


def load_cast() -> Cast:
    raw = read_packaged("cast.yaml")
    return Cast.model_validate({**raw, "people": read_packaged("people.yaml")})


def read_packaged(name: str) -> dict[str, Any]:
    """A YAML file of this package."""
    read = read_yaml((files("web.demo") / name).read_bytes(), name=name)
    assert isinstance(read, dict)
    return read
