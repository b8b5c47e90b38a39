"""A page's settings as JSON, from which the page can be had again."""

from __future__ import annotations

import json

from core import InputError, N_
from export.address import Asked, PAGES, asked


def json_of(its: Asked) -> str:
    """{"page", "link", "settings"}: every setting as a number or a text, to its last digit."""
    return json.dumps({"page": its.page, "link": its.link, "settings": its.flat}, ensure_ascii=False, indent=2) + "\n"


def read_json(text: str) -> Asked:
    """What `json_of` wrote; raises InputError for a text that is none."""
    try:
        said = json.loads(text)
        its, table = asked(said["link"])[0], PAGES[said["page"]]
        flat, complaints = table.read(said["settings"], its.flat["lang"])
    except (ValueError, KeyError, TypeError) as reason:
        raise InputError(N_("These are no settings that were saved here: {reason}."), reason=str(reason)[:80]) from None
    if complaints:
        raise complaints[0]
    return Asked(said["page"], flat, its.base)
