"""Gradient descent: the rule that all others amend."""

from __future__ import annotations

from dataclasses import dataclass

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, learning_rate


@dataclass(frozen=True)
class GradientDescent(Optimizer):
    """Step against the gradient; the direction that curves most limits the rate of all."""

    title = N_("Gradient descent")
    formula = r"p \leftarrow p - \eta\,g"
    reference = "Cauchy, Comptes Rendus 25, 1847; torch.optim.SGD"
    citations = (
        Citation(
            "cauchy1847methode",
            "article",
            "Cauchy, Augustin-Louis",
            "Méthode générale pour la résolution des systèmes d'équations simultanées",
            1847,
            "Comptes rendus hebdomadaires des séances de l'Académie des sciences",
            volume="25",
            pages="536--538",
        ),
    )
    torch = "torch.optim.SGD({p}, lr={lr})"
    optax = "optax.sgd({lr})"
    year = 1847
    family = GRADIENT

    lr: Number = learning_rate(1e-2)

    def init(self, p: Array) -> tuple[()]:
        return ()

    def step(self, surface: Objective, p: Array, state: tuple[()], t: int, lr: Number) -> tuple[Array, tuple[()]]:
        return p - lr * surface.gradient(p), ()

    def stable_below(self, curvature: Number) -> Number:
        return 2 / curvature

    def stationary_variance(self, curvature: float, lr: float, sigma: float) -> float | None:
        if not 0 < lr * curvature < 2:
            return None
        return lr * sigma * sigma / (curvature * (2 - lr * curvature))
