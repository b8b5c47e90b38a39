"""Rprop: steps that learn their own length from signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number, parameter
from landscapes import Objective
from optimizers.base import Optimizer, SIGNS, learning_rate


class Signs(NamedTuple):
    """The length of each coordinate's step (Δ), and the sign it went against: 0 after a change (s)."""

    size: Array
    s: Array


@dataclass(frozen=True)
class Rprop(Optimizer):
    """Each coordinate has a step length of its own, which grows while the slope keeps its sign and shrinks when it changes; steepness is ignored.

    PyTorch's form, iRprop−: when the sign changes, that coordinate rests for one step and its gradient is forgotten. The learning rate is the length
    of the first step alone, so a schedule acts through its first factor only.
    """

    title = "Rprop"
    formula = (
        r"\begin{aligned} c &= \begin{cases} \eta^+ & \mathrm{sign}(g)\,s > 0 \\ \eta^- & \mathrm{sign}(g)\,s < 0 \\"
        r" 1 & \text{otherwise} \end{cases} \\"
        r" \Delta &\leftarrow \min(\max(c\,\Delta,\, \Delta_{\min}),\, \Delta_{\max}), \quad \Delta = \eta \text{ at first} \\"
        r" s &\leftarrow \begin{cases} 0 & \mathrm{sign}(g)\,s < 0 \\ \mathrm{sign}(g) & \text{otherwise} \end{cases} \\"
        r" p &\leftarrow p - \Delta\,s \end{aligned}"
    )
    reference = "Riedmiller, Braun, ICNN 1993; Igel, Hüsken, Proc. Second ICSC Symposium on Neural Computation, 2000, iRprop−; torch.optim.Rprop"
    citations = (
        Citation(
            "riedmiller1993direct",
            "inproceedings",
            "Riedmiller, Martin and Braun, Heinrich",
            "A direct adaptive method for faster backpropagation learning: the RPROP algorithm",
            1993,
            "IEEE International Conference on Neural Networks",
            pages="586--591",
            doi="10.1109/ICNN.1993.298623",
        ),
        Citation(
            "igel2000improving",
            "inproceedings",
            "Igel, Christian and Hüsken, Michael",
            "Improving the Rprop Learning Algorithm",
            2000,
            "Proceedings of the Second International ICSC Symposium on Neural Computation",
            pages="115--121",
        ),
    )
    torch = "torch.optim.Rprop({p}, lr={lr}, etas=({shrink}, {grow}), step_sizes=({step_min}, {step_max}))"
    year = 1993
    family = SIGNS

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the length of the first step along each coordinate."))
    shrink: Number = parameter(
        0.5,
        0.05,
        0.95,
        within="(0, 1)",
        label=N_("Shrink η⁻"),
        symbol=r"\eta^-",
        help=N_("η⁻: multiplies the length of a step when the slope changes its sign."),
    )
    grow: Number = parameter(
        1.2,
        1.01,
        2.0,
        within="(1, inf)",
        label=N_("Grow η⁺"),
        symbol=r"\eta^+",
        help=N_("η⁺: multiplies the length of a step while the slope keeps its sign."),
    )
    step_min: Number = parameter(
        1e-6,
        1e-12,
        1e-2,
        log=True,
        within="[0, inf)",
        label=N_("Shortest step"),
        symbol=r"\Delta_{\min}",
        rare=True,
        help=N_("Shortest step: no step becomes shorter."),
    )
    step_max: Number = parameter(
        50.0,
        1e-2,
        100.0,
        log=True,
        within="(0, inf)",
        label=N_("Longest step"),
        symbol=r"\Delta_{\max}",
        rare=True,
        help=N_("Longest step: no step becomes longer."),
    )

    def init(self, p: Array) -> Signs:
        return Signs(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Signs, t: int, lr: Number) -> tuple[Array, Signs]:
        sign = np.sign(surface.gradient(p))
        kept = sign * state.s
        size = state.size * np.where(kept > 0, self.grow, np.where(kept < 0, self.shrink, 1.0)) if t > 1 else np.zeros_like(p) + lr
        size = np.minimum(np.maximum(size, self.step_min), self.step_max)
        s = np.where(kept < 0, 0.0, sign)
        return p - size * s, Signs(size, s)

    def shown(self, p: Array, g: Array, state: Signs, t: Number, lr: Number) -> dict[str, Array]:
        return {"Delta": state.size, "s": state.s}
