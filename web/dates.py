"""Days and hours as people write them, in both languages."""

from datetime import date, datetime

from workflows.acts import SHANGHAI
from workflows.words.days import MONTHS, WEEKDAYS, WEEKDAYS_ZH, render_day, render_day_short

_FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

long_day = render_day  # 2016年6月8日; 8 June 2016
short_day = render_day_short  # 6月8日（周三）; Wed 8 June


def list_day(day: date, today: date, language: str) -> str:
    """As `short_day`, with the year where it is another one than today's."""
    if day.year == today.year:
        return short_day(day, language)
    return long_day(day, language)


def month_day(day: date, language: str) -> str:
    """6月8日; 8 June."""
    if language == "zh":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}"


def month(day: date, language: str) -> str:
    """2014年3月; March 2014."""
    if language == "zh":
        return f"{day.year}年{day.month}月"
    return f"{MONTHS[day.month - 1]} {day.year}"


def year(day: date, language: str) -> str:
    """2016年; 2016."""
    return f"{day.year}年" if language == "zh" else str(day.year)


def weekday(day: date, language: str) -> str:
    """周三; Wed."""
    if language == "zh":
        return f"周{WEEKDAYS_ZH[day.weekday()]}"
    return WEEKDAYS[day.weekday()]


def full_weekday(day: date, language: str) -> str:
    """星期三; Wednesday."""
    if language == "zh":
        return f"星期{WEEKDAYS_ZH[day.weekday()]}"
    return _FULL_WEEKDAYS[day.weekday()]


def span(first: date, last: date, language: str) -> str:
    """6月9日至12日; 9-12 June."""
    if first == last:
        return short_day(first, language)
    same_month = (first.year, first.month) == (last.year, last.month)
    if language == "zh":
        return (
            f"{month_day(first, language)}至{last.day}日"
            if same_month
            else (f"{month_day(first, language)}至{month_day(last, language)}")
        )
    if same_month:
        return f"{first.day}–{month_day(last, language)}"
    return f"{month_day(first, language)} – {month_day(last, language)}"


def local(moment: datetime) -> datetime:
    """The moment as the clock on the wall shows it."""
    return moment.astimezone(SHANGHAI)


def clock_time(moment: datetime) -> str:
    """15:20, local."""
    return local(moment).strftime("%H:%M")


def years_old(born: date, on: date) -> int:
    """Whole years of age on the day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
