"""Local settings of one organization: each value today, where it comes from, and what is to come."""

from dataclasses import dataclass
from datetime import date

from recruit.context import ROLES, Context
from recruit.errors import NotFound
from recruit.law import setting_rows
from recruit.places import Place, organization_or_none
from workflows.edition import Edition
from workflows.ground import Ground
from workflows.settings import SETTING_NAMES, SettingRow, read_setting, settings_for

BRANCH_ROLES = frozenset(("branch_secretary", "branch_clerk", "general_branch"))
READERS = ROLES - BRANCH_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that an organization of the line has set. `is_ahead`: it begins later than today."""

    place: Place
    value: object
    valid_from: date
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingView:
    """`source` None: the edition's own. `is_floor`: no organization may loosen the edition's value."""

    name: str
    value: object
    source: Given | None
    default: object
    is_floor: bool
    chain: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    place: Place
    line: tuple[Place, ...]
    edition: Edition
    settings: tuple[SettingView, ...]


def settings_view(context: Context, organization: str) -> SettingsView:
    """Everything that holds there today. Raises `NotFound`."""
    with context.record.reading() as connection:
        place = organization_or_none(connection, organization)
        if place is None or context.actor.held(READERS, place.path) is None:
            raise NotFound(what="organization")
        line = context.record.laws.line(connection, place.path)
        rows = setting_rows(connection, place.path)
        ground = context.record.laws.ground(connection, place.path)
    edition = ground.edition_on(context.on)
    return SettingsView(
        place=place,
        line=line,
        edition=edition,
        settings=tuple(_view(name, ground, edition, line, rows, context.on) for name in SETTING_NAMES),
    )


def _view(
    name: str,
    ground: Ground,
    edition: Edition,
    line: tuple[Place, ...],
    rows: tuple[SettingRow, ...],
    on: date,
) -> SettingView:
    attribute = name.replace(".", "_")
    value = getattr(ground.settings_on(on), attribute)
    chain = tuple(
        Given(
            place=line[row.organization_level],
            value=read_setting(name, row.value),
            valid_from=row.valid_from,
            is_ahead=row.valid_from > on,
        )
        for row in rows
        if row.name == name
    )
    return SettingView(
        name=name,
        value=value,
        source=_source(chain, value),
        default=getattr(settings_for(edition.defaults, {}), attribute),
        is_floor=name in edition.floors,
        chain=chain,
    )


def _source(chain: tuple[Given, ...], value: object) -> Given | None:
    """The value in force that holds: of the newest of each organization the first one that equals it."""
    newest: dict[str, Given] = {}
    for one in chain:
        if not one.is_ahead:
            newest[one.place.id] = one
    return next((one for one in newest.values() if one.value == value), None)
