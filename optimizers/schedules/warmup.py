"""Warm-up: a ramp to the peak before any other schedule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, InputError, N_, Number, parameter
from optimizers.schedules.base import Schedule
from optimizers.schedules.constant import Constant


@dataclass(frozen=True)
class Warmup(Schedule):
    """The rate climbs in a straight line to its peak while the running means of the rule fill up, then another schedule takes over.

    As PyTorch's SequentialLR with its milestone at `steps`; with `steps` ≥ the run's length there is only the ramp.
    """

    title = N_("Warm-up")
    formula = r"\begin{cases} \frac{k+1}{w} & k < w \\ S(k - w,\ \max(T - w, 1)) & k \ge w \end{cases}"
    reference = "Goyal et al., arXiv 1706.02677, 2017; torch.optim.lr_scheduler.SequentialLR"
    citations = (
        Citation(
            "goyal2017accurate",
            "misc",
            "Goyal, Priya and Dollár, Piotr and Girshick, Ross and Noordhuis, Pieter and Wesolowski, Lukasz and "
            "Kyrola, Aapo and Tulloch, Andrew and Jia, Yangqing and He, Kaiming",
            "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
            2017,
            arxiv="1706.02677",
        ),
    )
    wraps = True

    steps: Number = parameter(
        20,
        0,
        500,
        whole=True,
        within="[0, 1000000000]",
        label=N_("Warm-up w"),
        help=N_("Warm-up w: over how many steps the rate climbs to its peak; 0 is none."),
    )
    then: Schedule = Constant()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.then, Schedule):
            raise InputError(
                N_("{name} = {value}: allowed is {allowed}."), name="then", value=repr(self.then), allowed="a Schedule, such as Cosine()"
            )

    def __call__(self, k: Number, total: Number) -> Array:
        k, w = np.asarray(k), self.steps
        after = self.then(np.maximum(k - w, 0), np.maximum(total - w, 1))
        return np.where(k < w, (k + 1) / np.maximum(w, 1), after)
