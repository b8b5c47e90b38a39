"""Scenes of the Data page: races on data in which something is to be seen. `tests/test_data_scenes.py` computes that it happens."""

from __future__ import annotations

from core import N_
from links.data import DATA
from links.scenes import Scene

GD = "rule=gradient_descent"


def scene(name: str, title: str, sentence: str, link: str) -> Scene:
    """A scene of this page."""
    return Scene(name, title, sentence, link, DATA)


CURVE = [
    scene(
        "tangent",
        N_("The tangent and its step"),
        N_(
            "A step is −η times the tangent's slope. Here λ = 0.727: η 0.3 comes down one side, 1.4 is there at step 2, 2.5 leaps from side to side, "
            "and 2.9, beyond 2/λ = 2.75, climbs."
        ),
        f"surface=one_weight&steps=20&speed=0.25&lanes=4&1.{GD}&1.lr=0.3&1.batch=100&2.{GD}&2.lr=1.4&2.batch=100"
        f"&3.{GD}&3.lr=2.5&3.batch=100&4.{GD}&4.lr=2.9&4.batch=100",
    ),
    scene(
        "batch_curve",
        N_("A parabola for each batch"),
        N_(
            "Each step follows the tangent of its batch's own thin curve. At w −0.9 the slopes of 14 of 100 examples point uphill, at 1 those of 46: "
            "near the minimum it is chance that leads."
        ),
        f"surface=one_weight&steps=60&speed=0.5&lanes=3&1.{GD}&1.lr=0.3&1.batch=1&2.{GD}&2.lr=0.3&2.batch=20&3.{GD}&3.lr=0.3&3.batch=100",
    ),
]

BATCHES = [
    scene(
        "batch_sizes",
        N_("One sample, 16, 256, full batch"),
        N_(
            "At one rate the mean of 30 runs ends 0.0461 above f* with B 1, 0.0025 with B 16, 5.01e−6 with B 256; the full batch of 1000 is "
            "there at step 65."
        ),
        f"surface.examples=1000&many=1&steps=200&lanes=4&1.{GD}&1.lr=0.1&1.batch=1&2.{GD}&2.lr=0.1&2.batch=16"
        f"&3.{GD}&3.lr=0.1&3.batch=256&4.{GD}&4.lr=0.1&4.batch=1000",
    ),
    scene(
        "one_epoch",
        N_("What an epoch buys"),
        N_("f − f* begins at 2.25. After one epoch B 1, in 100 steps, is at 0.0218, B 20, in 5, at 0.964, the full batch, in 1, at 1.9."),
        f"over=epochs&steps=300&lanes=3&1.{GD}&1.lr=0.1&1.batch=1&2.{GD}&2.lr=0.1&2.batch=20&3.{GD}&3.lr=0.1&3.batch=100",
    ),
    scene(
        "too_large_for_one",
        N_("A rate that one sample does not bear"),
        N_("At η = 1 the full batch reaches f* at step 6 and B 20 hovers about it; one sample at a time leaves the map at step 50."),
        f"steps=60&speed=0.5&lanes=3&1.{GD}&1.lr=1.0&1.batch=1&2.{GD}&2.lr=1.0&2.batch=20&3.{GD}&3.lr=1.0&3.batch=100",
    ),
]

FLOOR = [
    scene(
        "floor_anew",
        N_("The floor of batches drawn anew"),
        N_("Theory predicts 0.00171 for η 0.1 and 3.3e−4 for 0.02; 30 runs end at 0.00186 and 3.62e−4 in the mean, a falling rate at 1.83e−4."),
        f"anew=1&many=1&steps=500&speed=4.0&lanes=3&1.{GD}&1.lr=0.1&1.batch=20&2.{GD}&2.lr=0.02&2.batch=20"
        f"&3.{GD}&3.lr=0.1&3.schedule=cosine&3.batch=20",
    ),
    scene(
        "floor_shuffled",
        N_("Shuffling goes below it"),
        N_("Shuffled, an epoch's errors cancel: over the last 100 steps η 0.1 is at 2.88e−4 in the mean of 30 runs, where 0.00171 is predicted."),
        f"many=1&steps=500&speed=4.0&lanes=2&1.{GD}&1.lr=0.1&1.batch=20&2.{GD}&2.lr=0.1&2.schedule=cosine&2.batch=20",
    ),
]

FEATURES = [
    scene(
        "scale",
        N_("A feature of scale 10"),
        N_("κ = 72.7: gradient descent bears 0.025 and reaches f* at step 181, and leaves the map at 0.028; Adam, at η 0.1, is there at step 122."),
        f"surface.scale=10.0&steps=300&lanes=3&1.{GD}&1.lr=0.025&1.batch=100&2.{GD}&2.lr=0.028&2.batch=100&3.rule=adam&3.lr=0.1&3.batch=100",
    ),
    scene(
        "sparse",
        N_("A feature that is rarely there"),
        N_("x₂ is not zero in about 1 of 20 examples: w₂ should be 0.545; gradient descent has come to 0.2, AdaGrad to 0.518, Adam to 0.51."),
        "surface=logistic_regression&surface.dense=0.05&surface.examples=200&steps=300&lanes=3"
        f"&1.{GD}&1.lr=0.45&1.batch=20&2.rule=adagrad&2.lr=0.5&2.batch=20&3.rule=adam&3.lr=0.1&3.batch=20",
    ),
]

NETWORKS = [
    scene(
        "dead_start",
        N_("Weights that begin at zero"),
        N_("At (0, 0) each weight keeps the other's gradient at zero: no rule and no batch leaves it; beside it, at (0.1, 0), every one would."),
        f"surface=tanh_network&x=0.0&y=0.0&steps=100&lanes=3&1.{GD}&1.lr=0.1&1.batch=1&2.{GD}&2.lr=0.1&2.batch=100&3.rule=adam&3.lr=0.1&3.batch=20",
    ),
    scene(
        "cliff",
        N_("Over the cliff"),
        N_("The slope here is 3.77: at η 0.05 the first step is 0.189 long, at 0.5 it is 1.89 long and ends where the ground is level."),
        f"surface=recurrence&steps=60&speed=0.5&lanes=2&1.{GD}&1.lr=0.05&1.batch=100&2.{GD}&2.lr=0.5&2.batch=100",
    ),
]

GROUPS = {N_("One weight"): CURVE, N_("Batch size"): BATCHES, N_("The noise floor"): FLOOR, N_("Features"): FEATURES, N_("Small networks"): NETWORKS}
