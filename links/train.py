"""What the Train page's address may hold: a network and its examples, the lanes that train it, and what is looked at."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from core import InputError, N_, Range, parameters
from links.entries import make
from links.race import COUNT, HEIGHTS, MENU, SEED, VIEWS, WARMUP
from links.reader import Reader
from links.table import Flat, Table
from locales import LANGUAGES
from optimizers import OPTIMIZERS, Optimizer
from optimizers.matrices import MATRIX_RULES
from problems.networks import ACTIVATIONS, STARTS
from problems.networks.digits import folder_named
from problems.networks.perceptron import Perceptron
from runs.plateau import Plateau

# Rates that suit each rule on the opening's network: of those whose accuracy on the validation part is within .01 of its best, the middle one on
# the logarithmic axis (four rates a decade, two or three seeds; `python -m benchmarks.train rates` works them out anew).
GOOD = {
    "gradient_descent": 0.56,
    "momentum": 0.1,
    "nesterov": 0.315,
    "adagrad": 0.1,
    "rmsprop": 0.0056,
    "adam": 0.01,
    "adadelta": 3.15,
    "adamw": 0.0056,
    "sutskever": 0.1,  # momentum's: at a constant rate it takes the same path
    "adam_uncorrected": 0.00315,
    "adamax": 0.018,
    "nadam": 0.01,
    "amsgrad": 0.018,
    "qhm": 1.0,
    "yogi": 0.01,
    "radam": 0.01,
    "adabelief": 0.0056,
    "sam": 0.315,
    "adan": 0.01,
    "lion": 0.00056,
    "rprop": 0.056,
    "muon": 0.01,  # with two hidden layers of 32
}
SCHEDULED = MENU | {"plateau": Plateau}  # what moves a lane's rate
RULES = tuple(GOOD)[:7]  # the lecture's, lane by lane at the opening
LANES = len(RULES)
# A rule of two coordinates has no meaning here, and BFGS would keep a matrix of P × P numbers, six million of them for the opening's network.
TRAINERS = {name: cls for name, cls in OPTIMIZERS.items() if cls.coordinates is None and name != "bfgs"} | MATRIX_RULES

WIDEST, DEEPEST = 256, 3
WIDTHS = ("0", "8", "16", "32", "64", "128", "32-32", "64-64", "32-32-32")  # that the menu offers
STEPS = Range(10, 20_000, whole=True, within="[10, 20000]", help=N_("How many batches each lane learns from."))
BATCH = Range(1, 2048, log=True, whole=True, within="[1, 100000]", label=N_("Batch size B"), help=N_("How many examples a step looks at."))
DECAY = replace(parameters(Perceptron)["weight_decay"], low=0.0, high=0.1, log=False)
DECAYS = [0.0, *(float(f"{m}e{k}") for k in (-5, -4, -3, -2) for m in (1, 2, 5)), 0.1]
PLANES = {"own": N_("Along the path"), "random": N_("Random"), "all": N_("Along all paths")}  # which directions a plane has
MOMENT = Range(0.0, 1.0, within="[0, 1]")  # of a training: the point of its path that is looked at, from the start to the end
LONG = 5000  # iterations: what a length of a schedule is offered up to
RAMP = replace(
    WARMUP,
    high=LONG,
    label=N_("Warm-up w"),
    help=N_("Warm-up w: over how many iterations, or epochs where schedules count these, the rate climbs to its peak; 0 is none."),
)
OVER = {"steps": N_("Iterations"), "epochs": N_("Epochs"), "seconds": N_("Seconds")}
SHOWN = {"curves": N_("Curves"), "rates": N_("Rates"), "plane": N_("Loss on a plane")}
LOW = Range(1e-6, 1.0, log=True, within="[1e-08, 1000]", label=N_("Rates from"), help=N_("The lowest rate η of the sweep."))
HIGH = Range(1e-3, 100.0, log=True, within="[1e-08, 1000]", label=N_("Rates to"), help=N_("The highest rate η of the sweep."))
PER_DECADE = ("1", "2", "4", "5", "10")  # rates
SEEDS = Range(
    1, 30, whole=True, within="[1, 30]", label=N_("Seeds"), help=N_("How many trainings each rate has, from other starts and with other batches.")
)
MIDDLE = {  # what the chart in the middle can show
    "test_loss": N_("Test loss"),
    "validation_loss": N_("Validation loss"),
    "rate": N_("Learning rate η"),
    "sharpness": N_("Sharpness λmax(H)"),
    "preconditioned": N_("Sharpness λmax(P⁻¹H)"),
    "negative": N_("Negative eigenvalues of H"),
}
CURVATURE = ("sharpness", "preconditioned", "negative")  # of them, what is measured where that is wanted
COUNTED = {"steps": N_("Iterations"), "epochs": N_("Epochs")}
PARTS = ("top", "controls", "curves", "lanes", "pictures", "bar")  # of the page, that a link can leave out
OWN = "folder"


def data_sets() -> dict[str, str]:
    """What there is to train on, each with its title: the digits that come with the program, and those of the folder that the environment names."""
    return {"digits": N_("Digits, 8 × 8")} | ({OWN: N_("Digits of your folder")} if folder_named() else {})


def take(reader: Reader, language: str) -> None:
    """Take every setting; a rule before its rate."""
    reader.choice("lang", language, LANGUAGES)
    reader.choice("data", "digits", data_sets())
    reader.take("hidden", "32", hidden_layers, lambda: f"0, 32, 32-32 (≤ {DEEPEST} × {WIDEST})")
    reader.choice("activation", "relu", ACTIVATIONS)
    reader.choice("start", "he", STARTS)
    reader.number("decay", 0.0, DECAY)
    reader.number("batch", 32, BATCH)
    reader.number("steps", 2500, STEPS)
    reader.number("seed", 0, SEED)
    reader.choice("counted", "steps", COUNTED)
    reader.number("lanes", LANES, COUNT)
    for i in range(1, reader.flat["lanes"] + 1):
        take_lane(reader, i)
    reader.number("lane", 1, Range(1, reader.flat["lanes"], whole=True, within=f"[1, {reader.flat['lanes']}]"))
    reader.choice("over", "steps", OVER)
    reader.switch("sharp")
    reader.flat["sharp"] *= reader.flat["data"] == "digits"  # of 60 000 pictures it would take minutes
    take_sweep(reader)
    take_plane(reader)
    reader.choice("curve", usually_charted(reader.flat), charted(reader.flat))
    reader.switch("present")
    reader.parts("hide", PARTS)


def take_sweep(reader: Reader) -> None:
    """What is shown, and the grid of a sweep over rates."""
    reader.choice("show", "curves", SHOWN)
    reader.number("sweep.low", 1e-4, LOW)
    reader.number("sweep.high", 10.0, HIGH)
    reader.choice("sweep.per", "2", dict.fromkeys(PER_DECADE))
    reader.number("sweep.seeds", 3, SEEDS)


def charted(flat: Flat) -> dict[str, str]:
    """What the chart in the middle can show: the curvature where it is measured."""
    return {name: title for name, title in MIDDLE.items() if name not in CURVATURE or flat["sharp"]}


def usually_charted(flat: Flat) -> str:
    """What it shows where nothing is said: the sharpness where it is measured, the rate where something moves it, else the test loss."""
    moving = any(flat[f"{i}.schedule"] != "constant" or flat[f"{i}.warmup"] for i in range(1, flat["lanes"] + 1))
    return "sharpness" if flat["sharp"] else "rate" if moving else "test_loss"


def take_plane(reader: Reader) -> None:
    """On which plane the loss is shown, and how."""
    reader.choice("plane", "own", PLANES)
    reader.number("plane.seed", 0, SEED)
    reader.number("moment", 1.0, MOMENT)
    reader.choice("view", "2d", VIEWS)
    reader.choice("height", "f", HEIGHTS)


def take_lane(reader: Reader, i: int) -> None:
    """Lane i's settings."""
    refuse_without_matrices(reader, f"{i}.rule", usual_rule(i))
    rule = reader.entry(f"{i}.rule", f"{i}.", usual_rule(i), trainers(reader.flat))
    reader.number(f"{i}.lr", good_rate(reader.flat[f"{i}.rule"]), parameters(rule)["lr"])
    reader.entry(f"{i}.schedule", f"{i}.schedule.", "constant", SCHEDULED)
    reader.number(f"{i}.warmup", 0, RAMP)
    reader.number(f"{i}.look", i, COUNT)


