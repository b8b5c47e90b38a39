"""What the two charts can show over the steps, as the settings name it and as people read it."""

from __future__ import annotations

from typing import Any

from core import N_
from optimizers import OPTIMIZERS
from runs import inner

INNER = "inner."  # before the name of what a rule shows
TITLES = {
    "gap": N_("f − f* (log)"),
    "slope": N_("‖∇f‖ (log)"),
    "rate": N_("learning rate η"),
    "distance": N_("distance to the nearest minimum (log)"),
}
SIZE = N_("‖{name}‖ (log)")


def named(cls: Any) -> dict[str, str]:
    """What a rule shows, by quantity."""
    return {INNER + name: cls.symbol(name).text for name in inner(cls())}


NAMES = {quantity: name for cls in OPTIMIZERS.values() for quantity, name in named(cls).items()}
QUANTITIES = dict.fromkeys([*TITLES, *NAMES])
