"""Noise of another size in each run of a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array
from landscapes import Objective
from runs.noise import Noisy, Sampled


@dataclass(frozen=True)
class Gusts(Noisy):
    """A landscape under the same noise for all runs of a batch, times `sizes` of the batch's shape: the σ of each run, where its own σ is 1."""

    sizes: Array | None = None

    def at(self, t: int) -> Objective:
        assert self.sizes is not None
        noise = self.noise(t)
        return Sampled(self.surface.at(t), noise.reshape(-1, *[1] * np.ndim(self.sizes)) * self.sizes)
