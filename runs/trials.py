"""What is tried of a rule where the best of its settings is looked for: rates, and beside them its main other setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core import Array, Range, parameters
from optimizers import Optimizer
from runs.scan import rounded

A_DECADE = 20  # rates: the stops of the rate's slider
KEPT = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)  # of a velocity or a running mean, each step
OTHERS = 8  # values of any other setting, equally spaced on its slider's axis


@dataclass(frozen=True)
class Trials:
    """Rates (n,) and, where the rule has another setting of note, its name and its values (m,); every pair of them is a run."""

    rates: Array
    name: str
    values: Array

    @property
    def runs(self) -> int:
        return len(self.rates) * max(len(self.values), 1)

    @property
    def settings(self) -> dict[str, Array]:
        """All of them as a batch: a column of rates, and a row of the other values."""
        return {"lr": self.rates[:, None]} | ({self.name: self.values[None, :]} if self.name else {})


def trials_of(rule: Optimizer) -> Trials:
    """The trials of a rule: the stops of its rate's slider, and of its first other setting that is no rare one some values and the rule's own."""
    rates = np.array(parameters(rule)["lr"].stops())
    name = next((name for name, allowed in parameters(rule).items() if name != "lr" and not allowed.rare), "")
    return Trials(rates, name, values_of(parameters(rule)[name], getattr(rule, name)) if name else np.empty(0))


def values_of(allowed: Range, own: float) -> Array:
    """Values from one end of the setting's slider to the other, and the rule's own; in ascending order."""
    values: Any = [v for v in KEPT if allowed.low <= v <= allowed.high] if allowed.near_one else rounded(allowed.grid(OTHERS))
    return np.union1d(values, [own])
