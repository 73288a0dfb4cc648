"""Chinese or English: the explicit choice, else the browser's, Chinese where it asks for neither."""

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, refresh

from web.interface import is_interface

LANGUAGES = ("zh", "en")
_LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
_CHOSEN = "language"
_BIG = "big"


def init_languages(app: Flask) -> None:
    """Connect the page texts of `web/translations`."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", _LOCALES["zh"])
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=lambda: _LOCALES[language()], default_timezone="Asia/Shanghai")


def language() -> str:
    """The language of this answer: `zh` or `en`."""
    if not has_request_context():
        return "zh"
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def choose_language(chosen: str) -> None:
    """Keep an explicit choice for as long as the browser is open."""
    if chosen not in LANGUAGES:
        return
    session[_CHOSEN] = chosen
    g.language = chosen
    refresh()


def speak(account_language: str | None) -> None:
    """Answer in the account's language whatever the asking program prefers, Chinese where it has none."""
    g.language = account_language if account_language in LANGUAGES else LANGUAGES[0]
    refresh()


def ask_for(wanted: str | None, *, big: bool) -> None:
    """For this answer alone, without a cookie: a language and the large type, as an address asks for them."""
    if wanted in LANGUAGES:
        g.language = wanted
    if big:
        g.big = True


def explicit_language() -> str | None:
    """What was chosen by hand: in this browser, else in the account."""
    chosen = session.get(_CHOSEN) or g.get("account_language")
    return str(chosen) if chosen in LANGUAGES else None


def is_big() -> bool:
    """Whether the large type was asked for: in this browser, else in the account."""
    return bool(g.get("big") or session.get(_BIG, g.get("account_big", False)))


def toggle_big() -> None:
    """Large type on, or off again."""
    session[_BIG] = not is_big()


def set_big(*, wanted: bool) -> None:
    """Large type on or off, for as long as the browser is open."""
    session[_BIG] = wanted


def remember_account(account_language: str | None, *, big: bool) -> None:
    """What the account prefers, for a browser in which nothing was chosen."""
    g.account_language = account_language
    g.account_big = big


def _choose() -> str:
    chosen = None if is_interface() else explicit_language()
    if chosen:
        return chosen
    for asked, quality in request.accept_languages:
        primary = asked.lower().replace("_", "-").split("-")[0]
        if quality > 0 and primary in LANGUAGES:
            return primary
    return "zh"
