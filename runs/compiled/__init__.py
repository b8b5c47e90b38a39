"""Sweeps at the machine's speed: a rule's step on a surface, traced, written as a loop over numbers and compiled by Numba, where it is installed."""

from __future__ import annotations

from math import prod

import numpy as np

from runs.compiled.kernels import Compiled, kernel_for
from runs.compiled.walk import HELD, held, kernel_walked
from runs.descent import Descent
from runs.outcome import Outcome, Target, walked

WORTH = 1_000_000  # runs × steps: NumPy takes some 15 ms for fewer, and no kernel is compiled for these


def usable(descent: Descent, compiled: bool | None) -> str:
    """Why no kernel works on these runs, or nothing: then one does.

    True waits for it; None has it compiled in the background where it is not ready and the batch is worth it; False does without.
    """
    if compiled is False:
        return "NumPy was asked for"
    large = prod(descent.shape) * descent.steps >= WORTH
    found = kernel_for(descent, begin=bool(compiled) or large, wait=bool(compiled))
    return found if isinstance(found, str) else ""


def outcome(descent: Descent, target: Target | None, *, recent: bool, compiled: bool) -> Outcome:
    """What becomes of these runs, by a compiled kernel where that was chosen and there is one here."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # each thread has its own
        kernel = kernel_for(descent, begin=True, wait=True) if compiled and held(descent) <= HELD else ""
        return kernel_walked(kernel, descent, target, recent) if isinstance(kernel, Compiled) else walked(descent, target, recent)
