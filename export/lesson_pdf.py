"""A lesson's sheet as PDF: `python -m export.lesson_pdf sheet zigzag en http://lab.example.edu/ > sheet.pdf`, in a process that can be ended."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from core import N_
from export.lesson_sheet import html, inside, pictures_there

MISSING = N_("PDF of a sheet needs the library WeasyPrint on the server, and Pango: pip install -r requirements-export.txt")


def there() -> bool:
    """Whether the library is installed; Pango may still be missing."""
    return find_spec("weasyprint") is not None


def pdf(page: str) -> bytes:
    """The PDF of a page that asks for nothing but what stands in it. Raises ImportError or OSError where WeasyPrint or Pango is missing."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    return HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf(pdf_identifier=b"descent-lab") or b""


def main(kind: str, names: str, language: str, home: str = "") -> None:
    try:
        sys.stdout.buffer.write(pdf(html(names.split(","), language, kind, home, inside(language, kind) if pictures_there() else None)))
    except (ImportError, OSError):
        sys.exit(MISSING)


if __name__ == "__main__":
    main(*sys.argv[1:])
