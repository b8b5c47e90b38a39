"""What the ruler behind a lane's slider is sent: where the run would end at each stop, and the words for it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Range
from core.number import short
from links.sliders import stops_with
from locales import _
from player.pack import pack
from runs.race import Lane, Race
from runs.ruler import Fate, Ruler, value_of, with_setting
from runs.ruler import ruler as made

remembered = lru_cache(maxsize=512)(made)


def ruler(race: Race, i: int, name: str, allowed: Range, suggested: float | None) -> bytes:
    """The ruler of lane i's setting `name`, packed: {"ruler": …}. `suggested` is the value that the page suggests, if it does.

    The numbers are remembered for everyone, and whatever the setting's own value is.
    """
    lane = race.lanes[i - 1]
    stops = stops_with(value_of(lane, name), allowed.stops())
    found = remembered(with_setting(lane, name, stops[0]), name, tuple(stops), race.descended(lane), race.start, race.steps)
    lowest = race.surface.lowest
    return pack({"ruler": described(found, lowest, suggested) | {"words": words(race, lane, lowest)}})


def described(found: Ruler, lowest: float | None, suggested: float | None) -> dict[str, object]:
    """The numbers, f at the end and f* where there is one; and a sentence that says what is to be seen."""
    inside = [limit for limit in found.limits if found.values[0] <= limit <= found.values[-1]]
    return {
        "stops": found.values,
        "loss": found.loss,
        "lowest": lowest,
        "fates": [int(fate) for fate in found.fates],
        "limits": [{"at": limit, "text": _("stability limit {limit}").format(limit=short(limit))} for limit in inside],
        "suggested": suggested,
        "about": " ".join([*best(found), *bounds(found), *(_("Stability limit {limit}.").format(limit=short(limit)) for limit in found.limits)]),
    }


def best(found: Ruler) -> list[str]:
    """Where the run ends lowest, of those that stay."""
    stays = found.fates == Fate.STAYS
    if not stays.any():
        return []
    lowest = np.where(stays, found.loss, np.inf).argmin()
    return [_("Ends lowest at {best}.").format(best=short(float(found.values[lowest])))]


def bounds(found: Ruler) -> list[str]:
    """Below and above which values runs diverge or leave the map, each up to the end of the slider."""
    gone, values = found.fates != Fate.STAYS, found.values
    if gone.all():
        return [_("At every value it diverges or leaves the map.")]
    said = []
    if gone[0]:
        n = int(gone.argmin())
        diverges = (found.fates[:n] == Fate.DIVERGES).all()
        template = _("Up to {value} it diverges.") if diverges else _("Up to {value} it leaves the map or diverges.")
        said.append(template.format(value=short(float(values[n - 1]))))
    if gone[-1]:
        n = int(gone[::-1].argmin())
        diverges = (found.fates[-n:] == Fate.DIVERGES).all()
        template = _("From {value} on it diverges.") if diverges else _("From {value} on it leaves the map or diverges.")
        said.append(template.format(value=short(float(values[-n]))))
    return said


def words(race: Race, lane: Lane, lowest: float | None) -> dict[str, object]:
    """What is read at a stop, by fate, and what the drawing means."""
    end = _("ends at f = {value}") if lowest is None else _("ends at f − f* = {value}")
    help = (
        _("Behind the slider: f where this lane's run ends, for each value.")
        if lowest is None
        else _("Behind the slider: f − f* where this lane's run ends, for each value, on a logarithmic scale.")
    )
    more = _("Low is good; hatched is what leaves the map or diverges. The thin line is the stability limit, the tick the suggested rate.")
    seed = [_("Each run has the lane's own noise.")] if race.noise and not lane.quiet else []
    return {"fates": [end, _("leaves the map"), _("diverges")], "help": " ".join([help, more, *seed])}
