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
PIXELS, CLASSES, EXAMPLES, BATCH, STEPS = 12, 4, 40, 8, 12


def network(hidden: list[int], activation: str) -> Any:
    layers: list[Any] = []
    for n, m in pairwise([PIXELS, *hidden, CLASSES]):
        layers += [torch.nn.Linear(n, m), ACTIVATIONS[activation]()]
    return torch.nn.Sequential(*layers[:-1])


def loss(net: Any, inputs: Any, labels: Any, decay: float) -> Any:
    squares = sum((layer.weight**2).sum() for layer in net if isinstance(layer, torch.nn.Linear))
    return torch.nn.functional.cross_entropy(net(inputs), labels) + decay / 2 * squares


def main() -> None:
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
        for name, make in RULES.items():
            torch.nn.utils.vector_to_parameters(torch.tensor(start), net.parameters())
            rule, path = make(net.parameters()), []
            for places in batches:
                rule.zero_grad()
                loss(net, x[places], y[places], case["weight_decay"]).backward()
                rule.step()
                path.append(torch.nn.utils.parameters_to_vector(net.parameters()).detach().numpy().copy())
            found[f"{k}.{name}"] = np.array(path)[[0, STEPS // 2, STEPS - 1]]
    found["meta"] = json.dumps({"cases": CASES, "kept": [1, STEPS // 2 + 1, STEPS], "torch": torch.__version__})
    np.savez_compressed(Path(__file__).with_name("networks.npz"), **found)


if __name__ == "__main__":
    main()
