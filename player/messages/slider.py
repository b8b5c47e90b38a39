"""What a slider of the player's is sent, which a lane follows while the hand moves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core import Range
from core.number import setting
from links.sliders import stops_with
from locales import _


def slider(
    key: str,
    value: float,
    allowed: Range,
    lane: int = 0,
    aside: Mapping[str, Any] | None = None,
    stops: list[float] | None = None,
    *,
    ruled: bool = True,
) -> dict[str, Any]:
    """A slider at a value of the setting `key` of this lane, 0 for none; it stops at `stops`, or where the range says.

    `aside` {"at": [[value, text], …], "elsewhere": text} adds a word to the label that depends on the value, or none where it is empty. A `ruled`
    one shows behind it where the lane's run would end at each value.
    """
    stops = stops_with(value, stops or allowed.stops())
    return {
        "name": key,
        "label": _(allowed.label),
        "named": _("Lane {i}: {title}").format(i=lane, title=_(allowed.label)) if lane else _(allowed.label),
        "help": _(allowed.help),
        "lane": lane,
        "stops": stops,
        "texts": [setting(v) for v in stops],
        "aside": aside,
        "ruled": ruled,
        "within": allowed.within,
        "whole": allowed.whole,
        "value": value,
        "words": words(allowed, lane),
    }


def words(allowed: Range, lane: int) -> dict[str, str]:
    """What its number is called, which is typed over, and what is said of a text that is none; {value} and {used} are left for the browser."""
    name = _(allowed.label)
    return {
        "type": _("Lane {i}: {name}, type a value").format(i=lane, name=name) if lane else _("{name}, type a value").format(name=name),
        "empty": _("{name}: no number was typed; {used} stays in use.").format(name=name, used="{used}"),
        "refused": _("{name} = {value} was ignored: allowed is {allowed}; {used} stays in use.").format(
            name=name, value="{value}", allowed=allowed.allowed, used="{used}"
        ),
    }
