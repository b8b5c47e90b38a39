"""What the two charts are sent: the names of what can be shown over the steps."""

from __future__ import annotations

from typing import Any

from landscapes import Landscape
from links import quantities
from links.display import Display
from links.race import usually_charted
from locales import _
from problems import Problem
from runs.race import MANY, Race


def curves(race: Race, display: Display) -> dict[str, Any]:
    """{"words", "usual": what each chart shows where the settings say nothing}."""
    return {"words": words(race.surface), "usual": usually_charted(display.settings)}


def words(surface: Landscape) -> dict[str, str]:
    """The charts' titles, by quantity, and what else they say."""
    titles = {name: _(title) for name, title in quantities.TITLES.items()}
    sizes = {name: _(quantities.SIZE).format(name=_(symbol)) for name, symbol in quantities.NAMES.items()}
    anew = _("thin dashes: predicted mean for batches drawn anew")
    return (
        titles
        | sizes
        | {
            "value": _("f (symmetric log: no minimum was found)") if surface.listed == "found" else _("f (symmetric log: there is no minimum)"),
            "below": _("f (symmetric log: a lane is below f*)"),
            "epochs": _("over epochs (log)"),
            "examples": _("over gradients of single examples (log)"),
            "lacking": _("not in {lanes}"),
            "left": _("Quantity of the left chart"),
            "right": _("Quantity of the right chart"),
            "many": _("mean of {runs} runs, band 10–90 %").format(runs=MANY),
            "predicted": anew if isinstance(surface, Problem) else _("thin dashes: predicted mean"),
        }
    )
