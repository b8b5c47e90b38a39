"""What the view of rates is sent: its words with the page, and the sweep, the four rates and the range test when they are asked for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np

from core import Array, N_
from core.number import short
from figures import LOOKS
from links import Flat
from links.entries import surface_of
from links.explore import EXPLORE, MEASURES
from links.rates import Found, four, four_race
from links.scenes import makes_the_race
from locales import _
from player.messages.sweep import UNASKED, note
from player.pack import pack
from runs.rates import NAMES, Rates

TITLES = {"too low": N_("too low"), "good": N_("good"), "high": N_("high"), "too high": N_("too high")}
SHOWS = {
    "too low": N_("Too low, η {rate}: when the good one is there, it has come half of the way or less on the logarithmic axis."),
    "good": N_("Good, η {rate}: there after {steps} steps, the fewest that hold for its neighbours too."),
    "high": N_(
        "High, η {rate}: it ends lower than it began, but turns back again and again, and needs more than twice the steps or does not get there."
    ),
    "too high": N_(
        "Too high, η {rate}: it diverges, or ends beside the map or above its start; all from here on at least leave the map on their way."
    ),
}
LACKS = {
    "too low": N_("None is too low: the lowest rate of the sweep, η {low}, comes more than half of the way in the same time, or does not descend."),
    "good": N_("None is good: no run stays on the map and ends with less than a quarter of the f − f* at its start."),
    "high": N_("None is high: below those that are too high, none turns back again and again and needs more than twice the steps."),
    "too high": N_("None is too high: among the highest rates, up to η {high}, some stay on the map, or leave it and come back."),
}


def rates(flat: Flat) -> dict[str, Any]:
    """What the rates are asked for with, the page's own rate, and words."""
    stays = MEASURES["steps"]
    return {
        "link": {key: said for key, said in EXPLORE.write(flat).items() if key not in (*UNASKED, "measure")},
        "race": EXPLORE.write({key: value for key, value in flat.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"}),
        "rate": flat["1.lr"],
        "looks": [{"marker": look.marker, "colours": {"light": look.light, "dark": look.dark}} for look in LOOKS[: len(NAMES)]],
        "words": {
            "title": _("What the learning rate does"),
            "rate": _("Learning rate η"),
            "since": _(stays),
            "since_level": _("Steps until f − f* stays below {level}"),
            "band": _("at most twice the steps of the good one"),
            "test": _("Range test: {loss} while the rate rises step by step"),
            "steepest": _("steepest"),
            "lowest": _("before it rises"),
            "best": _("good rate"),
            "under way": _("not there yet"),
            "left": _("diverged or left the map"),
            "picture": _("Save a picture of the charts"),
            "waiting": _("Working out the runs …"),
            "race": _("Open these rates in the race"),
            "pick": _("A click on a rate makes it the page's own."),
        },
        "note": note(flat | {"ax": "1.lr", "ay": "1.lr"}),
        "file": "_".join(["rates", flat["surface"], flat["1.rule"]]),
    }


def rated_and_tested(flat: Flat, found: Found) -> bytes:
    """The sweep, the four rates with what each shows, and the range test, packed: {"rates": …}."""
    sweep, test, lowest = found.sweep, found.test, surface_of(flat).lowest
    message = {
        "values": sweep.rates,
        "since": np.where(np.isfinite(sweep.since), sweep.since, np.nan),
        "stays": sweep.stays.astype(np.uint8),
        "level": None if sweep.arrives or not np.isfinite(sweep.level) else short(sweep.level, 2),
        "band": sweep.band,
        "four": [{"key": name, "name": _(TITLES[name]), "rate": rate, "index": sweep.shown[name]} for name, rate in four(sweep).items()],
        "said": [*said(flat, sweep), of_test(found)],
        "lowest": lowest,
        "test": {"rates": test.rates, "loss": gaps(test.loss, lowest), "steepest": test.steepest, "lowest": test.lowest},
        "race": urlencode(four_race(flat, sweep, flat["lang"]) | {"lang": flat["lang"]}),
    }
    return pack({"rates": message})


def gaps(loss: Array, lowest: float | None) -> Array:
    """f − f* where there is an f*; a run below it, beside the domain, has none."""
    return loss if lowest is None else np.where(loss >= lowest, loss - lowest, np.nan)


def said(flat: Flat, sweep: Rates) -> list[str]:
    """What each of the four shows, or why there is none, and how wide the good range is."""
    if surface_of(flat).lowest is None:
        return [_("This surface has no minimum: no rate is better than another.")]
    good, (low, high) = sweep.shown["good"], (short(float(sweep.rates[i]), 4) for i in (0, -1))
    if good is None:
        return [_(LACKS["good"])]
    lines = []
    if not sweep.arrives:
        template = _("No rate reaches f* within {steps} steps for good: counted is the way to f − f* = {level}, twice the lowest at the end.")
        lines.append(template.format(steps=flat["steps"], level=short(sweep.level, 2)))
    for name in NAMES:
        i = sweep.shown[name]
        if i is None:
            lines.append(_(LACKS[name]).format(low=low, high=high))
        else:
            lines.append(_(SHOWS[name]).format(rate=short(float(sweep.rates[i]), 4), steps=int(sweep.since[good])))
    return [*lines, width(sweep)]


def width(sweep: Rates) -> str:
    """How wide the good range is."""
    assert sweep.band
    first, last = (short(float(sweep.rates[i]), 4) for i in sweep.band)
    if first == last:
        return _("The good range, of rates that need at most twice the steps of the good one, is narrower than the sweep's own steps.")
    template = _("The good range, of rates that need at most twice the steps of the good one, goes from η {low} to η {high}: {decades} decades.")
    if any(sweep.open):
        template = _(
            "The good range, of rates that need at most twice the steps of the good one, goes at least from η {low} to η {high}: {decades} decades."
        )
    return template.format(low=first, high=last, decades=short(sweep.decades, 2))


def of_test(found: Found) -> str:
    """What the range test suggests, beside the good rate of the sweep."""
    test, good = found.test, found.sweep.shown["good"]
    if test.steepest is None or test.lowest is None:
        return _("Range test: f is never lower than at the start.")
    steepest, lowest = (float(test.rates[i]) for i in (test.steepest, test.lowest))
    if good is None:
        return _("Range test: f falls steepest at η {steepest}, and is lowest at η {lowest}.").format(steepest=short(steepest), lowest=short(lowest))
    rate = float(found.sweep.rates[good])
    template = _(
        "Range test: f falls steepest at η {steepest}, {times} times the good rate, and is lowest, before it rises, at η {lowest}, {more} times. "
        "It is a rule of thumb: each rate has one step only, and starts where the ones before it have led."
    )
    return template.format(steepest=short(steepest), times=short(steepest / rate, 2), lowest=short(lowest), more=short(lowest / rate, 2))
