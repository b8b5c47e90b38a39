"""The one loop, and what is measured on its result."""

from runs.measures import Spread, Verdict, gradient_norm, predicted_spread, stability_limit, verdict, verdicts
from runs.noise import Noisy
from runs.proposal import proposed_rate
from runs.run import run
from runs.trajectory import BOUND, Trajectory

__all__ = [
    "BOUND",
    "Noisy",
    "Spread",
    "Trajectory",
    "Verdict",
    "gradient_norm",
    "predicted_spread",
    "proposed_rate",
    "run",
    "stability_limit",
    "verdict",
    "verdicts",
]
