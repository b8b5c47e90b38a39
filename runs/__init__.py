"""The one loop, and what is measured on its result."""

from runs.measures import Verdict, gradient_norm, stability_limit, verdict, verdicts
from runs.proposal import proposed_rate
from runs.run import run
from runs.trajectory import BOUND, Trajectory

__all__ = ["BOUND", "Trajectory", "Verdict", "gradient_norm", "proposed_rate", "run", "stability_limit", "verdict", "verdicts"]
