"""The one loop, and what is measured on its result."""

from runs.basin import basin
from runs.batched import Batched, batched
from runs.careful import careful_rate
from runs.depth import passed_below
from runs.inner import inner, sizes
from runs.measures import (
    Curvature,
    Landmark,
    Spread,
    curvature,
    distance,
    gradient_norm,
    landmarks,
    predicted_spread,
    stability_limit,
)
from runs.minimum import tolerance
from runs.noise import Noisy, NoisyObjective
from runs.run import run
from runs.stretch import Verdict
from runs.suggestion import suggested_rate
from runs.sweep import MEASURES, Swept, sweep, swept
from runs.telling import telling_noise
from runs.trajectory import BOUND, End, Trajectory
from runs.tuning import Tuning, tuned
from runs.verdict import verdict, verdicts

__all__ = [
    "BOUND",
    "Batched",
    "Curvature",
    "End",
    "Landmark",
    "MEASURES",
    "Noisy",
    "NoisyObjective",
    "Spread",
    "Swept",
    "Trajectory",
    "Tuning",
    "Verdict",
    "basin",
    "batched",
    "careful_rate",
    "curvature",
    "distance",
    "gradient_norm",
    "inner",
    "landmarks",
    "passed_below",
    "predicted_spread",
    "suggested_rate",
    "run",
    "sizes",
    "stability_limit",
    "sweep",
    "swept",
    "telling_noise",
    "tolerance",
    "tuned",
    "verdict",
    "verdicts",
]
