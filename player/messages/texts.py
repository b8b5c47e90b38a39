"""What the Export dialog's tabs of texts say: code, captions and sources, and links."""

from __future__ import annotations

from figures import MOST
from locales import _

Words = dict[str, str]


def texts() -> dict[str, Words]:
    """The words of each of these tabs."""
    return {
        "code": {"tab": _("Code"), "lane": _("Lane"), "library": _("Library")} | every(),
        "words": {"tab": _("Words"), "form": _("Form"), "language": _("Language")} | every(),
        "link": link() | every(),
    }


def link() -> Words:
    """The words of the links, which say the same as those by a copied link."""
    return {
        "tab": _("Link"),
        "short": _("Short, as in the address bar"),
        "room": _("For others in the room"),
        "whole": _("With every setting, so that it stays what it is when a usual value changes"),
        "markdown": "Markdown",
        "scan": _("Show the QR code large"),
        "most": str(MOST),
        "long": _("The link is too long for a QR code: {length} characters, and {most} fit."),
        "own": _("This server answers this computer only. Started with --server.address=0.0.0.0 it answers the others in the room too."),
        "alone": _("This computer has no address in a network: the link leads here from this computer only."),
    }


def every() -> Words:
    """What each of them has."""
    return {"copy": _("Copy"), "save": _("Save"), "copied": _("Copied."), "selected": _("It is selected: Ctrl C copies it, on a Mac ⌘ C.")}
