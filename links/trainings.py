"""Trainings worth seeing: each a link, and a sentence whose numbers a test works out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from core import N_
from links.table import Flat
from links.train import TRAIN

# Settings that show the same trainings in another way.
LOOKED_AT = ("lang", "lane", "over", "curve", "show", "plane", "plane.seed", "moment", "view", "height", "present", "hide")


@dataclass(frozen=True)
class Worth:
    """A training worth seeing, and its link as the address bar has it."""

    name: str
    title: str
    sentence: str
    query: str

    @property
    def link(self) -> dict[str, str]:
        return dict(parse_qsl(self.query))

    @cached_property
    def trains(self) -> Flat:
        return trains(TRAIN.read(self.link, "en")[0])


TRAININGS = [
    Worth("opening", N_("The lecture's rules"), "", ""),
    Worth(
        "edge",
        N_("The edge of stability"),
        N_(
            "Gradient descent on all examples at once: the sharpness begins above 2/η, is soon within a tenth of it, on the dashed lines, and "
            "falls below it slowly, as the loss goes on falling."
        ),
        "hidden=32-32&activation=tanh&batch=2000&steps=300&sharp=1&lanes=2&1.lr=0.5&2.rule=gradient_descent&2.lr=0.7",
    ),
    Worth(
        "divided",
        N_("RMSprop's edge of stability"),
        N_(
            "RMSprop on all examples at once: λmax(P⁻¹H), where P is what it divides each weight by, begins far above 2/η and then stays within a "
            "quarter of it, on the dashed lines, to the end."
        ),
        "hidden=32-32&activation=tanh&batch=2000&steps=300&sharp=1&curve=preconditioned&lanes=2&1.rule=rmsprop&1.lr=0.002&2.rule=rmsprop&2.lr=0.003",
    ),
    Worth(
        "plateau",
        N_("A rate lowered on a plateau"),
        N_(
            "Adam at three times its rate, with batches of 8: the training loss jumps up more than fivefold again and again. Lowered where the "
            "validation loss has stopped falling, the rate leads to a lower training loss, at most three quarters of the test loss, and more test "
            "digits named."
        ),
        "batch=8&steps=4000&lanes=2&1.rule=adam&1.lr=0.03&2.rule=adam&2.lr=0.03&2.schedule=plateau&2.schedule.factor=0.3&2.schedule.patience=2",
    ),
    Worth(
        "muon",
        N_("Muon beside AdamW"),
        N_("With two hidden layers there is a matrix between them: Muon moves its 32 × 32 weights, and AdamW all others, as in the other lane."),
        "hidden=32-32&lanes=2&1.rule=adamw&2.rule=muon&lane=2",
    ),
    Worth(
        "zero",
        N_("All weights zero"),
        N_("A start at zero is a saddle that no rule leaves: no slope reaches the neurons, and a lane names one digit for all, 1 in 10 right."),
        "start=zero&steps=500&lanes=4",
    ),
]


def trains(flat: Flat) -> Flat:
    """What changes the trainings."""
    return {key: value for key, value in flat.items() if key not in LOOKED_AT and not key.endswith(".look") and not key.startswith("sweep.")}


def worth_of(flat: Flat) -> Worth | None:
    """The training worth seeing that these settings show."""
    now = trains(flat)
    return next((each for each in TRAININGS if each.trains == now), None)
