"""Which examples a step looks at: some of them, a mini-batch; all of them are a full batch, and a pass over all of them is an epoch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import Array, Entry, parameter

MOST = 10**7  # examples


@dataclass(frozen=True)
class Batches(Entry):
    """The batch of each step t = 1, 2, … out of N examples, from (seed, run, t) alone, so that any step can be repeated by itself.

    The examples are shuffled in each epoch and taken B at a time; where B does not divide N, the last batch of an epoch has the N mod B that are
    left. Drawn `anew`, each step's B are any of the N, none twice in one batch. A batch of N has all of them, in their own order. Runs of
    different numbers see other batches. Raises InputError for numbers without meaning; B > N means N.
    """

    examples: int = parameter(100, 1, 10_000, whole=True, within=f"[1, {MOST}]", label="N")
    size: int = parameter(20, 1, 10_000, whole=True, within=f"[1, {MOST}]", label="B")
    seed: int = parameter(0, 0, 999_999, whole=True, within="[0, 999999]")
    run: int = parameter(0, 0, 999_999, whole=True, within="[0, 999999]")
    anew: bool = False

    @property
    def per_epoch(self) -> int:
        """How many iterations an epoch has, the last and perhaps smaller batch among them."""
        return -(-self.examples // self.size)

    def of(self, t: int) -> Array:
        """The places, from 0, of the examples of step t = 1, 2, …; shape (B,), or (N mod B,) for what is left at the end of an epoch."""
        if self.size >= self.examples:
            return everything(self.examples)
        if self.anew:
            return np.random.default_rng((self.seed, self.run, t)).choice(self.examples, self.size, replace=False)
        epoch, place = divmod(t - 1, self.per_epoch)
        return shuffled(self.examples, self.seed, self.run, epoch)[place * self.size : (place + 1) * self.size]

    def seen(self, t: int) -> int:
        """How many examples the steps 1 … t have looked at, one that came twice counted twice."""
        size = min(self.size, self.examples)
        if self.anew:
            return size * t
        epochs, steps = divmod(t, self.per_epoch)
        return epochs * self.examples + steps * size


@lru_cache(maxsize=64)
def shuffled(examples: int, seed: int, run: int, epoch: int) -> Array:
    """The order of the examples in this epoch; shape (N,), read-only."""
    order = np.random.default_rng((seed, run, epoch)).permutation(examples)
    order.flags.writeable = False
    return order


@lru_cache(maxsize=64)
def everything(examples: int) -> Array:
    """All places; shape (N,), read-only."""
    order = np.arange(examples)
    order.flags.writeable = False
    return order
