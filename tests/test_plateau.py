"""A rate that is lowered on a plateau: PyTorch's numbers, in a training, in the link and on the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import InputError
from links.train import TRAIN
from links.trained import edge_of, read, training, what_is_trained
from links.trainings import TRAININGS
from optimizers import OPTIMIZERS
from player.messages.train import train
from problems.batches import Batches
from problems.networks import Perceptron, start
from problems.networks.digits import digits
from runs.plateau import Plateau, Watched
from runs.training import CURVES, Training
from tests.test_views import opened, ran

GOLDEN = np.load(Path(__file__).parent / "golden" / "networks.npz")
META = json.loads(str(GOLDEN["meta"]))
LANE = {"lanes": "1", "1.rule": "momentum", "1.schedule": "plateau"}
RATE = CURVES.index("rate")


@pytest.mark.parametrize("k", range(len(META["plateaus"])))
def test_the_rates_are_those_of_pytorch(k: int):
    watched, rates = Watched(0.1), []
    for loss in GOLDEN["losses"]:
        watched = Plateau(**META["plateaus"][k]).after(watched, float(loss))
        rates.append(watched.lr)
    assert rates == GOLDEN[f"plateau.{k}"].tolist()
    assert min(rates) < 0.1


def plateaued(steps: int = 400, **more: Any) -> Training:
    network = Perceptron(digits().training, (8,), batches=Batches(examples=1137, size=32))
    own = {"validation": digits().validation, "plateau": Plateau(factor=0.5, patience=0, threshold=0.05)}
    return Training(OPTIMIZERS["momentum"](lr=0.1), network, digits().test, start(network), steps, **own | more)


def test_a_training_watches_the_validation_loss_at_the_end_of_each_epoch():
    """36 steps an epoch: the rates are those that follow from the losses at these steps, and the rate of a step is that from before it."""
    own = plateaued(kept=401)
    found, watched, loss = own.run(), Watched(0.1), np.nan
    for step in range(1, 401):
        assert found.curves[RATE, step] == watched.lr
        if step % 36 == 0:
            loss = float(found.curves[CURVES.index("validation_loss"), step])
            watched = Plateau(factor=0.5, patience=0, threshold=0.05).after(watched, loss)
    assert loss == pytest.approx(float(plateaued(396).run().curves[CURVES.index("validation_loss"), -1]))
    assert found.curves[CURVES.index("validation_loss"), -1] == pytest.approx(float(own.network.loss(found.p, digits().validation)), rel=1e-12)
    assert found.watched
    assert found.watched.lr == watched.lr < 0.05


def test_slices_make_the_same_training():
    own = plateaued(150)
    progress = own.begin()
    while not own.done(progress):
        progress = own.advance(progress, 0.0)
    assert (progress.p == own.run().p).all()
    assert progress.watched == own.run().watched


def test_it_needs_examples_for_validation():
    with pytest.raises(InputError, match="needs examples for validation"):
        plateaued(validation=None)


@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in (1, 2))])
def test_the_training_worth_seeing_ends_lower_and_names_more(seed: int):
    """The one that is shown, and two others: .30, .11 and .54 of the other's."""
    plateau = next(each for each in TRAININGS if each.name == "plateau")
    flat = read(plateau.link | {"seed": str(seed)})
    constant, lowered = (dict(zip(CURVES, training(what_is_trained(flat, i)).run().curves, strict=True)) for i in (1, 2))
    jumps = constant["loss"] / np.minimum.accumulate(constant["loss"])
    assert (np.diff((jumps > 5).astype(int)) == 1).sum() > 4
    assert lowered["loss"][-1] < constant["loss"][-1]
    assert lowered["test_loss"][-1] < 0.75 * constant["test_loss"][-1]
    assert lowered["test_accuracy"][-1] > constant["test_accuracy"][-1]
    assert constant["rate"][-1] == flat["2.lr"] > 10 * lowered["rate"][-1]


# The link and the page.


def test_it_stands_in_the_link_to_the_last_digit_and_trains_so():
    link = "v=1&lanes=1&1.schedule=plateau&1.schedule.factor=0.35&1.schedule.patience=3&1.schedule.threshold=0.0123456789&1.schedule.min_lr=1e-05"
    flat, complaints = TRAIN.read_link(link, "en")
    assert complaints == []
    assert {f"{key}={value}" for key, value in TRAIN.short(flat, "en").items()} == set(link.split("&"))
    assert training(what_is_trained(flat, 1)).plateau == Plateau(0.35, 3, 0.0123456789, 0, 1e-5)
    _flat, complaints = TRAIN.read_link(f"{link}&1.schedule.cooldown=-1&1.schedule.every=3", "en")
    assert [str(each).partition("=")[0] for each in complaints] == ["1.schedule.cooldown", "1.schedule.every"]


def test_lanes_are_called_by_it_and_no_edge_is_drawn():
    flat = read(LANE | {"lanes": "2", "2.rule": "momentum", "sharp": "1", "batch": "2000"})
    assert [lane["title"] for lane in train(flat)["lanes"]] == ["Momentum · Plateau", "Momentum · Constant"]
    assert [edge_of(flat, i) is None for i in (1, 2)] == [True, False]


def test_the_page_offers_it_and_its_settings():
    page = opened("train", lanes="1", steps="10")
    next(each for each in page.selectbox if (each.key or "").strip() == "1.schedule").set_value("plateau")
    ran(page)
    own = page.session_state["visit"].memories["train"].settings
    assert (own["1.schedule.factor"], own["1.schedule.patience"]) == (0.1, 10)
    assert "every" not in str([key for key in own if key.startswith("1.schedule")])
