"""A rate that is lowered on a plateau: it needs the loss, which no schedule sees, so it is a rule of training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from core import Entry, N_, parameter

LEAST = 1e-8  # a rate that would fall by less stays, PyTorch's eps


class Watched(NamedTuple):
    """What is remembered from one epoch to the next: the peak rate as it stands, the lowest loss so far, for how many epochs none has been lower, and
    how many epochs more do not count.
    """

    lr: float
    best: float = float("inf")
    bad: int = 0
    cooling: int = 0


@dataclass(frozen=True)
class Plateau(Entry):
    """Where the validation loss has stopped falling, the rate is too high for what is left to learn: it is multiplied by γ.

    PyTorch's, in its modes "min" and "rel": an epoch counts as better when the loss over the validation part is below (1 − θ) times the lowest so
    far. A warm-up goes before it, as a factor of the rate.
    """

    title = N_("Plateau")
    formula = r"\eta \leftarrow \max(\gamma\,\eta,\ \eta_{\min})"
    reference = "torch.optim.lr_scheduler.ReduceLROnPlateau"
    uncited = "A rate that falls where a loss stays is a habit of libraries."

    factor: float = parameter(0.1, 0.1, 0.9, within="(0, 1)", label=N_("Factor γ"), help=N_("The factor γ by which the rate is multiplied."))
    patience: int = parameter(
        10,
        0,
        50,
        whole=True,
        within="[0, 1000000000]",
        label=N_("Patience"),
        help=N_("How many epochs in a row may be no better before the rate is lowered; at the next one it is."),
    )
    threshold: float = parameter(
        1e-4, 1e-5, 0.1, log=True, within="[0, 1)", label=N_("Threshold θ"), help=N_("By which part θ of the lowest loss an epoch has to be better.")
    )
    cooldown: int = parameter(
        0,
        0,
        50,
        whole=True,
        within="[0, 1000000000]",
        label=N_("Cool-down"),
        help=N_("For how many epochs after each fall none is counted."),
    )
    min_lr: float = parameter(0.0, 0.0, 0.1, within="[0, inf)", label=N_("Lowest rate ηmin"), help=N_("The rate ηmin falls no lower than this."))

    def after(self, watched: Watched, loss: float) -> Watched:
        """What is remembered after an epoch whose validation loss is this one; a loss that is not a number is no better."""
        lr, best, bad, cooling = watched
        best, bad = (loss, 0) if loss < best * (1 - self.threshold) else (best, bad + 1)
        if cooling > 0:
            cooling, bad = cooling - 1, 0
        if bad > self.patience:
            lower = max(lr * self.factor, self.min_lr)
            lr, bad, cooling = lower if lr - lower > LEAST else lr, 0, self.cooldown
        return Watched(lr, best, bad, cooling)
