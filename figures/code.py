"""A link as a QR code, which a class scans from the wall."""

from __future__ import annotations

from io import BytesIO

import segno

MOST = 858  # bytes that a code of version 20 holds, of 97 by 97 modules; of more a telephone makes out none from the last row


def code(text: str) -> str:
    """The code as SVG, black on white with its quiet zone of 4 modules, one unit a module; ValueError where the text has more than MOST bytes."""
    if len(text.encode()) > MOST:
        raise ValueError(f"{len(text.encode())} bytes: a code has {MOST} at most")
    out = BytesIO()
    segno.make(text, error="l", mode="byte", encoding="utf-8", eci=False, micro=False).save(
        out, kind="svg", xmldecl=False, omitsize=True, light="#fff"
    )
    return out.getvalue().decode()