def lengthened(allowed: Range, flat: Flat) -> Range:
    """A schedule's parameter as the page offers it: a length in iterations up to thousands, one in epochs as a race has its steps."""
    return replace(allowed, high=LONG, log=allowed.low > 0) if allowed.whole and flat["counted"] == "steps" else allowed


def trainers(flat: Flat) -> dict[str, type[Optimizer]]:
    """The rules that can train this network: those for matrices where there is a hidden one, which lies between two hidden layers."""
    return {name: cls for name, cls in TRAINERS.items() if name not in MATRIX_RULES or len(widths_of(flat)) > 1}


def refuse_without_matrices(reader: Reader, key: str, used: str) -> None:
    """Complain about a rule for matrices where the network has no hidden one."""
    name = str(reader.given.get(key))
    if name in MATRIX_RULES and name not in trainers(reader.flat):
        reader.given.pop(key)
        reader.complaints.append(without_matrices(reader.flat, key, name, used))


def without_matrices(flat: Flat, key: str, name: str, used: str) -> InputError:
    """Why the network cannot be trained by a rule for matrices."""
    template = N_("{name}={value} was ignored: it is for matrices between two hidden layers, and hidden={hidden} has none; {used} is used instead.")
    return InputError(template, name=key, value=name, hidden=flat["hidden"], used=used)


