"""The key that signs the page cookies, kept beside the record's keys."""

import os
import secrets
from pathlib import Path

PAGE_KEY_BYTES = 32


def page_key(keys: Path) -> bytes:
    """The key in `keys/page.key`; made at the first start, readable by its owner only."""
    file = page_key_file(keys)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(handle, "wb") as stream:
        key = secrets.token_bytes(PAGE_KEY_BYTES)
        stream.write(key)
    return key


def page_key_file(keys: Path) -> Path:
    return keys / "page.key"
