"""Scenes: races in which something is to be seen, each with the sentence that says what. `tests/test_scenes.py` computes that it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from core import N_
from links.race import RACE
from links.table import Flat, Table, text

KEPT = ("lang", "present", "hide", "predict", "loop")  # what a scene leaves as it is


@dataclass(frozen=True)
class Scene:
    """A title for the menu, the sentence, with every number as the page would write it, and the link, without its version."""

    name: str
    title: str
    sentence: str
    link: str
    table: Table = RACE

    @cached_property
    def given(self) -> dict[str, str]:
        """What the link says."""
        return dict(parse_qsl(self.link))

    def settings(self, flat: Flat) -> Flat:
        """The page at this scene, where it was at `flat`."""
        return self.table.read(self.given | {key: flat[key] for key in KEPT}, flat["lang"])[0]


RATES = [
    Scene(
        "four_rates",
        N_("Four learning rates"),
        N_("η 0.01 crawls, 0.15 reaches f* at step 42, 0.2 = 2/λmax swings for ever, and 0.21 leaves the map at step 8."),
        "surface=bowl&surface.kappa=10.0&x=-1.8&y=1.0&steps=60&speed=0.5&lanes=4&surface.angle=0.0"
        "&1.rule=gradient_descent&1.lr=0.01&2.rule=gradient_descent&2.lr=0.15&3.rule=gradient_descent&3.lr=0.2&4.rule=gradient_descent&4.lr=0.21",
    ),
    Scene(
        "trapped",
        N_("Slow enough to be trapped"),
        N_("η 0.02 and 0.05 stay in the nearest local minima, 0.1 passes them and reaches f* at step 15, 0.15 diverges at step 4."),
        "surface=six_hump_camel&steps=40&speed=0.25&lanes=4"
        "&1.rule=gradient_descent&1.lr=0.02&2.rule=gradient_descent&2.lr=0.05&3.rule=gradient_descent&3.lr=0.1&4.rule=gradient_descent&4.lr=0.15",
    ),
    Scene(
        "one_rate",
        N_("One rate, three rules"),
        N_("η = 0.12 makes gradient descent and Nesterov diverge, at steps 44 and 14; momentum bears it and reaches f* at step 134."),
        "surface=bowl&surface.kappa=20.0&surface.angle=0.0&x=-1.8&y=0.4&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.12&2.rule=momentum&2.lr=0.12&3.rule=nesterov&3.lr=0.12",
    ),
    Scene(
        "any_rate",
        N_("Adam forgives a wrong rate"),
        N_("Gradient descent at η 0.2 diverges at step 14; Adam reaches f* at η 0.1, 1 and 10, at steps 130, 134 and 189."),
        "surface=bowl&lanes=4&1.rule=gradient_descent&1.lr=0.2&2.rule=adam&2.lr=0.1&3.rule=adam&3.lr=1.0&4.rule=adam&4.lr=10.0",
    ),
]

MOMENTUM = [
    Scene(
        "zigzag",
        N_("Zigzag"),
        N_("In 40 steps gradient descent crosses the valley 40 times, momentum and Nesterov 10 times; they reach f* at steps 159, 128 and 95."),
        "surface=bowl&surface.kappa=50.0&surface.angle=0.0&x=-1.8&y=0.4&speed=0.5&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.039&2.rule=momentum&2.lr=0.01&3.rule=nesterov&3.lr=0.01",
    ),
    Scene(
        "at_best",
        N_("Each at its best"),
        N_("With the best settings for κ = 100 gradient descent reaches f* at step 343, momentum at 59, Nesterov at 78."),
        "surface=bowl&surface.kappa=100.0&surface.angle=0.0&x=-1.8&y=0.4&steps=400&speed=2.0&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.0198&2.rule=momentum&2.lr=0.03306&2.momentum=0.6694&3.rule=nesterov&3.lr=0.01&3.momentum=0.8182",
    ),
    Scene(
        "how_much",
        N_("How much momentum?"),
        N_("Without momentum f* is reached at step 161, with μ 0.5 at 73, with 0.9 at 129, and with 0.99 the run still swings at step 300."),
        "surface=bowl&surface.kappa=20.0&surface.angle=0.0&x=-1.8&y=0.4&steps=300&speed=2.0&lanes=4&1.rule=gradient_descent&1.lr=0.04"
        "&2.rule=momentum&2.lr=0.04&2.momentum=0.5&3.rule=momentum&3.lr=0.04&3.momentum=0.9&4.rule=momentum&4.lr=0.04&4.momentum=0.99",
    ),
    Scene(
        "over_the_hill",
        N_("Over the hill"),
        N_("Gradient descent stays in the near well; momentum carries over the hill and reaches f* at step 132."),
        "x=1.7&y=0.3&lanes=2&1.rule=gradient_descent&1.lr=0.02&2.rule=momentum&2.lr=0.02",
    ),
    Scene(
        "overshoot",
        N_("Momentum's price"),
        N_("Gradient descent reaches f* at step 19; momentum runs through the deep well and ends in the shallow one, 0.97 higher."),
        "x=-1.6&y=-1.0&lanes=2&1.rule=gradient_descent&1.lr=0.02&2.rule=momentum&2.lr=0.02",
    ),
]

ADAPTIVE = [
    Scene(
        "along_axes",
        N_("A rate for each coordinate"),
        N_("With κ = 100 along the axes AdaGrad reaches f* at step 30 and Adam at 124; gradient descent, at its best, needs 343 steps."),
        "surface=bowl&surface.kappa=100.0&surface.angle=0.0&x=-1.8&y=-0.4&steps=800&speed=4.0&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.0198&2.rule=adagrad&2.lr=0.5&3.rule=adam&3.lr=0.1",
    ),
    Scene(
        "turned",
        N_("The same, turned by 45°"),
        N_("Turned by 45°, gradient descent still needs 343 steps; AdaGrad now needs 743 instead of 30, Adam 426 instead of 124."),
        "surface=bowl&surface.kappa=100.0&surface.angle=45.0&x=-1.8&y=-0.4&steps=800&speed=4.0&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.0198&2.rule=adagrad&2.lr=0.5&3.rule=adam&3.lr=0.1",
    ),
    Scene(
        "plateau",
        N_("Across a plateau"),
        N_("Where the slope is all but zero RMSprop is at x > 3 at step 4, Adam at 29, momentum at 111; gradient descent is not there by step 300."),
        "surface=plateau&steps=300&speed=2.0&lanes=4&1.rule=gradient_descent&1.lr=0.1&2.rule=momentum&2.lr=0.1&3.rule=rmsprop&3.lr=0.1&4.rule=adam&4.lr=0.1",
    ),
    Scene(
        "stalls",
        N_("AdaGrad stalls"),
        N_("AdaGrad's rates only fall: after 1000 steps it is at f = 1.54; RMSprop, which forgets, is at 0.0358, and Adam reaches f* at step 961."),
        "surface=rosenbrock&steps=1000&speed=8.0&lanes=3&1.rule=adagrad&1.lr=0.1&2.rule=rmsprop&2.lr=0.01&2.decay=0.9&3.rule=adam&3.lr=0.1",
    ),
    Scene(
        "bias",
        N_("Without bias correction"),
        N_("Without bias correction Adam's first step is √10 times as long: it passes the deep well and ends in the shallow one, 0.97 above f*."),
        "x=-1.7&y=-0.4&steps=160&lanes=2&1.rule=adam&1.lr=0.1&2.rule=adam_uncorrected&2.lr=0.1",
    ),
]

SCHEDULES = [
    Scene(
        "below_the_floor",
        N_("Schedules against noise"),
        N_("At a constant rate f − f* stays at 0.148 in the mean of 30 runs; each of the three schedules ends more than 20 times lower."),
        "surface=bowl&surface.kappa=5.0&surface.angle=0.0&noise=1.0&many=1&steps=300&speed=2.0&lanes=4"
        "&1.rule=gradient_descent&1.lr=0.2&2.rule=gradient_descent&2.lr=0.2&2.schedule=step&2.schedule.every=100&2.schedule.factor=0.2"
        "&3.rule=gradient_descent&3.lr=0.2&3.schedule=cosine&4.rule=gradient_descent&4.lr=0.2&4.schedule=inverse_sqrt",
    ),
    Scene(
        "hopping",
        N_("Hopping, and how it ends"),
        N_("At a constant rate RMSprop reaches f* at step 11 and hops off it again, up to 0.744 at a step; under a cosine schedule it rests there."),
        "surface=bowl&surface.kappa=5.0&surface.angle=0.0&x=-1.8&y=1.0&steps=60&speed=0.5&lanes=2"
        "&1.rule=rmsprop&1.lr=0.25&1.decay=0.9&2.rule=rmsprop&2.lr=0.25&2.decay=0.9&2.schedule=cosine",
    ),
    Scene(
        "stops_short",
        N_("A schedule that stops short"),
        N_("Exponential with γ = 0.9, the rates add up to 0.5 and the run stops on its way; cosine, they add up to 7.5 and reach f* at step 173."),
        "surface=bowl&surface.kappa=5.0&surface.angle=0.0&lanes=2&steps=300&speed=2.0"
        "&1.rule=gradient_descent&1.lr=0.05&1.schedule=exponential&1.schedule.rate=0.9&2.rule=gradient_descent&2.lr=0.05&2.schedule=cosine",
    ),
    Scene(
        "warm_up",
        N_("Warm-up saves a run"),
        N_("At η = 0.355 gradient descent diverges at step 3; after 20 steps of warm-up the same rate reaches f* at step 28."),
        "surface=three_hump_camel&steps=40&speed=0.25&lanes=2&1.rule=gradient_descent&1.lr=0.355&2.rule=gradient_descent&2.lr=0.355&2.warmup=20",
    ),
]

NOISE = [
    Scene(
        "loss_curves",
        N_("The four loss curves"),
        N_("η 0.005 still falls at step 200, 0.1 ends lowest, 1.25 stops falling at once and stays 47 times as high, 2.24 diverges at step 62."),
        "surface=bowl&surface.kappa=1.0&noise=0.3&many=1&lanes=4"
        "&1.rule=gradient_descent&1.lr=0.005&2.rule=gradient_descent&2.lr=0.1&3.rule=gradient_descent&3.lr=1.25&4.rule=gradient_descent&4.lr=2.24",
    ),
    Scene(
        "smooth_not_quiet",
        N_("Smooth is not calm"),
        N_("μ 0.9 at η 0.01 ends at f − f* = 0.039 in the mean of 30 runs, near gradient descent's 0.057 at 0.1, not its 0.0048 at 0.01."),
        "surface=bowl&surface.kappa=5.0&surface.angle=0.0&noise=1.0&many=1&steps=1000&speed=4.0&lanes=3"
        "&1.rule=gradient_descent&1.lr=0.01&2.rule=momentum&2.lr=0.01&3.rule=gradient_descent&3.lr=0.1",
    ),
    Scene(
        "freed",
        N_("Noise sets free"),
        N_("With noise of σ = 3, 25 of 30 runs leave the near well for the deep one; without noise none does."),
        "noise=3.0&many=1&steps=1000&speed=4.0&lanes=2&1.rule=gradient_descent&1.lr=0.05&2.rule=gradient_descent&2.lr=0.05&2.quiet=1",
    ),
    Scene(
        "ridge",
        N_("On the ridge of a saddle"),
        N_("On the ridge neither gradient descent nor momentum leaves the saddle; with noise of σ = 0.2 they are off the map at steps 57 and 18."),
        "surface=saddle&x=-1.6&y=0.0&noise=0.2&steps=60&speed=0.5&lanes=4&1.rule=gradient_descent&1.lr=0.05&1.quiet=1"
        "&2.rule=gradient_descent&2.lr=0.05&3.rule=momentum&3.lr=0.05&3.quiet=1&4.rule=momentum&4.lr=0.05",
    ),
]

SQUARES = "surface=custom&surface.text=5(x-1.5)%5E2%2B0.05(y-1.5)%5E2&surface.reach=2.0&x=-1.6&y=-1.6"  # the slopes a hundred to one
DECAY = [
    Scene(
        "decoupled",
        N_("Inside the gradient or beside it"),
        N_("In Adam's gradient (L2) weight decay shrinks y from 1.5 to 0.375 and leaves x at 1.46; beside it (AdamW) both shrink to 1.28."),
        SQUARES
        + "&steps=300&speed=2.0&lanes=3&1.rule=adam&1.lr=0.1&2.rule=adam&2.lr=0.1&2.weight_decay=0.3&3.rule=adamw&3.lr=0.1&3.weight_decay=0.3",
    ),
    Scene(
        "how_much_decay",
        N_("How much weight decay?"),
        N_("The larger λ, the nearer to the origin AdamW ends, though f* is at x = 1.5: λ 0.1, 0.3 and 1 end at 1.42, 1.28 and 0.812."),
        SQUARES + "&steps=300&speed=2.0&lanes=4&1.rule=adamw&1.lr=0.1&1.weight_decay=0.0&2.rule=adamw&2.lr=0.1&2.weight_decay=0.1"
        "&3.rule=adamw&3.lr=0.1&3.weight_decay=0.3&4.rule=adamw&4.lr=0.1&4.weight_decay=1.0",
    ),
]

CURVATURE = [
    Scene(
        "newton",
        N_("What curvature knows"),
        N_("With κ = 100 Newton is at f* after 1 step, BFGS after 6, momentum after 55; gradient descent is still on its way at step 100."),
        "surface=bowl&surface.kappa=100.0&x=-1.8&y=-0.7&steps=100&speed=0.5&lanes=4"
        "&1.rule=gradient_descent&1.lr=0.0198&2.rule=momentum&2.lr=0.03306&2.momentum=0.6694&3.rule=bfgs&3.lr=1.0&4.rule=newton&4.lr=1.0",
    ),
    Scene(
        "uphill",
        N_("Newton goes uphill"),
        N_("Newton goes wherever the slope is zero, here up to the maximum at step 2; gradient descent goes down and reaches f* at step 14."),
        "surface=himmelblau&x=-0.5&y=-1.2&steps=30&speed=0.25&lanes=2&1.rule=gradient_descent&1.lr=0.01&2.rule=newton&2.lr=1.0",
    ),
]

GROUPS = {
    N_("Learning rate"): RATES,
    N_("Momentum"): MOMENTUM,
    N_("Adaptive rates"): ADAPTIVE,
    N_("Schedules and warm-up"): SCHEDULES,
    N_("Noise"): NOISE,
    N_("Weight decay"): DECAY,
    N_("Curvature"): CURVATURE,
}
SCENES = [scene for group in GROUPS.values() for scene in group]


def makes_the_race(key: str) -> bool:
    """Whether the setting changes the runs, and not only how they are looked at."""
    lane, _, name = key.partition(".")
    return (name != "look") if lane.isdigit() else lane in ("surface", "x", "y", "steps", "noise", "seed", "many", "lanes", "anew")


def raced(given: Flat) -> dict[str, str]:
    """What changes the runs, as a link says it."""
    return {key: text(value) for key, value in given.items() if makes_the_race(key)}


def scene_of(flat: Flat, scenes: Sequence[Scene] = SCENES) -> Scene | None:
    """The scene of these whose runs these settings have, however they are looked at."""
    now = raced(flat)
    alike = (scene for scene in scenes if raced(scene.given).items() <= now.items())  # without working out what the link leaves out
    return next((scene for scene in alike if raced(scene.settings(flat)) == now), None)
