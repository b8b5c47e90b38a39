"""The quantities that the two charts can show over the steps: their names in links, and their titles."""

from __future__ import annotations

from typing import Any

from core import N_
from optimizers import OPTIMIZERS
from runs import inner

INNER = "inner."  # stands before the name of something that a rule shows, such as inner.m_hat
TITLES = {
    "gap": N_("f − f* (log)"),
    "slope": N_("‖∇f‖ (log)"),
    "rate": N_("learning rate η"),
    "distance": N_("distance to the nearest minimum (log)"),
}
SIZE = N_("‖{name}‖ (log)")


def named(cls: Any) -> dict[str, str]:
    """The symbols of the things that a rule shows, by quantity."""
    return {INNER + name: cls.symbol(name).text for name in inner(cls())}


NAMES = {quantity: name for cls in OPTIMIZERS.values() for quantity, name in named(cls).items()}
QUANTITIES = dict.fromkeys([*TITLES, *NAMES])
