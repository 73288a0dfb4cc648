"""Photographs without what the camera wrote: the pixels to the bit, which side is up, and nothing else."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops

from recruit.files.bare import bare
from recruit.files.kinds import Kind

SIZE = (160, 90)
PLANTED = b"Demo Author"
WRITTEN: tuple[tuple[Kind, str, dict[str, Any]], ...] = (
    ("jpg", "JPEG", {"comment": PLANTED}),
    ("jpg", "JPEG", {"progressive": True, "quality": 60}),
    ("png", "PNG", {}),
    ("webp", "WEBP", {}),
    ("webp", "WEBP", {"lossless": True, "xmp": PLANTED}),
)


def photographed(picture: str, **how: Any) -> bytes:
    """On its side, with an author in it and something behind its end."""
    exif = Image.Exif()
    exif[0x013B] = PLANTED.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    noise = Image.effect_noise(SIZE, 80).convert("RGB")
    noise.save(out, picture, exif=exif, **how)
    return out.getvalue() + PLANTED


@pytest.mark.parametrize(("kind", "picture", "how"), WRITTEN)
def test_what_the_camera_wrote_goes_and_every_pixel_stays(
    kind: Kind, picture: str, how: dict[str, Any]
) -> None:
    data = photographed(picture, **how)

    kept = bare(kind, data)

    before, after = (Image.open(io.BytesIO(one)) for one in (data, kept))
    assert PLANTED in data
    assert PLANTED not in kept
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert dict(after.getexif()) == ({0x0112: 6} if kind == "jpg" else {})
    assert bare(kind, kept) == kept


@pytest.mark.parametrize(("kind", "picture"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_what_does_not_fit_together_is_refused(kind: Kind, picture: str) -> None:
    data = photographed(picture)

    for cut in (30, len(data) // 2):
        with pytest.raises(ValueError, match=r"."):
            bare(kind, data[:cut])
