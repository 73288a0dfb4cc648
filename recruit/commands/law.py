"""Local settings, where a lower unit may only be stricter, and official calendar rows."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from recruit.commands.projections import project_again
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem, said_by
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.law import setting_rows
from recruit.log.canonical import plain
from recruit.log.events import NewEvent, append_event
from recruit.places import Place
from recruit.tables import CalendarRow, Organization, SettingValue
from workflows.errors import LooserSetting, SettingsError
from workflows.settings import ensure_not_looser, read_setting, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSetting:
    """A value of PROCEDURE section 7 as YAML or JSON gives it, in force from `valid_from` (inclusive)."""

    organization: str
    name: str
    value: object
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCalendarRow:
    on: date
    is_working: bool
    source: str


def set_setting(context: Context, change: SetSetting) -> str:
    """Raises `BadInput` for an unknown name, an unreadable or a looser value; `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        place = find_organization(connection, context, change.organization)
        held = ensure_role(
            context,
            ("organizer", "committee_secretary", "department", "system_admin"),
            path=place.path,
            what="set_setting",
        )
        _ensure_allowed(connection, place, change)
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


def add_calendar_row(context: Context, add: AddCalendarRow) -> None:
    """A day of the official notice, for the whole record.

    Raises `BadInput` for a day entered before, `NotAllowed`.
    """
    with context.record.writing() as connection:
        root = connection.execute(
            select(Organization.id, Organization.path).where(Organization.parent.is_(None))
        ).first()
        if root is None:
            raise NotFound(what="organization")
        held = ensure_role(context, ("system_admin",), path=root.path, what="add_calendar_row")
        if connection.execute(select(CalendarRow.on).where(CalendarRow.on == add.on)).first() is not None:
            raise BadInput(problem("on", "taken", found=add.on.isoformat()))
        connection.execute(
            insert(CalendarRow).values(
                on=add.on, is_working=add.is_working, source=add.source, added_at=context.now
            ),
        )
        details = {"day": add.on, "is_working": add.is_working}
        append_event(
            connection,
            context,
            NewEvent(org=root.id, do="calendar_row_added", details=details, role=held.role),
        )
        project_again(connection, root.path)
    context.record.laws.forget()


def _ensure_allowed(connection: Connection, place: Place, change: SetSetting) -> None:
    upper_path = place.path[: -len(place.id) - 1]
    try:
        read_setting(change.name, change.value)
        if len(upper_path) > 1:
            upper = resolve(setting_rows(connection, upper_path), change.valid_from)
            if change.name in upper:
                ensure_not_looser(change.name, upper[change.name], change.value)
    except LooserSetting as looser:
        raise BadInput(said_by("value", looser)) from looser
    except SettingsError as unreadable:
        raise BadInput(said_by("value", unreadable)) from unreadable


def _stored(value: object) -> object:
    return plain(value)
