"""What the Train page is sent: its lanes and words with the page, and how far the trainings are whenever it asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from core import N_
from core.number import exact, short
from figures import LOOKS
from links import Flat
from links.entries import lane_of
from links.table import text
from links.train import OVER, PARTS, TRAIN, TRAINERS, charted, data_sets
from links.trained import Seen, Slice, edge_of
from locales import _
from player.messages import plane
from player.messages.names import names_of
from player.messages.stage import words as stage_words
from player.pack import pack
from problems.networks import ACTIVATIONS
from runs.training import LONGEST, Progress, marks

OF_PLANE = ("plane", "plane.seed")  # settings on which the plane hangs
# Settings that change neither a training nor what is looked at of it.
UNASKED = ("over", "curve", "show", *OF_PLANE, "moment", "view", "height", "present", "hide")
NAMES = {
    "top": N_("The top row"),
    "controls": N_("The controls"),
    "curves": N_("The curves or the plane"),
    "lanes": N_("The table of lanes"),
    "pictures": N_("Weights and wrong digits"),
    "bar": N_("The player's bar"),
}
KEYS = {
    "P": N_("Presentation mode on or off"),
    "F": N_("Full screen on or off"),
    "H": N_("What the page shows, for a classroom"),
    "E": N_("Export: pictures and more"),
    "?": N_("These keys"),
}


def train(flat: Flat) -> dict[str, Any]:
    """The lanes with their looks, what the trainings are asked for with, and words."""
    lanes = [lane_of(flat | {f"{i}.quiet": 0}, i) for i in range(1, flat["lanes"] + 1)]
    written = TRAIN.write(flat)
    return {
        "link": {key: said for key, said in written.items() if key not in UNASKED},
        "lanes": [described(flat, i, title) for i, title in enumerate(names_of(lanes), start=1)],
        "lane": flat["lane"],
        "over": flat["over"],
        "curve": flat["curve"],
        "charted": [[name, _(title)] for name, title in charted(flat).items()],
        "steps": flat["steps"],
        "words": words(flat),
        "plane": {
            "shown": flat["show"] == "plane",
            "link": {key: written[key] for key in OF_PLANE},
            "moment": flat["moment"],
            "words": plane.words(flat),
        },
        "note": [f"{network_in_words(flat)} — Descent Lab", lanes_in_words(flat)],
        "file": "_".join(["train", flat["data"], flat["hidden"]]),
    }


def described(flat: Flat, i: int, title: str) -> dict[str, Any]:
    """How lane i looks and what it is called."""
    look = LOOKS[flat[f"{i}.look"] - 1]
    return {
        "title": title,
        "rate": short(flat[f"{i}.lr"]),
        "edges": {"sharpness": edge_of(flat, i), "preconditioned": edge_of(flat, i, preconditioned=True)},
        "marker": look.marker,
        "dash": look.dash,
        "colours": {"light": look.light, "dark": look.dark},
        "letters": {"light": look.lettered("light"), "dark": look.lettered("dark")},
    }


def words(flat: Flat) -> dict[str, str]:
    """What stands on the page."""
    over = flat["over"]
    return {
        "title": _("Training a network"),
        "lanes": _("The lanes and what they have learnt"),
        "rule": _("Rule"),
        "rate": "η",
        "loss": _("Training loss"),
        "test_loss": _("Test loss"),
        "validation_loss": _("Validation loss"),
        "rates": _("Learning rate η"),
        "choose": _("What the chart in the middle shows"),
        "accuracy": _("Training accuracy"),
        "test_accuracy": _("Test accuracy"),
        "sharpness": _("Sharpness λmax(H) of the training loss, - - the edge of stability"),
        "preconditioned": _("λmax(P⁻¹H), P as each rule divides, - - the edge of stability"),
        "negative": _("Share of H's eigenvalues below −λmax/100, about"),
        "gap": _("Gap"),
        "gap_help": _("Training accuracy less test accuracy: what was learnt by heart."),
        "seconds": _("Seconds"),
        "seconds_help": _("Of one processor, for the steps alone."),
        "over": _(OVER[over]),
        "diverged": _("diverged at step {step}"),
        "too_long": _("stopped: it took too long"),
        "progress": _("{done} of {all} steps"),
        "epochs": _("{epochs} epochs"),
        "place": _("Others are training: {place} before you in the queue."),
        "pause": _("Pause"),
        "continue": _("Continue"),
        "again": _("Train again"),
        "retry": _("Try again"),
        "picture": _("Save a picture of the curves"),
        "pick": _("{title}: look at its network"),
        "weights": _("First layer of {title}: the weights of each neuron, positive and negative"),
        "wrong": _("Wrong test digits of {title}: {count} of {all}, what they are → what they are taken for"),
        "none_wrong": _("{title} names all {all} test digits."),
        "picked": _("Step"),
        "summary": _("{title}: test accuracy {accuracy}, training loss {loss}."),
    }


def network_in_words(flat: Flat) -> str:
    """The network and what it learns from, in a line."""
    data = data_sets()[flat["data"]]
    return _("{data}, hidden layers {hidden}, {activation}, batches of {batch}, weight decay {decay}, {steps} steps, seed {seed}").format(
        data=_(data),
        hidden=flat["hidden"],
        activation=ACTIVATIONS[flat["activation"]].title,
        batch=flat["batch"],
        decay=exact(flat["decay"]),
        steps=flat["steps"],
        seed=flat["seed"],
    )


def lanes_in_words(flat: Flat) -> str:
    """The lanes and their rates."""
    return ", ".join(f"{_(TRAINERS[flat[f'{i}.rule']].title)} η {text(flat[f'{i}.lr'])}" for i in range(1, flat["lanes"] + 1))


def over(its: Progress, steps: int) -> bool:
    """Whether a training is done, has diverged, or took too long."""
    return its.stopped_at >= 0 or its.step >= steps or its.seconds > LONGEST


def trained(flat: Flat, lanes: Mapping[int, Slice]) -> tuple[bytes, bool]:
    """How far every lane is, and what the looked-at one's network looks like, packed: {"trained": …}; and whether that is all."""
    finished = all(over(its.progress, flat["steps"]) for its in lanes.values())
    one = lanes[flat["lane"]]
    message = {
        "place": 0,
        "error": "",
        "over": finished,
        "lane": flat["lane"],
        "marks": marks(flat["steps"]).astype(np.float32),
        "per_epoch": one.per_epoch,
        "tests": one.tests,
        "lanes": [
            {"step": its.step, "stopped": its.stopped_at, "seconds": its.seconds, "curves": its.curves.astype(np.float32)}
            for its in (lanes[i].progress for i in sorted(lanes))
        ],
        "seen": looks(one.seen),
    }
    return pack({"trained": message}), finished


