"""A figure's SVG that a browser has sent, as PDF: `python -m export.pdf < figure.svg > figure.pdf`, in a process that can be ended."""

from __future__ import annotations

import re
import sys
from html import unescape
from importlib.util import find_spec

from core import N_
from export.options import Refused
from export.pictures import pdf

MISSING = N_("PDF needs the library CairoSVG on the server: pip install -r requirements-export.txt")


def there() -> bool:
    """Whether the library is installed."""
    return find_spec("cairosvg") is not None


def pdf_of(svg: str) -> bytes:
    """The PDF of an SVG, its page as large as the figure, texts as text. Raises ValueError for what is no SVG or asks for another file, ImportError
    or OSError where there is no CairoSVG or no cairo.
    """
    try:
        return pdf(svg, said(svg, "title"), said(svg, "desc"), url_fetcher=of_data)
    except (ImportError, OSError, Refused):
        raise
    except Exception as reason:  # of its parsers and of cairo, each has its own
        raise ValueError(str(reason) or type(reason).__name__) from reason


def said(svg: str, name: str) -> str:
    """What the figure says of itself in an element of this name: its title, or in `desc` its link."""
    found = re.search(rf"<{name}>([^<]*)</{name}>", svg)
    return unescape(found[1]) if found else ""


def of_data(address: str, kind: str) -> bytes:
    """What stands in the address itself; everything else is refused."""
    if not address.startswith("data:"):
        raise ValueError(f"a figure asks for no other file: {address[:80]!r}")
    from cairosvg.url import fetch

    return fetch(address, kind)


def main() -> None:
    try:
        sys.stdout.buffer.write(pdf_of(sys.stdin.buffer.read().decode()))
    except (ImportError, OSError, Refused, ValueError) as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
