"""The law as it holds for one organization: editions, local settings and the calendar."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from workflows.acts import Act
from workflows.calendar import Calendar
from workflows.edition import EDITIONS, FIRST_JUDGED, Edition, load_edition
from workflows.settings import SettingRow, Settings, resolve, settings_for

DOOR_IS_OPEN = timedelta(days=60)
_Law = tuple[date, Edition, Settings]


class Ground:
    """`settings_rows` are those of the organization and of all above it, whatever their day."""

    __slots__ = ("_begins", "_changes", "_last", "_settings", "calendar", "editions", "settings_rows")

    def __init__(self, *, calendar: Calendar, settings_rows: Sequence[SettingRow] = ()) -> None:
        self.calendar = calendar
        self.settings_rows = tuple(settings_rows)
        self.editions = tuple(load_edition(edition_id) for edition_id in EDITIONS)
        self._begins = [edition.in_force.begins for edition in self.editions]
        self._changes = sorted({row.valid_from for row in self.settings_rows})
        self._settings: dict[tuple[str, int], Settings] = {}
        self._last = self._law_of(FIRST_JUDGED)

    def edition_on(self, day: date) -> Edition:
        """The edition in force on that day; before the first one, the first one (nothing is judged then)."""
        last = self._last
        return last[1] if last[0] == day else self._law_of(day)[1]

    def settings_on(self, day: date) -> Settings:
        last = self._last
        return last[2] if last[0] == day else self._law_of(day)[2]

    def _law_of(self, day: date) -> _Law:
        """Remembered for the day asked for last: a judgement asks for one day many times."""
        edition = self.editions[max(bisect_right(self._begins, day) - 1, 0)]
        key = (edition.id, bisect_right(self._changes, day))
        settings = self._settings.get(key)
        if settings is None:
            local = resolve(self.settings_rows, day)
            settings = settings_for(edition.defaults, local, floors=edition.floors)
            self._settings[key] = settings
        law = self._last = (day, edition, settings)
        return law

    def is_judged(self, day: date) -> bool:
        """Acts before the edition of 2014 are recorded and shown, not judged."""
        return day >= FIRST_JUDGED

    def is_lenient(self, act: Act) -> bool:
        """Whether the act is of before the first edition or of before `live.from`: as its paper gives it."""
        return not self.is_judged(act.on) or self.is_past(act.on, recorded_on=act.recorded_on)

    def is_past(self, day: date, *, recorded_on: date) -> bool:
        """An act of before `live.from`, entered from its paper: judged as a file of the past is.

        Sixty days after `live.from` that door closes; what is entered later is judged live.
        """
        live_from = self.settings_on(recorded_on).live_from
        return live_from is not None and day < live_from and recorded_on <= live_from + DOOR_IS_OPEN