def usual_rule(i: int) -> str:
    """Lane i's at the opening, and as lanes are added."""
    return (*RULES, "adamw")[i - 1]


def good_rate(rule: str) -> float:
    """The rate that suits a rule on the opening's network."""
    return GOOD.get(rule) or make(TRAINERS[rule], {}, "").lr


def hidden_layers(text: Any) -> str:
    """The widths of the hidden layers as a link says them, "32-32", or "0" for none; raises ValueError."""
    widths = [int(each) for each in str(text).split("-")]
    if widths == [0]:
        return "0"
    if len(widths) > DEEPEST or not all(1 <= width <= WIDEST for width in widths):
        raise ValueError
    return "-".join(map(str, widths))


def widths_of(flat: Flat) -> tuple[int, ...]:
    """The widths of the hidden layers."""
    return () if flat["hidden"] == "0" else tuple(int(each) for each in flat["hidden"].split("-"))


def is_skeleton(key: str) -> bool:
    """Whether other settings depend on this one."""
    return key in ("lanes", "hidden", "sharp") or key.endswith((".rule", ".schedule", ".warmup"))


def usual(flat: Flat, language: str) -> dict[str, str | None]:
    """Each setting's text that the address bar leaves out."""
    return remembered(frozenset((key, flat[key]) for key in flat if is_skeleton(key)), language)


@lru_cache(maxsize=128)
def remembered(chosen: frozenset[tuple[str, Any]], language: str) -> dict[str, str | None]:
    """The same, remembered."""
    skeleton = dict(chosen)
    opening = texts_of({"lanes": skeleton["lanes"]}, language)
    return texts_of(skeleton, language) | {key: opening.get(key) for key in skeleton} | {"lanes": str(LANES)}


def texts_of(given: Flat, language: str) -> dict[str, Any]:
    """The whole link, where just these settings are given."""
    return TRAIN.write(TRAIN.read(given, language)[0])


TRAIN = Table(take, usual)
