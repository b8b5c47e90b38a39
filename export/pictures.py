"""SVG as PDF and PNG, by CairoSVG, with no other date than that of SOURCE_DATE_EPOCH."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np

from core import Array
from export.options import Refused
from export.pixels import with_texts

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
TEXT = re.compile(r'(<text [^>]*?font-family=")([^"]*)("[^>]*>)([^<]*)')
EPOCH = "SOURCE_DATE_EPOCH"  # environment variable: seconds since 1970, which all files of a reproducible build have for their date
DATE = re.compile(rb"(/CreationDate \()([^)]*)(?=\))")
ZONE = "+00'00"
WITH_ZONE = 22  # characters of a date that has one


def pdf(svg: str, title: str, link: str, **options: Any) -> bytes:
    """The picture with its letters and lines as such, and in its metadata what it is of; options are CairoSVG's. Raises ImportError without that."""
    import cairocffi
    from cairosvg.surface import PDFSurface

    class Told(PDFSurface):
        def _create_surface(self, width: float, height: float) -> Any:
            made, *size = super()._create_surface(width, height)
            for name, value in {"TITLE": title, "SUBJECT": link, "CREATOR": "Descent Lab"}.items():
                made.set_metadata(getattr(cairocffi, f"PDF_METADATA_{name}"), value)
            return made, *size

    made = Told.convert(bytestring=readable(svg).encode(), **options) or b""
    return DATE.sub(lambda match: match[1] + dated(len(match[2])), made)


def dated(length: int) -> bytes:
    """The date that files have, in so many characters as Cairo has written it."""
    moment = datetime.fromtimestamp(int(os.environ.get(EPOCH, "0")), UTC)
    return f"D:{moment:%Y%m%d%H%M%S}{'Z' if length < WITH_ZONE else ZONE}".ljust(length).encode()


def png(svg: str, title: str, link: str, scale: float) -> bytes:
    """The picture as pixels, so many to each CSS pixel, with the same metadata. Raises ImportError without CairoSVG."""
    return with_texts(pixels(readable(svg), scale), {"Title": title, "Source": link, "Software": "Descent Lab"})


def pixels(svg: str, scale: float) -> bytes:
    """The picture as a PNG that says nothing more."""
    from cairosvg.surface import PNGSurface

    return PNGSurface.convert(bytestring=svg.encode(), scale=scale) or b""  # pyright: ignore[reportArgumentType]


def colours(svg: str, scale: float) -> Array:
    """The picture's red, green and blue, which has paper everywhere; shape (height, width, 3)."""
    from cairosvg.parser import Tree
    from cairosvg.surface import PNGSurface

    drawn: Any = PNGSurface(Tree(bytestring=svg.encode()), None, 96, scale=scale).cairo  # pyright: ignore[reportArgumentType]
    drawn.flush()
    rows = np.frombuffer(drawn.get_data(), np.uint8).reshape(drawn.get_height(), drawn.get_stride() // 4, 4)
    own = rows[:, : drawn.get_width(), 2::-1] if sys.byteorder == "little" else rows[:, : drawn.get_width(), 1:]
    return np.array(own, order="C")  # a copy: the memory is Cairo's, and goes with it


def readable(svg: str) -> str:
    """The same with Korean texts in a font that has their letters: Cairo seeks none by itself."""
    if not HANGUL.search(svg):
        return svg
    font = korean()
    return TEXT.sub(lambda match: f"{match[1]}{font if HANGUL.search(match[4]) else match[2]}{match[3]}{match[4]}", svg)


@cache
def korean() -> str:
    """The name of a font with Korean letters, as fontconfig knows it; raises Refused where it knows none."""
    if shutil.which("fc-match"):
        found = subprocess.run(["fc-list", ":lang=ko", "family"], capture_output=True, text=True).stdout.splitlines()
        sans = sorted(name.split(",")[0] for name in found if "Sans" in name or "Gothic" in name) or sorted(name.split(",")[0] for name in found)
        if not sans:
            raise Refused("There is no font with Korean letters here, which PDF and PNG need; SVG and HTML leave the font to who looks at them.")
        return next((name for name in sans if name.endswith("KR") and "Mono" not in name), sans[0])
    return "Noto Sans CJK KR"
