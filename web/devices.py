"""The kind of device that a browser says it is: a word for its owner to recognize, never a fingerprint."""

from flask import request

_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("QQBrowser", "QQ"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device() -> str:
    """Chrome · Windows; empty where nothing is recognized."""
    agent = request.user_agent.string
    return " · ".join(part for part in (_first(agent, _BROWSERS), _first(agent, _SYSTEMS)) if part)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in agent), "")
