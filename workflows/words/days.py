"""Days, articles, numerals and lists as both languages write them."""

from collections.abc import Iterable
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_ZH = "一二三四五六日"
_DIGITS = "零一二三四五六七八九"
_NAMED_ARTICLES = {"local": ("当地规定", "Local rule"), "practice": ("惯例", "Practice")}
_YEAR = 12


def render_day(day: date, language: str) -> str:
    """2016年6月8日; 8 June 2016."""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def render_day_short(day: date, language: str) -> str:
    """6月8日（周三）; Wed 8 June."""
    if language == "en":
        return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日（周{WEEKDAYS_ZH[day.weekday()]}）"


def day_in_sentence(day: date, language: str) -> str:
    """As findings write it: 2016年6月8日; 2016-06-08."""
    return day.isoformat() if language == "en" else render_day(day, language)


def render_months(months: int, language: str) -> str:
    """一年, 6 个月; one year, 6 months."""
    if months == _YEAR:
        return "one year" if language == "en" else "一年"
    if language == "en":
        return f"{months} month" if months == 1 else f"{months} months"
    return f" {months} 个月"


def article_name(article: str, language: str) -> str:
    """第七条、第八条 for "7, 8"; Art. 7, 8. A rule without an article is local or practice."""
    named = _NAMED_ARTICLES.get(article)
    if named is not None:
        return named[1] if language == "en" else named[0]
    if language == "en":
        return f"Art. {article}"
    return "、".join(
        f"第{chinese_number(int(part))}条" if part.isdecimal() else part for part in article.split(", ")
    )


def chinese_number(number: int) -> str:
    """0 to 99 in Chinese numerals: 十, 二十三."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def joined(parts: Iterable[str], language: str) -> str:
    return (", " if language == "en" else "、").join(parts)
