"""Pixels as PNG, by zlib alone."""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Mapping

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = re.compile(r"data:image/x-pixels;(\d+);(\d+);([0-9a-f]*)")
ABOVE = 2  # PNG's filter by the row above


def chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def png(rgba: bytes, width: int, height: int) -> bytes:
    """A picture of these pixels, four bytes each, row by row from the top."""
    rows = np.frombuffer(rgba, np.uint8).reshape(height, 4 * width)
    filtered = np.full((height, 4 * width + 1), ABOVE, np.uint8)
    filtered[:, 1:] = np.diff(rows, axis=0, prepend=np.zeros((1, 4 * width), np.uint8))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 6, 0, 0, 0])  # eight bits, with transparency
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(filtered.tobytes(), 9)) + chunk(b"IEND", b"")


def with_texts(picture: bytes, texts: Mapping[str, str]) -> bytes:
    """A PNG that says these texts, by their keywords, as well."""
    head = len(SIGNATURE) + 25  # behind its first chunk
    said = [chunk(b"iTXt", name.encode() + bytes(5) + text.encode()) for name, text in texts.items()]
    return picture[:head] + b"".join(said) + picture[head:]


def with_pictures(svg: str) -> str:
    """An SVG with the pixels in it as PNG."""

    def address(match: re.Match[str]) -> str:
        return "data:image/png;base64," + b64encode(png(bytes.fromhex(match[3]), int(match[1]), int(match[2]))).decode()

    return PIXELS.sub(address, svg)
