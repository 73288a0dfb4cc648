"""Pictures made anew from photographs: smaller, upright, and without what the camera wrote beside them."""

import io

from PIL import Image, ImageOps

LONGEST_SIDE = 1280
_QUALITY = 82


def small_picture(data: bytes) -> bytes:
    """A JPEG of the pixels alone: no EXIF, no author, no place (ASVS 14.2.8)."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
