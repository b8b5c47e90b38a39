"""What the one large map is sent; the runs come to it from the lanes' panels."""

from __future__ import annotations

from locales import _
from player.messages.lane import home


def overlay() -> dict[str, str]:
    """Its words."""
    return {"title": _("All lanes"), "home": home()}
