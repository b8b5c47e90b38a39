"""Where a training starts: the weights before the first step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core import Array, InputError, N_
from problems.networks.perceptron import Perceptron

STARTS: dict[str, tuple[str, Callable[[int, int], float]]] = {  # each a title, and σ of the weights by how many inputs and outputs a layer has
    "he": (N_("He, σ = √(2 / inputs)"), lambda n, _m: (2 / n) ** 0.5),
    "glorot": (N_("Glorot, σ = √(2 / (inputs + outputs))"), lambda n, m: (2 / (n + m)) ** 0.5),
    "small": (N_("Small, σ = 0.01"), lambda _n, _m: 0.01),
    "large": (N_("Large, σ = 1"), lambda _n, _m: 1.0),
    "zero": (N_("All zero"), lambda _n, _m: 0.0),
}


def start(network: Perceptron, kind: str = "he", seed: int = 0) -> Array:
    """Normal weights of mean zero and biases of zero, in the precision of the examples; shape (P,). Raises InputError for an unknown kind.

    "he": He et al., ICCV 2015, eq. 10; "glorot": Glorot, Bengio, AISTATS 2010, eq. 12.
    """
    if kind not in STARTS:
        raise InputError(N_("name = {value}: allowed is one of {allowed}."), value=repr(kind), allowed=", ".join(STARTS))
    rng, sigma = np.random.default_rng(seed), STARTS[kind][1]
    parts = [rng.standard_normal(shape) * sigma(shape[1], shape[0]) if len(shape) == 2 else np.zeros(shape) for shape in network.blocks]
    return np.concatenate([part.ravel() for part in parts]).astype(network.examples.inputs.dtype)
