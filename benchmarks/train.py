"""Training a network: steps a second beside PyTorch in the same run, lanes together and singly, by width and batch, the opening's time, good rates.

`python -m benchmarks.train` measures; where torch or scikit-learn are not installed, their columns are empty. With `rates` it works out anew which
rates suit each rule (links/train.py), in about ten minutes.
"""

from __future__ import annotations

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

import importlib.util
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks._report import machine
from links.train import RULES, TRAIN, TRAINERS
from links.trained import training, what_is_trained
from optimizers import OPTIMIZERS
from optimizers.matrices import MATRIX_RULES
from problems.batches import Batches
from problems.networks import Examples, Perceptron, start
from problems.networks.digits import digits
from runs.training import Training, graded

SECONDS = 1.5  # of a processor, for each figure
GOALS = {("digits", 32): "> 16 000", ("digits", 256): "> 5 400", ("large", 32): "> 4 900", ("large", 256): "> 900"}


def rate(step: Callable[[int], Any]) -> float:
    """Calls a second of a processor, the best of three."""
    best, t = 0.0, 0
    for _ in range(3):
        began, n = time.process_time(), 0
        while time.process_time() - began < SECONDS / 3:
            for _ in range(20):
                t, n = t + 1, n + 1
                step(t)
        best = max(best, n / (time.process_time() - began))
    return best


def networks() -> dict[str, Perceptron]:
    """The opening's network, and one of MNIST's size, in float32, on made-up pictures."""
    rng = np.random.default_rng(0)
    pictures = Examples(rng.uniform(size=(6000, 784)).astype(np.float32), rng.integers(10, size=6000), 10)
    return {"digits": Perceptron(digits().training), "large": Perceptron(pictures, (100,))}


def ours(net: Perceptron, size: int, rule: str) -> float:
    """Steps a second of this rule on batches of this size."""
    own = Perceptron(net.examples, net.hidden, batches=Batches(examples=len(net.examples), size=size))
    optimizer: Any = OPTIMIZERS[rule](lr=1e-3)
    held = {"p": start(own)}
    held["state"] = optimizer.init(held["p"])

    def step(t: int) -> None:
        held["p"], held["state"] = optimizer.step(own.at(t), held["p"], held["state"], t, 1e-3)

    return rate(step)


def theirs(net: Perceptron, size: int, rule: str) -> float | None:
    """The same in PyTorch, one thread."""
    if importlib.util.find_spec("torch") is None:
        return None
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    inputs, labels = torch.tensor(net.examples.inputs), torch.tensor(net.examples.labels)
    n, m = net.examples.inputs.shape[1], net.hidden[0]
    model = torch.nn.Sequential(torch.nn.Linear(n, m), torch.nn.ReLU(), torch.nn.Linear(m, 10)).to(inputs.dtype)
    make = {"gradient_descent": torch.optim.SGD, "adam": torch.optim.Adam}[rule]
    optimizer, batches = make(model.parameters(), lr=1e-3), Batches(examples=len(labels), size=size)

    def step(t: int) -> None:
        places = torch.from_numpy(batches.of(t).copy())
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(inputs[places]), labels[places]).backward()
        optimizer.step()

    return rate(step)


def speed() -> None:
    print("| network | batch | rule | steps a second | goal | PyTorch |\n| --- | ---: | --- | ---: | --- | ---: |")
    for name, net in networks().items():
        for size in (32, 256):
            for rule in ("gradient_descent", "adam"):
                other = theirs(net, size, rule)
                goal = GOALS[name, size] if rule == "gradient_descent" else ""
                print(f"| {name} | {size} | {rule} | {ours(net, size, rule):.0f} | {goal} | {other or float('nan'):.0f} |", flush=True)


def stacked() -> None:
    """Gradients of eight points a second, one after the other and in one batch of shape (P, 8)."""
    print("\n| network | batch | 8 points one by one | stacked |\n| --- | ---: | ---: | ---: |")
    for name, net in networks().items():
        for size in (32, 256):
            own = Perceptron(net.examples, net.hidden, batches=Batches(examples=len(net.examples), size=size))
            points = np.stack([start(own, seed=seed) for seed in range(8)], axis=1)
            each = [np.ascontiguousarray(points[:, i]) for i in range(8)]
            single = rate(lambda t, own=own, each=each: [own.at(t).gradient(p) for p in each])
            together = rate(lambda t, own=own, points=points: own.at(t).gradient(points))
            print(f"| {name} | {size} | {single:.0f} | {together:.0f} |", flush=True)


