"""Muon: PyTorch's numbers, the singular values of its steps, and where it is offered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from landscapes import LANDSCAPES
from links.entries import RULES
from links.train import TRAIN
from links.trained import read, training, what_is_trained
from links.trainings import TRAININGS
from locales import said
from optimizers import OPTIMIZERS
from optimizers.adamw import AdamW
from optimizers.matrices import MATRIX_RULES
from optimizers.matrices.muon import A, B, C, ITERATIONS, hidden_matrices, orthogonal
from problems.batches import Batches
from problems.networks import Perceptron, start
from problems.networks.digits import digits
from runs import run
from tests.test_networks import GOLDEN, Given, META, SOME, network
from tests.test_views import opened, ran

Muon = MATRIX_RULES["muon"]
DEEP = "v=1&hidden=32-32&lanes=1&1.rule=muon"


@pytest.mark.parametrize("k", [k for k, case in enumerate(META["cases"]) if len(case["hidden"]) > 1])
@pytest.mark.parametrize("adjust", META["muons"])
def test_it_trains_as_pytorch_does(k: int, adjust: str):
    """torch.optim.Muon in float64 for the hidden matrices, torch.optim.AdamW for the rest."""
    rule = Muon(**META["muon"] | {name: int(value) for name, value in META["muons"][adjust].items()}, adjust=adjust)
    found = run(rule, network(k, batches=Given(examples=len(SOME), size=8)), GOLDEN[f"{k}.start"], 12)
    np.testing.assert_allclose(found.path[META["kept"]], GOLDEN[f"{k}.muon.{adjust}"], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("shape", [(8, 8), (5, 9), (9, 5), (32, 32)])
def test_singular_values_are_led_near_1_and_directions_stay(shape: tuple[int, int]):
    """Each goes the polynomial's way, and from .02 of the matrix's length on into [.68, 1.2]."""
    G = np.random.default_rng(shape).standard_normal((20, *shape))
    U, s, Vt = np.linalg.svd(G, full_matrices=False)
    s /= np.linalg.norm(s, axis=-1, keepdims=True)
    led = s
    for _ in range(ITERATIONS):
        led = A * led + B * led**3 + C * led**5
    np.testing.assert_allclose(orthogonal(G), U * led[:, None] @ Vt, rtol=1e-9, atol=1e-12)
    assert (s >= 0.02).any()
    assert ((led[s >= 0.02] > 0.68) & (led[s >= 0.02] < 1.2)).all()
    assert not orthogonal(np.zeros(shape)).any()


def test_only_hidden_matrices_are_its_own():
    own = Perceptron(digits().training, (32, 16, 8))
    assert [shape for _place, shape in hidden_matrices(own.blocks)] == [(16, 32), (8, 16)]
    assert [place for place, _shape in hidden_matrices(own.blocks)] == [own.places[2], own.places[4]]
    assert hidden_matrices(own.at(1).blocks) == hidden_matrices(own.blocks)
    assert hidden_matrices(Perceptron(digits().training, (32,)).blocks) == hidden_matrices(LANDSCAPES["bowl"]().blocks) == []


def test_without_a_hidden_matrix_it_is_adamw():
    net = network(1, batches=Given(examples=len(SOME), size=8))
    one, other = (run(rule, net, GOLDEN["1.start"], 12).path for rule in (Muon(lr=0.02, share=0.5), AdamW(lr=0.01, weight_decay=0.1)))
    np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


def test_a_batch_is_its_runs_and_single_precision_stays():
    net = Perceptron(SOME, (6, 5), batches=Batches(examples=40, size=8))
    starts, rates = np.stack([start(net, seed=k) for k in range(3)], axis=1), np.array([0.01, 0.02, 0.05])
    together = run(Muon(lr=rates), net, starts, 5).path
    for k in range(3):
        np.testing.assert_allclose(together[..., k], run(Muon(lr=float(rates[k])), net, starts[:, k], 5).path, rtol=1e-10, atol=1e-12)
    single = starts[:, 0].astype(np.float32)
    assert Muon().step(net, single, Muon().init(single), 1, 0.01)[0].dtype == np.float32


# Where it is offered.


def test_it_is_offered_where_there_is_a_hidden_matrix_and_elsewhere_its_absence_is_told():
    flat, complaints = TRAIN.read_link(f"{DEEP}&1.adjust=match_rms_adamw&1.share=0.123456789&1.nesterov=0", "en")
    assert complaints == []
    assert (flat["1.rule"], flat["1.adjust"], flat["1.nesterov"]) == ("muon", "match_rms_adamw", 0)
    assert training(what_is_trained(flat, 1)).optimizer == Muon(lr=flat["1.lr"], share=0.123456789, nesterov=0, adjust="match_rms_adamw")
    assert TRAIN.short(flat, "en")["1.share"] == "0.123456789"
    flat, (complaint,) = TRAIN.read_link("v=1&lanes=1&1.rule=muon", "en")
    assert flat["1.rule"] == "gradient_descent"
    assert "hidden=32 has none" in said(complaint)
    flat, (complaint,) = TRAIN.read_link(f"{DEEP}&1.adjust=mine", "en")
    assert (flat["1.adjust"], "original, match_rms_adamw" in said(complaint)) == ("original", True)


def test_a_training_worth_seeing_moves_all_but_the_hidden_matrix_as_adamw_does():
    """One step from the same start, at AdamW's part of Muon's rate and with its weight decay."""
    flat = read(next(each for each in TRAININGS if each.name == "muon").link)
    adamw, muon = (training(what_is_trained(flat, i)) for i in (1, 2))
    assert isinstance(muon.optimizer, Muon)
    other = replace(adamw, optimizer=AdamW(lr=muon.optimizer.share * muon.optimizer.lr, weight_decay=muon.optimizer.weight_decay), steps=1).run().p
    own = replace(muon, steps=1).run().p
    ((place, shape),) = hidden_matrices(muon.network.blocks)
    assert shape == (32, 32)
    moved = np.abs(own - other) > 1e-12
    assert moved[place].all()
    moved[place] = False
    assert not moved.any()


def test_pages_of_two_dimensions_do_not_have_it():
    assert "muon" not in OPTIMIZERS
    assert "muon" in RULES


def test_it_learns_the_digits():
    flat = read({"hidden": "32-32", "lanes": "1", "1.rule": "muon", "steps": "300"})
    assert training(what_is_trained(flat, 1)).run().curves[3, -1] > 0.95


def test_a_network_that_loses_its_hidden_matrix_is_trained_by_adamw_and_that_is_said():
    page = opened("train", hidden="32-32", lanes="1", steps="10", **{"1.rule": "muon"})
    assert "(32 × 32)" in " ".join(each.value for each in page.caption)
    next(each for each in page.toggle if (each.key or "").strip() == "1.nesterov").set_value(False)
    ran(page)
    assert page.session_state["visit"].memories["train"].settings["1.nesterov"] == 0
    next(each for each in page.selectbox if (each.key or "").strip() == "hidden").set_value("32")
    ran(page)
    own = page.session_state["visit"].memories["train"]
    assert own.settings["1.rule"] == "adamw"
    assert "hidden=32 has none" in said(own.complaints[0])
