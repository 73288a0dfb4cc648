"""Sealed files on the disk, each under the SHA-256 of its ciphertext, outside every folder that is served."""

import os
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from recruit.disk import whole_file

FOLDER = "files"
_HASH = 64
_CHUNK = 1 << 20


def put(folder: Path, sealed: bytes, *, now: datetime) -> str:
    """Safe on the disk when this returns; gives its name. `folder` is the record's."""
    name = sha256(sealed).hexdigest()
    path = path_of(folder, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(sealed)
    os.utime(path, (now.timestamp(), now.timestamp()))
    return name


def get(folder: Path, name: str) -> bytes:
    """Raises `FileNotFoundError`."""
    return path_of(folder, name).read_bytes()


def drop(folder: Path, name: str) -> None:
    path_of(folder, name).unlink(missing_ok=True)


def path_of(folder: Path, name: str) -> Path:
    """`name`: 64 hexadecimal digits, never what a visitor sent."""
    return folder / FOLDER / name[:2] / name


def data_place(file: str) -> str:
    """Where the bytes of a file are sealed: they open nowhere else."""
    return f"file:data:{file}"


def name_place(file: str) -> str:
    return f"file:name_sealed:{file}"


def is_whole(path: Path) -> bool:
    """Whether the bytes there are those that its name was made from."""
    hashed = sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                hashed.update(chunk)
    except FileNotFoundError:
        return False
    return hashed.hexdigest() == path.name


def kept(folder: Path) -> Iterator[Path]:
    """Every sealed file there, in the order of their names."""
    for path in sorted((folder / FOLDER).glob("??/*")):
        if len(path.name) == _HASH and path.is_file():
            yield path
