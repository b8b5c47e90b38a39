"""The multilayer perceptron: weighted sums with a nonlinearity between them, and the loss of the classes that it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from core import Array, Citation, InputError, N_, parameter
from landscapes import Objective
from problems.batches import Batches
from problems.networks.activations import ACTIVATIONS
from problems.networks.examples import Examples

WIDEST = 1024  # neurons of a layer
DEEPEST = 4  # hidden layers


@dataclass(frozen=True)
class Perceptron(Objective):
    """The mean cross-entropy of a network's classes over the examples, and half of λ times the sum of its squared weights, without the biases.

    A point is the vector of all weights, layer after layer: W of shape (neurons, inputs), row by row, then its b. Step t sees the t-th of the
    `batches`, or all examples where there are none. It reckons in the precision of the examples. Raises InputError for layers, an activation or
    batches that do not go with it.
    """

    title = N_("Multilayer perceptron")
    formula = r"\frac{1}{N} \sum_i -\log \mathrm{softmax}(W_2\, \sigma(W_1 x_i + b_1) + b_2)_{y_i} + \frac{\lambda}{2} \sum W^2"
    reference = "Rumelhart, Hinton, Williams, Nature 323, 1986"
    citations = (
        Citation(
            "rumelhart1986learning",
            "article",
            "Rumelhart, David E. and Hinton, Geoffrey E. and Williams, Ronald J.",
            "Learning representations by back-propagating errors",
            1986,
            "Nature",
            volume="323",
            pages="533--536",
            doi="10.1038/323533a0",
        ),
    )

    examples: Examples
    hidden: tuple[int, ...] = (32,)
    activation: str = "relu"
    batches: Batches | None = None
    weight_decay: float = parameter(0.0, 1e-6, 1e-1, log=True, within="[0, inf)", label=N_("Weight decay λ"), symbol=r"\lambda")

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.hidden) > DEEPEST or any(not 1 <= width <= WIDEST or width != int(width) for width in self.hidden):
            template = N_("hidden = {value}: allowed are at most {count} layers of 1 to {most} neurons.")
            raise InputError(template, value=self.hidden, count=DEEPEST, most=WIDEST)
        if self.activation not in ACTIVATIONS:
            raise InputError(N_("name = {value}: allowed is one of {allowed}."), value=repr(self.activation), allowed=", ".join(ACTIVATIONS))
        if self.batches and self.batches.examples != len(self.examples):
            raise InputError(N_("The batches are of {n} examples, and there are {value}."), n=self.batches.examples, value=len(self.examples))

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:  # pyright: ignore[reportIncompatibleMethodOverride]  it is a property, remembered
        """The shapes of what a point consists of, one after the other: matrices (neurons, inputs) and vectors (neurons,)."""
        widths = (self.examples.inputs.shape[1], *self.hidden, self.examples.classes)
        return tuple(shape for n, m in pairwise(widths) for shape in ((m, n), (m,)))

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """Where each block stands in a point."""
        ends = np.cumsum([0, *(int(np.prod(shape)) for shape in self.blocks)]).tolist()
        return tuple(slice(*each) for each in pairwise(ends))

    @property
    def coordinates(self) -> int:
        return self.places[-1].stop

    def layers(self, q: Array) -> list[tuple[Array, Array]]:
        """The weights (*batch, neurons, inputs) and biases (*batch, 1, neurons) of each layer, as views of points of shape (*batch, P)."""
        parts = [q[..., place].reshape(*q.shape[:-1], *shape) for place, shape in zip(self.places, self.blocks, strict=True)]
        return [(W, b[..., None, :]) for W, b in zip(parts[::2], parts[1::2], strict=True)]

    def logits(self, p: Array, inputs: Array) -> Array:
        """What each class is worth to the network, before the softmax, at the points p (P, *batch); shape (*batch, N, classes)."""
        h, value = inputs, ACTIVATIONS[self.activation].value
        *hidden, (W, b) = self.layers(first_last(p))
        for V, c in hidden:
            h = value(h @ V.mT + c)
        return h @ W.mT + b

    def value(self, p: Array) -> Array:
        return self.loss(p, self.examples) + 0.5 * self.weight_decay * self.squares(p)

    def gradient(self, p: Array) -> Array:
        return self.slope(p, self.examples.inputs, self.examples.targets)

    def at(self, t: int) -> Objective:
        if self.batches is None:
            return self
        places = self.batches.of(t)
        return Batch(self, self.examples.inputs.take(places, axis=0), self.examples.targets.take(places, axis=0))

    def loss(self, p: Array, examples: Examples) -> Array:
        """The mean cross-entropy over the examples, without weight decay; shape (*batch)."""
        return cross_entropy(self.logits(p, examples.inputs), examples.targets)

    def squares(self, p: Array) -> Array:
        """The sum of the squared weights, without the biases; shape (*batch)."""
        q = first_last(p)
        return np.sum([(q[..., place] ** 2).sum(axis=-1) for place in self.places[::2]], axis=0).T

    def slope(self, p: Array, inputs: Array, targets: Array) -> Array:
        """The gradient over these examples: backpropagation; shape (P, *batch)."""
        q = first_last(p)
        _title, value, slope, _bend = ACTIVATIONS[self.activation]
        layers = self.layers(q)
        seen, sums, h = [inputs], [], inputs
        for W, b in layers[:-1]:
            z = times(W, h)
            z += b
            h = value(z)
            sums.append(z)
            seen.append(h)
        W, b = layers[-1]
        z = h @ W.mT
        z += b
        d = softmax(z)
        d -= targets
        d *= 1 / len(inputs)
        g = np.empty_like(q)
        parts = self.layers(g)
        for i in range(len(layers) - 1, -1, -1):
            np.matmul(d.mT, seen[i], out=parts[i][0])
            np.add.reduce(d, axis=-2, out=parts[i][1], keepdims=True)
            if i:
                d = d @ layers[i][0]
                d *= slope(sums[i - 1], seen[i])
        if self.weight_decay:
            for (W, _b), (V, _c) in zip(layers, parts, strict=True):
                V += self.weight_decay * W
        return first_last(g)

    def product(self, p: Array, v: Array) -> Array:
        """H v at the point p (P,), for a vector v (P,), exact; at a rectifier's kink that of one side.

        Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6, 1994: each line of the gradient, and how it moves with v.
        """
        inputs, targets = self.examples.inputs, self.examples.targets
        _title, value, slope, bend = ACTIVATIONS[self.activation]
        layers, moves = self.layers(p), self.layers(v)
        seen, sums, h, dh = [], [], inputs, np.zeros_like(inputs)
        for k, ((W, b), (V, c)) in enumerate(zip(layers, moves, strict=True)):
            seen.append((h, dh))
            z, dz = h @ W.mT + b, dh @ W.mT + h @ V.mT + c
            sums.append((z, dz))
            if k + 1 < len(layers):
                h = value(z)
                dh = slope(z, h) * dz
        z, dz = sums[-1]
        s = softmax(z)
        e, de = (s - targets) / len(inputs), s * (dz - (s * dz).sum(axis=-1, keepdims=True)) / len(inputs)
        found = np.empty_like(v)
        parts = self.layers(found)
        for i in range(len(layers) - 1, -1, -1):
            (h, dh), (W, _b), (V, _c) = seen[i], layers[i], moves[i]
            parts[i][0][...] = de.mT @ h + e.mT @ dh + self.weight_decay * V
            parts[i][1][...] = de.sum(axis=-2, keepdims=True)
            if i:
                z, dz = sums[i - 1]
                e, de = e @ W, de @ W + e @ V
                e, de = slope(z, h) * e, slope(z, h) * de + bend(z, h) * dz * e
        return found


@dataclass(frozen=True)
class Batch(Objective):
    """A network's loss over the examples of one step."""

    network: Perceptron
    inputs: Array
    targets: Array

    def __post_init__(self) -> None:
        """Nothing to check: one is made for every step."""

    @property
    def coordinates(self) -> int:
        return self.network.coordinates

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        return self.network.blocks

    def value(self, p: Array) -> Array:
        return cross_entropy(self.network.logits(p, self.inputs), self.targets) + 0.5 * self.network.weight_decay * self.network.squares(p)

    def gradient(self, p: Array) -> Array:
        return self.network.slope(p, self.inputs, self.targets)


def first_last(p: Array) -> Array:
    """Points (P, *batch) with the axes in the opposite order, as a view; and back."""
    return p.T


def times(W: Array, h: Array) -> Array:
    """h Wᵀ, and for fewer examples than neurons as the transpose of W hᵀ, which takes OpenBLAS a quarter less."""
    return (W @ h.mT).mT if h.shape[-2] < W.shape[-2] else h @ W.mT


def softmax(z: Array) -> Array:
    """The softmax over the last axis; z is lost."""
    z -= np.maximum.reduce(z, axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= np.add.reduce(z, axis=-1, keepdims=True)
    return z


def cross_entropy(z: Array, targets: Array) -> Array:
    """The mean over the examples of −log softmax at the class; z (*reversed batch, N, classes), shape (*batch)."""
    z = z - z.max(axis=-1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=-1)) - (z * targets).sum(axis=-1)).mean(axis=-1).T