def looks(seen: Seen | None) -> dict[str, Any] | None:
    """The pictures as they are sent: weights from −1 to 1 of the largest, pixels from 0 to 255."""
    if seen is None:
        return None
    weights = np.nan_to_num(seen.weights, posinf=0, neginf=0)
    return {
        "weights": (weights / max(np.abs(weights).max(), 1e-12)).astype(np.float32),
        "count": seen.errors,
        "wrong": (255 * seen.wrong).round().astype(np.uint8) if len(seen.wrong) else None,
        "labels": seen.labels.tolist(),
        "taken": seen.taken.tolist(),
    }


def waiting(place: int, error: str = "") -> bytes:
    """That others come first, or why nothing comes."""
    return pack({"trained": {"place": place, "error": error}})


def trains(flat: Flat) -> bytes:
    """{"settings": as the page's link has them, "lanes": how many runs are waited for, none, "inspected": 0, "language", "words"}."""
    told = {"settings": TRAIN.write(flat), "lanes": 0, "inspected": 0, "language": flat["lang"]}
    heights = {"f": _("heights: the loss"), "log": _("heights: log of the loss"), "around": _("heights: log of the loss")}
    return pack(told | {"words": {key: said for key, said in stage_words().items() if key != "first"} | {"heights": heights}})


def of_train(flat: Flat) -> dict[str, Any]:
    """How the page is shown, and the names of its parts and keys."""
    return {
        "mode": {"present": flat["present"], "hide": flat["hide"].split(",") if flat["hide"] else [], "predict": 0},
        "shows": "train",
        "parts": [[part, _(NAMES[part])] for part in PARTS],
        "keys": [[_(key), _(said)] for key, said in KEYS.items()],
        "predictable": False,
    }
