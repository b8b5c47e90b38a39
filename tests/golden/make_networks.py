"""Losses, gradients and short trainings of networks in PyTorch, float64: `python tests/golden/make_networks.py` rewrites networks.npz.

It needs torch and numpy; the tests need only the file. The digits and the batches are given to PyTorch as numbers, so that nothing but the network,
its loss and its rules is compared. Weight decay is λ/2 Σ W² in the loss, without the biases, as here.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

CASES = [
    {"hidden": [], "activation": "relu", "weight_decay": 0.0},
    {"hidden": [7], "activation": "relu", "weight_decay": 0.01},
    {"hidden": [7, 5], "activation": "tanh", "weight_decay": 0.1},
    {"hidden": [6, 6, 4], "activation": "gelu", "weight_decay": 0.0},
]
ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "gelu": lambda: torch.nn.GELU(approximate="tanh")}
RULES = {
    "gradient_descent": lambda weights: torch.optim.SGD(weights, lr=0.3),
    "momentum": lambda weights: torch.optim.SGD(weights, lr=0.05, momentum=0.9),
    "adam": lambda weights: torch.optim.Adam(weights, lr=0.01),
}
MUONS = {"original": {"nesterov": True}, "match_rms_adamw": {"nesterov": False}}  # by the adjustment of the rate
MUON = {"lr": 0.02, "momentum": 0.9, "weight_decay": 0.1}
SHARE = 0.3  # AdamW's rate / Muon's
PLATEAUS = [
    {"factor": 0.5, "patience": 2},
    {"factor": 0.1, "patience": 0, "threshold": 0.05, "cooldown": 3},
    {"factor": 0.3, "patience": 1, "threshold": 0.0, "cooldown": 1, "min_lr": 0.002},
    {},
]
EPOCHS = 120
PIXELS, CLASSES, EXAMPLES, BATCH, STEPS = 12, 4, 40, 8, 12


def network(hidden: list[int], activation: str) -> Any:
    layers: list[Any] = []
    for n, m in pairwise([PIXELS, *hidden, CLASSES]):
        layers += [torch.nn.Linear(n, m), ACTIVATIONS[activation]()]
    return torch.nn.Sequential(*layers[:-1])


def loss(net: Any, inputs: Any, labels: Any, decay: float) -> Any:
    squares = sum((layer.weight**2).sum() for layer in net if isinstance(layer, torch.nn.Linear))
    return torch.nn.functional.cross_entropy(net(inputs), labels) + decay / 2 * squares


class Both:
    """Muon for the hidden matrices, AdamW for the rest, in float64: torch.optim.Muon makes its matrices orthogonal in bfloat16 where it is let."""

    def __init__(self, net: Any, adjust: str, nesterov: bool) -> None:
        matrices = [layer.weight for layer in net if isinstance(layer, torch.nn.Linear)][1:-1]
        others = [each for each in net.parameters() if not any(each is matrix for matrix in matrices)]
        self.muon = torch.optim.Muon(matrices, adjust_lr_fn=adjust, nesterov=nesterov, **MUON)
        self.adamw = torch.optim.AdamW(others, lr=SHARE * MUON["lr"], weight_decay=MUON["weight_decay"])

    def zero_grad(self) -> None:
        self.muon.zero_grad()
        self.adamw.zero_grad()

    def step(self) -> None:
        self.muon.step()
        self.adamw.step()


def lowered(settings: dict[str, Any], losses: Any) -> list[float]:
    """The rate after each epoch with these losses."""
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    plateau, rates = torch.optim.lr_scheduler.ReduceLROnPlateau(rule, **settings), []
    for each in losses:
        plateau.step(each)
        rates.append(rule.param_groups[0]["lr"])
    return rates


def main() -> None:
    torch.Tensor.bfloat16 = lambda own: own.double().clone()  # a copy, as the other is: what comes next divides it in place
    rng = np.random.default_rng(7)
    inputs, labels = rng.uniform(size=(EXAMPLES, PIXELS)), rng.integers(CLASSES, size=EXAMPLES)
    batches = np.array([rng.choice(EXAMPLES, BATCH, replace=False) for _ in range(STEPS)])
    found: dict[str, Any] = {"inputs": inputs, "labels": labels, "batches": batches}
    x, y = torch.tensor(inputs), torch.tensor(labels)
    for k, case in enumerate(CASES):
        net = network(case["hidden"], case["activation"])
        start = 0.7 * rng.standard_normal(sum(each.numel() for each in net.parameters()))
        found[f"{k}.start"] = start
        torch.nn.utils.vector_to_parameters(torch.tensor(start), net.parameters())
        value = loss(net, x, y, case["weight_decay"])
        value.backward()
        found[f"{k}.value"] = value.item()
        found[f"{k}.gradient"] = torch.cat([each.grad.ravel() for each in net.parameters()]).numpy().copy()
        rules = {name: lambda make=make, net=net: make(net.parameters()) for name, make in RULES.items()}
        if len(case["hidden"]) > 1:
            rules |= {f"muon.{name}": lambda name=name, more=more, net=net: Both(net, name, **more) for name, more in MUONS.items()}
        for name, make in rules.items():
            torch.nn.utils.vector_to_parameters(torch.tensor(start), net.parameters())
            rule, path = make(), []
            for places in batches:
                rule.zero_grad()
                loss(net, x[places], y[places], case["weight_decay"]).backward()
                rule.step()
                path.append(torch.nn.utils.parameters_to_vector(net.parameters()).detach().numpy().copy())
            found[f"{k}.{name}"] = np.array(path)[[0, STEPS // 2, STEPS - 1]]
    losses = 2 * 0.97 ** np.arange(EPOCHS) + 0.2 * np.abs(rng.standard_normal(EPOCHS))
    losses[[50, 77]] = [np.nan, np.inf]
    found["losses"] = losses
    for k, settings in enumerate(PLATEAUS):
        found[f"plateau.{k}"] = lowered(settings, losses)
    meta = {"cases": CASES, "kept": [1, STEPS // 2 + 1, STEPS], "muon": MUON | {"share": SHARE}, "muons": MUONS, "plateaus": PLATEAUS}
    found["meta"] = json.dumps(meta | {"torch": torch.__version__})
    np.savez_compressed(Path(__file__).with_name("networks.npz"), **found)


if __name__ == "__main__":
    main()
