"""What the Train page is sent of a sweep over rates: its lanes and words with the page, and the trainings' ends whenever it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from core import Array
from links import Flat
from links.entries import lane_of
from links.ratesweep import Reached, rates_of
from links.train import TRAIN
from links.trained import data_of
from locales import _
from player.messages.names import names_of
from player.messages.train import described, network_in_words
from player.pack import pack
from runs.race import Lane

UNASKED = ("over", "curve", "lane", "present", "hide")  # settings that change nothing of the sweep
BAND = (0.1, 0.9)  # quantiles of the seeds


class Best(NamedTuple):
    """The rate with the highest mean share of right answers in the validation part, of equals that with the lowest loss there; its place, the
    mean shares of the three parts, and the least and greatest share of the test part.
    """

    place: int
    validation: float
    test: float
    training: float
    least: float
    most: float


def ratesweep(flat: Flat) -> dict[str, Any]:
    """The lanes with their looks, what the sweep is asked for with, and words."""
    lanes = [alike(lane_of(flat | {f"{i}.quiet": 0}, i)) for i in range(1, flat["lanes"] + 1)]
    return {
        "link": {key: said for key, said in TRAIN.write(flat).items() if key not in UNASKED and not key.endswith(".lr")},
        "lanes": [described(flat, i, title) for i, title in enumerate(names_of(lanes), start=1)],
        "lane": flat["lane"],
        "rates": list(rates_of(flat)),
        "seeds": flat["sweep.seeds"],
        "words": words(flat),
        "note": [f"{network_in_words(flat)} — Descent Lab", words(flat)["band"] if flat["sweep.seeds"] > 1 else ""],
        "file": "_".join(["rates", flat["data"], flat["hidden"]]),
    }


def alike(lane: Lane) -> Lane:
    """The lane as the sweep has it: at any rate."""
    return replace(lane, rule=replace(lane.rule, lr=1.0))


def words(flat: Flat) -> dict[str, str]:
    """What stands on the page."""
    return {
        "title": _("Accuracy over the learning rate"),
        "lanes": _("The lanes at their best rates"),
        "rule": _("Rule"),
        "rate": _("Best η"),
        "rate_help": _("The rate with the highest accuracy on the validation part, which no training sees; the test part chooses nothing."),
        "validation": _("Validation accuracy"),
        "test": _("Test accuracy"),
        "band": _("Mean and 10–90 % band of {count} seeds").format(count=flat["sweep.seeds"]),
        "test_help": _("At that rate: the mean of all seeds, the least and the greatest."),
        "gap": _("Gap"),
        "gap_help": _("Training accuracy less test accuracy: what was learnt by heart."),
        "diverged": _("Diverges from η"),
        "diverged_help": _("The lowest rate of the grid at which a training diverged."),
        "fell": _("diverged ({count} of {all})"),
        "edge": _("end of the grid"),
        "over": _("Learning rate η"),
        "progress": _("{done} of {all} trainings"),
        "place": _("Others are training: {place} before you in the queue."),
        "pause": _("Stop"),
        "continue": _("Continue"),
        "again": _("Train again"),
        "retry": _("Try again"),
        "take": _("Use these rates"),
        "picture": _("Save a picture of the curves"),
        "pick": _("{title}: set it"),
        "summary": _("{title}: best rate {rate}, validation accuracy {validation}, test accuracy {test}, gap {gap}."),
    }


def swept(flat: Flat, found: Sequence[Sequence[Sequence[Reached | None]]], note: str) -> tuple[bytes, bool]:
    """All that is there of the sweep, by lane, rate and seed, packed: {"trained": …}; and whether that is all."""
    jobs = [each for lane in found for rate in lane for each in rate]
    finished = all(each is not None for each in jobs)
    split = data_of(flat)
    message = {
        "place": 0,
        "error": "",
        "note": note,
        "over": finished,
        "done": sum(each is not None for each in jobs),
        "all": len(jobs),
        "counts": {"validation": len(split.validation), "test": len(split.test)},
        "lanes": [lane_of_sweep(lane) for lane in found],
    }
    return pack({"trained": message}), finished


def lane_of_sweep(lane: Sequence[Sequence[Reached | None]]) -> dict[str, Any]:
    """A lane's curves over the rates, how many of its trainings diverged at each, and its best rate where there is one."""
    best = best_of(lane)
    return {
        "validation": banded(lane, "validation"),
        "test": banded(lane, "test"),
        "diverged": np.array([sum(bool(each and each.diverged) for each in rate) for rate in lane], np.uint8),
        "best": best._asdict() if best else None,
    }


def banded(lane: Sequence[Sequence[Reached | None]], part: str) -> Array:
    """The mean over the seeds that have come, and the band's two edges, at each rate; shape (3, rates). NaN where one diverged or none came."""
    rows = np.full((3, len(lane)), np.nan, np.float32)
    for k, rate in enumerate(lane):
        values = [getattr(each, part) for each in rate if each]
        if values and not any(each and each.diverged for each in rate):
            rows[:, k] = np.mean(values), *np.quantile(values, BAND, method="nearest")
    return rows


def best_of(lane: Sequence[Sequence[Reached | None]]) -> Best | None:
    """The best rate of those all of whose trainings are done."""
    whole = {k: [each for each in rate if each] for k, rate in enumerate(lane) if all(rate)}
    means = {k: np.mean([each[:4] for each in rate], axis=0) for k, rate in whole.items()}
    known = {k: mean for k, mean in means.items() if np.isfinite(mean).all()}
    if not known:
        return None
    k = max(known, key=lambda k: (known[k][0], -known[k][3]))
    tests = [each.test for each in whole[k]]
    validation, test, training, _loss = known[k].tolist()
    return Best(k, validation, test, training, min(tests), max(tests))
