"""The exact forms of a bundle: every text has one way to be written, and any other is wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import re


class Wrong(Exception):
    """A part of the bundle that is not as it must be, in English and Chinese."""


def exactly(line: bytes) -> dict[str, object]:
    """A JSON object in its one form: sorted keys, no spaces."""
    try:
        read = json.loads(utf8(line))
        same = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == line
    except ValueError as wrong:
        raise Wrong("not readable / 无法读取") from wrong
    if not same or not isinstance(read, dict):
        raise Wrong("not in its exact form / 格式不符")
    return read


def utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except ValueError as wrong:
        raise Wrong("not text / 不是文本") from wrong


def unhex(text: str) -> bytes:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise Wrong(f"no hash: {text[:20]} / 不是哈希值")
    return bytes.fromhex(text)


def unbase64(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError as wrong:
        raise Wrong("no base64 / 不是 base64") from wrong
    if base64.b64encode(found).decode() != text:
        raise Wrong("no base64 / 不是 base64")
    return found


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def lines(files: dict[str, bytes], name: str) -> list[bytes]:
    """The lines of a file, each of which ends with a newline."""
    found = files.get(name, b"").split(b"\n")
    if found.pop() != b"":
        raise Wrong(f"{name}: its last line is cut / 最后一行不完整")
    return found