def growth() -> None:
    """Steps a second of gradient descent, and the most memory of a training: by the hidden layer's width, and by the batch's size."""
    parts = digits()
    print("\n| hidden layer, batch | numbers P | steps a second | most memory of 200 steps (MB) |\n| --- | ---: | ---: | ---: |")
    for width, size in [(width, 32) for width in (16, 32, 64, 128, 256, 512)] + [(32, size) for size in (1, 8, 128, 512, 1137)]:
        net = Perceptron(parts.training, (width,), batches=Batches(examples=len(parts.training), size=size))
        tracemalloc.start()
        Training(OPTIMIZERS["gradient_descent"](lr=0.1), net, parts.test, start(net), 200).run()
        most = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(f"| {width}, {size} | {net.coordinates} | {ours(net, size, 'gradient_descent'):.0f} | {most:.1f} |", flush=True)


def opening() -> None:
    """The lecture's comparison: what each lane reaches, and the seconds of a processor that it takes with its measurements."""
    flat = TRAIN.read({}, "en")[0]
    print("\n| the opening | seconds of a core | test accuracy |\n| --- | ---: | ---: |")
    whole = 0.0
    for i, name in enumerate(RULES, start=1):
        own = training(what_is_trained(flat, i))
        began = time.process_time()
        found = own.run()
        whole += time.process_time() - began
        print(f"| {name} | {time.process_time() - began:.2f} | {found.curves[3, -1]:.3f} |", flush=True)
    print(f"| all | {whole:.2f} | |")
    if importlib.util.find_spec("sklearn"):
        parts, kind = digits(), importlib.import_module("sklearn.neural_network").MLPClassifier
        shares = [
            kind((32,), batch_size=32, learning_rate_init=0.01, max_iter=70, tol=0, n_iter_no_change=99, random_state=seed)
            .fit(parts.training.inputs, parts.training.labels)
            .score(parts.test.inputs, parts.test.labels)
            for seed in range(3)
        ]
        print(f"| scikit-learn's MLPClassifier (Adam, 70 epochs, three seeds) | | {np.mean(shares):.3f} |")


STOPS = [float(f"{m}e{k}") for k in range(-5, 2) for m in (1, 1.8, 3.15, 5.6)]
SPANS = {
    "gradient_descent": (0.05, 3.0),
    "qhm": (0.03, 2.0),
    "sam": (0.05, 2.0),
    "adadelta": (0.1, 20.0),
    "lion": (3e-5, 3e-3),
    "adagrad": (5e-3, 0.4),
}
SPANS |= {"momentum": (3e-3, 0.5), "nesterov": (3e-3, 0.5), "rmsprop": (3e-4, 0.03), "rprop": (1e-4, 0.1)}
NEAR = 0.01  # of the best accuracy


def suiting(name: str, seeds: int) -> float:
    """The middle, on the logarithmic axis, of the rates whose mean accuracy on the validation part is near the best."""
    low, high = SPANS.get(name, (5e-4, 0.06))
    rates, shares = [each for each in STOPS if low <= each <= high], []
    for lr in rates:
        found = []
        for seed in range(seeds):
            hidden = (32, 32) if name in MATRIX_RULES else (32,)
            net = Perceptron(digits().training, hidden, batches=Batches(examples=1137, size=32, seed=seed))
            ended = Training(TRAINERS[name](lr=lr), net, digits().test, start(net, seed=seed), 2500).run()
            found.append(graded(net, ended.p, digits().validation)[1] if ended.stopped_at < 0 else 0.0)
        shares.append(np.mean(found))
    near = [lr for lr, share in zip(rates, shares, strict=True) if share >= max(shares) - NEAR]
    return min(rates, key=lambda lr: abs(np.log(lr) - np.mean(np.log(near))))


def main() -> None:
    if sys.argv[1:] == ["rates"]:
        for name in TRAINERS:
            print(name, suiting(name, 3 if name in RULES else 2), flush=True)
        return
    print(f"{machine(packages=('numpy', 'torch', 'scikit-learn'))}; load {os.getloadavg()[0]:.1f}\n")
    speed()
    stacked()
    growth()
    opening()


if __name__ == "__main__":
    main()
