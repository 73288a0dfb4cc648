"""Local settings, where a lower unit may only be stricter."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from recruit.commands.projections import project_again
from recruit.context import Context, Held, ensure_role, past
from recruit.errors import BadInput, problem, said_by
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.law import organizations_of, setting_rows
from recruit.log.canonical import plain
from recruit.log.events import NewEvent, append_event
from recruit.places import Place, organization_or_none
from recruit.repeat import repeated
from recruit.tables import Act, Dossier, Organization, SettingValue
from workflows.edition import EDITIONS, load_edition
from workflows.errors import LooserSetting, SettingsError
from workflows.settings import ensure_not_looser, floor_of, read_setting, resolve

SETTERS = ("organizer", "committee_secretary", "department", "system_admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSetting:
    """A value of PROCEDURE section 7 as YAML or JSON gives it, in force from `valid_from` (inclusive)."""

    organization: str
    name: str
    value: object
    valid_from: date


@repeated
def set_setting(context: Context, change: SetSetting) -> str:
    """Raises `BadInput`, `NotFound`, `NotAllowed`.

    Bad is an unknown name, an unreadable or a looser value, and a day that reaches back over recorded acts.
    """
    with context.record.writing() as connection:
        place, held = _allowed(connection, context, change)
        id_ = new_id(context.now)
        value = json.dumps(_stored(change.value), ensure_ascii=False, sort_keys=True)
        row = {"organization": place.id, "name": change.name, "value": value, "valid_from": change.valid_from}
        connection.execute(insert(SettingValue).values(id=id_, **row))
        details = {"name": change.name, "value": value, "valid_from": change.valid_from}
        append_event(
            connection, context, NewEvent(org=place.id, do="setting_set", details=details, role=held.role)
        )
        project_again(connection, place.path)
    context.record.laws.forget()
    return id_


def check_setting(context: Context, change: SetSetting) -> None:
    """Raises what `set_setting` would raise; nothing is written."""
    with context.record.reading() as connection:
        _allowed(connection, context, change)


def _allowed(connection: Connection, context: Context, change: SetSetting) -> tuple[Place, Held]:
    place = find_organization(connection, context, change.organization)
    held = ensure_role(context, SETTERS, path=place.path, what="set_setting")
    _ensure_fits(connection, place, change)
    _ensure_reaches_nothing(connection, context, place, change)
    same = select(SettingValue.id).where(
        SettingValue.organization == place.id,
        SettingValue.name == change.name,
        SettingValue.valid_from == change.valid_from,
    )
    if connection.execute(same).first() is not None:
        raise BadInput(problem("valid_from", "set_before", found=change.valid_from.isoformat()))
    return place, held


def _ensure_fits(connection: Connection, place: Place, change: SetSetting) -> None:
    try:
        read_setting(change.name, change.value)
    except SettingsError as unreadable:
        raise BadInput(said_by("value", unreadable)) from unreadable
    _ensure_lawful(change)
    _ensure_stricter(connection, place, change)


def _ensure_lawful(change: SetSetting) -> None:
    """What an article of the edition in force that day says no organization loosens."""
    in_force = [one for one in map(load_edition, EDITIONS) if change.valid_from in one.in_force]
    for edition in in_force:
        floor = floor_of(change.name, edition.defaults, edition.floors)
        if floor is None:
            continue
        try:
            ensure_not_looser(change.name, floor, change.value)
        except LooserSetting as looser:
            whose = problem("value", "looser_than_edition", zh=edition.title.zh, en=edition.title.en)
            raise BadInput(said_by("value", looser), whose) from looser


def _ensure_stricter(connection: Connection, place: Place, change: SetSetting) -> None:
    """No value of an organization above, now or from a later day on, is loosened; names whose it is."""
    upper_path = place.path[: -len(place.id) - 1]
    if len(upper_path) <= 1:
        return
    rows = setting_rows(connection, upper_path)
    upper = resolve(rows, change.valid_from)
    if change.name not in upper:
        return
    try:
        ensure_not_looser(change.name, upper[change.name], change.value)
    except LooserSetting as looser:
        names = [
            above.name
            for level, one in enumerate(organizations_of(upper_path))
            if (above := organization_or_none(connection, one)) is not None
            and resolve([row for row in rows if row.organization_level == level], change.valid_from).get(
                change.name
            )
            == upper[change.name]
        ]
        whose = problem("value", "looser_than_place", found=", ".join(names[:1]))
        raise BadInput(said_by("value", looser), whose) from looser


def _ensure_reaches_nothing(
    connection: Connection, context: Context, place: Place, change: SetSetting
) -> None:
    """A value that begins before today would judge anew what was judged without it."""
    if change.valid_from >= context.on:
        return
    branches = select(Organization.id).where(
        Organization.path >= place.path, Organization.path < past(place.path)
    )
    dossiers = select(Dossier.id).where(Dossier.branch.in_(branches))
    first = select(func.min(Act.on)).where(Act.dossier.in_(dossiers), Act.on >= change.valid_from)
    reached = connection.execute(first).scalar()
    if reached is not None:
        raise BadInput(problem("valid_from", "reaches_back", found=reached.isoformat()))


def _stored(value: object) -> object:
    return plain(value)
