"""Adam without its bias correction: what the correction is for."""

from __future__ import annotations

from dataclasses import dataclass

from core import N_, Number
from optimizers.adam import Adam
from optimizers.base import learning_rate


@dataclass(frozen=True)
class AdamUncorrected(Adam):
    """Both means start at zero and stay too small for a while, the squares far longer: the first steps are several times the rate.

    Not a rule of its own but a mistake that many programs make: Adam with the corrections of algorithm 1 left out. The first step is
    (1 − β₁)/√(1 − β₂) times as long as Adam's.
    """

    title = N_("Adam, uncorrected")
    formula = (
        r"\begin{aligned} g &= \nabla f(p) + \lambda p \\ m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" p &\leftarrow p - \eta\,\frac{m}{\sqrt{v} + \epsilon} \end{aligned}"
    )
    reference = "Kingma, Ba, ICLR 2015, section 6.4"

    lr: Number = learning_rate(
        1e-3,
        help=N_(
            "Learning rate η: the length of a step along each coordinate where the slope has long been the same; the first is η(1 − β₁)/√(1 − β₂)."
        ),
    )

    def weights(self, t: Number) -> tuple[Number, Number]:
        return 1.0, 1.0
