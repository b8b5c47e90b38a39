"""A small map of a surface in one ink of varying opacity, so that the same file suits light and dark pages."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

import numpy as np

from core import Array
from core.window import ASPECT, widened
from figures.contour import LEVELS, THEMES, marked, relief
from landscapes import Landscape

WIDTH = 364
HEIGHT = round(WIDTH / ASPECT)
LINE = 0.42  # opacity of a level line over its fill
HALF = 0.4  # half of a line's width, in pixels
GRADES = 6  # of a line's edge; more make the file larger and look the same

STAR = "M0-1 .26-.36.95-.31.43.14.59.81 0 .45-.59.81-.43.14-.95-.31-.26-.36Z"
SHAPES = {  # path, its scale for a mark of size 1 on the maps, filled
    "star": (STAR, 0.6, True),
    "star-open": (STAR, 0.6, False),
    "x-thin-open": ("M-.7-.7.7.7M-.7.7.7-.7", 0.5, False),
    "triangle-up-open": ("M0-.9.8.6-.8.6Z", 0.5, False),
}


def rgb(colour: str) -> Array:
    """The three parts of #rrggbb."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def ink() -> tuple[Array, Array]:
    """The colour of the ink, and its opacity at each stop of the fill, with which both themes' fills come out over their own grounds.

    Over white W and black K an ink I of opacity a makes W + a(I − W) and K + a(I − K), which differ by (1 − a)(W − K).
    """
    light, dark = (np.array([rgb(colour) for colour in THEMES[name]["fill"]]) for name in ("light", "dark"))
    opacity = 1 - ((light - dark) / (light[0] - dark[0])).mean(axis=1)
    return light[0] + (light[-1] - light[0]) / opacity[-1], opacity


INK, OPACITY = ink()


def shade(surface: Landscape, width: int = WIDTH, height: int = HEIGHT) -> Array:
    """The ink's opacity at every pixel, the top row first; shape (height, width), 0 to 255."""
    (x0, x1), (y0, y1) = widened(surface.domain)
    z, _, _, low, _, step = relief(surface, np.linspace(x0, x1, width), np.linspace(y1, y0, height))
    with np.errstate(invalid="ignore"):
        level = np.where(np.isfinite(z), z - low, 0.0) / step
        down, right = np.gradient(level)
        slope = np.hypot(down, right)
        away = np.abs(level - np.round(level)) / np.where(slope > 0, slope, np.inf)  # pixels to the nearest level line, to first order
    crossed = (np.round(level) >= 1) & (np.round(level) < LEVELS) & (slope > 0)
    cover = np.where(crossed, np.interp(away, [HALF, HALF + 1], [1.0, 0.0]), 0.0)
    band = np.floor(level) + 0.5  # one colour between two lines, as the maps have it
    fill = np.interp(band / LEVELS, np.linspace(0, 1, len(OPACITY)), OPACITY)
    cover = np.round(cover * GRADES) / GRADES
    return np.round(255 * (fill + (1 - fill) * LINE * cover)).astype(np.uint8)


def png(opacity: Array) -> bytes:
    """A PNG of one colour, the ink, at these opacities; shape (height, width)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    height, width = opacity.shape
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),  # a palette of 256 colours, here opacities
        b"PLTE": bytes(np.round(INK).astype(np.uint8)) * 256,
        b"tRNS": bytes(range(256)),
        b"IDAT": zlib.compress(np.pad(opacity, ((0, 0), (1, 0))).tobytes(), 9),  # each row after a byte 0: no filter
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts.items())


@lru_cache(maxsize=64)
def thumbnail(surface: Landscape) -> tuple[bytes, str]:
    """The map of the surface's domain as a PNG, and its stationary points as an SVG to be filled with the page's text colour."""
    return png(shade(surface)), marks(surface)


def marks(surface: Landscape) -> str:
    """The stationary points as an SVG in black; the page uses it as a mask, so that only opacity counts."""
    (x0, x1), (y0, y1) = widened(surface.domain)
    paths, look = [], marked(surface, THEMES["light"])
    for ((x, y), _), symbol, size in zip(surface.stationary(), look["symbol"], look["size"], strict=True):
        shape, scale, filled = SHAPES[symbol]
        radius = scale * size
        place = f"translate({(x - x0) / (x1 - x0) * WIDTH:.1f} {(y1 - y) / (y1 - y0) * HEIGHT:.1f}) scale({radius:.2f})"
        paths.append(f'<path d="{shape}" transform="{place}" fill-opacity="{int(filled)}" stroke="#000" stroke-width="{1.3 / radius:.2f}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(paths)}</svg>'
