"""The network's loss and gradient against PyTorch's numbers and differences; and the files that digits are read from."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import InputError
from locales import said, speaking
from optimizers import OPTIMIZERS
from problems.batches import Batches
from problems.networks import ACTIVATIONS, Examples, Perceptron, STARTS, start
from problems.networks.digits import digits, large
from problems.networks.idx import NAMES, read_idx, read_pair
from runs import run

GOLDEN = np.load(Path(__file__).parent / "golden" / "networks.npz")
META = json.loads(str(GOLDEN["meta"]))
SOME = Examples(GOLDEN["inputs"], GOLDEN["labels"], 4)
RATES = {"gradient_descent": {"lr": 0.3}, "momentum": {"lr": 0.05, "momentum": 0.9}, "adam": {"lr": 0.01}}

over_cases = pytest.mark.parametrize("k", range(len(META["cases"])), ids=lambda k: "-".join(map(str, META["cases"][k].values())))


def network(k: int = 1, **more: Any) -> Perceptron:
    """The k-th of the networks that PyTorch has trained."""
    case = META["cases"][k]
    return Perceptron(SOME, **{"hidden": tuple(case["hidden"]), "activation": case["activation"], "weight_decay": case["weight_decay"]} | more)


class Given(Batches):
    """The batches that PyTorch was given."""

    def of(self, t: int):
        return GOLDEN["batches"][t - 1]


@over_cases
def test_loss_and_gradient_are_those_of_pytorch(k: int):
    net, p = network(k), GOLDEN[f"{k}.start"]
    np.testing.assert_allclose(net.value(p), GOLDEN[f"{k}.value"], rtol=1e-12)
    np.testing.assert_allclose(net.gradient(p), GOLDEN[f"{k}.gradient"], rtol=1e-10, atol=1e-14)


@over_cases
@pytest.mark.parametrize("rule", RATES)
def test_a_rule_of_the_races_trains_as_pytorch_does(k: int, rule: str):
    net = network(k, batches=Given(examples=len(SOME), size=8))
    found = run(OPTIMIZERS[rule](**RATES[rule]), net, GOLDEN[f"{k}.start"], 12)
    np.testing.assert_allclose(found.path[META["kept"]], GOLDEN[f"{k}.{rule}"], rtol=1e-10, atol=1e-12)


@over_cases
def test_the_gradient_is_the_slope_of_the_value_and_a_batch_is_its_points(k: int):
    net, rng = network(k), np.random.default_rng(k)
    points = rng.standard_normal((net.coordinates, 2, 3))
    along, h = rng.standard_normal(points.shape), 1e-6
    slope = (net.value(points + h * along) - net.value(points - h * along)) / (2 * h)
    np.testing.assert_allclose((net.gradient(points) * along).sum(axis=0), slope, rtol=1e-6)
    np.testing.assert_allclose(net.gradient(points)[:, 1, 2], net.gradient(points[:, 1, 2]), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(net.value(points)[1, 2], net.value(points[:, 1, 2]), rtol=1e-12)


def test_blocks_say_what_a_point_consists_of():
    net = Perceptron(digits().training, (32,))
    assert net.blocks == ((32, 64), (32,), (10, 32), (10,))
    assert net.coordinates == 2410
    assert [place.stop - place.start for place in net.places] == [2048, 32, 320, 10]


def test_a_batch_of_all_is_the_whole_and_the_mean_over_an_epoch_is_it_too():
    p = GOLDEN["1.start"]
    whole = network().gradient(p)
    np.testing.assert_allclose(network(batches=Batches(examples=40, size=40)).at(3).gradient(p), whole, rtol=1e-12)
    eighths = network(batches=Batches(examples=40, size=5))
    np.testing.assert_allclose(np.mean([eighths.at(t).gradient(p) for t in range(9, 17)], axis=0), whole, rtol=1e-10, atol=1e-14)
    assert eighths.at(1).value(p) != eighths.at(2).value(p)


def test_it_reckons_in_the_precision_of_its_examples():
    single = Perceptron(Examples(SOME.inputs.astype(np.float32), SOME.labels, 4), (7,))
    p = start(single)
    assert (p.dtype, single.gradient(p).dtype, single.logits(p, single.examples.inputs).dtype) == (np.float32,) * 3


def test_networks_without_meaning_are_refused_in_a_sentence():
    wrong: list[tuple[Callable[[], Any], str]] = [
        (lambda: Perceptron(SOME, (0,)), "layers of 1 to"),
        (lambda: Perceptron(SOME, (4,) * 5), "at most 4 layers"),
        (lambda: Perceptron(SOME, (4,), "sine"), "relu, tanh, gelu"),
        (lambda: Perceptron(SOME, (4,), batches=Batches(examples=7)), "of 7 examples, and there are 40"),
        (lambda: Perceptron(SOME, (4,), weight_decay=-1.0), "weight_decay = -1"),
        (lambda: Examples(SOME.inputs, SOME.labels[:3], 4), r"labels \(3,\)"),
        (lambda: Examples(SOME.inputs, SOME.labels, 3), "from 0 to 2"),
        (lambda: start(network(), "warm"), "he, glorot"),
        (lambda: run(OPTIMIZERS["newton"](), network(), GOLDEN["1.start"], 3), "Newton is written for 2 coordinates, and Perceptron has"),
    ]
    for make, sentence in wrong:
        with pytest.raises(InputError, match=sentence):
            make()


@pytest.mark.parametrize("kind", STARTS)
def test_weights_at_the_start_have_the_spread_that_is_said(kind: str):
    net = Perceptron(digits().training, (256,))
    p = start(net, kind, seed=3)
    wanted = STARTS[kind][1](64, 256)
    assert np.std(p[net.places[0]]) == pytest.approx(wanted, rel=0.02)
    assert not p[net.places[1]].any()
    assert (p == start(net, kind, seed=3)).all()


def test_from_zero_all_neurons_of_a_layer_stay_alike():
    net = Perceptron(digits().training, (8,))
    found = run(OPTIMIZERS["gradient_descent"](lr=0.5), net, start(net, "zero"), 5).path[-1]
    assert not found[net.places[0]].any()  # a ReLU of zero passes nothing back
    assert found[net.places[3]].any()  # only the last biases learn how frequent each digit is


def test_every_activation_has_its_slope():
    z, h = np.linspace(-3, 3, 61) + 0.01, 1e-6
    for each in ACTIVATIONS.values():
        slope = (each.value(z + h) - each.value(z - h)) / (2 * h)
        np.testing.assert_allclose(each.slope(z, each.value(z)), slope, atol=1e-8)


# Digits, and files like theirs.


def test_the_digits_are_there_in_three_parts_that_share_none():
    parts = digits()[:3]
    assert [len(part) for part in parts] == [1137, 300, 360]
    assert all(part.inputs.min() == 0 and part.inputs.max() == 1 for part in parts)
    counts = sum(np.bincount(part.labels) for part in parts)
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as scikit-learn's description of the set counts them


def packed(shape: tuple[int, ...], content: bytes, kind: int = 8) -> bytes:
    return bytes([0, 0, kind, len(shape)]) + b"".join(n.to_bytes(4, "big") for n in shape) + content


def write(folder: Path, part: str, count: int = 3, side: int = 2, zipped: bool = False) -> None:
    """The two files of a part, as MNIST has them."""
    contents = [packed((count, side, side), bytes(range(count * side * side))), packed((count,), bytes(i % 10 for i in range(count)))]
    for name, content in zip(NAMES[part], contents, strict=True):
        (folder / f"{name}{'.gz' * zipped}").write_bytes(gzip.compress(content) if zipped else content)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_folder_of_idx_files_is_read(tmp_path: Path, zipped: bool):
    write(tmp_path, "training", count=13, zipped=zipped)
    write(tmp_path, "test", count=2, zipped=zipped)
    found = large(tmp_path)
    large.cache_clear()
    assert [len(part) for part in found[:3]] == [12, 1, 2]
    assert found.picture == (2, 2)
    assert found.training.inputs.dtype == np.float32
    np.testing.assert_allclose(found.test.inputs[1] * 255, [4, 5, 6, 7])
    assert found.test.labels.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (packed((2, 2, 2), bytes(7)), "23 bytes, where its head speaks of 24: it is torn"),
        (packed((2, 2, 2), bytes(9)), "25 bytes, where its head speaks of 24"),
        (packed((2,), bytes(2)), "these are labels, and images were looked for; the files may be swapped"),
        (packed((2, 2, 2), bytes(64), kind=14), "no IDX file of bytes; it begins with 00 00 0e 03"),
        (b"\x89PNG", "it begins with 89 50 4e 47"),
        (b"", "it begins with –"),
        (bytes([0, 0, 8, 3, 0]), "5 bytes, where"),
    ],
)
def test_a_file_that_is_torn_swapped_or_another_is_named_in_a_sentence(tmp_path: Path, content: bytes, sentence: str):
    (tmp_path / "images").write_bytes(content)
    with pytest.raises(InputError, match=re.escape(sentence)) as refused:
        read_idx(tmp_path / "images", 3)
    with speaking("ko"):
        assert said(refused.value) != str(refused.value)


def test_a_file_that_is_not_there_or_not_zipped_is_named_too(tmp_path: Path):
    with pytest.raises(InputError, match=r"images\.gz is not there"):
        read_idx(tmp_path / "images.gz", 3)
    whole = gzip.compress(packed((1, 2, 2), bytes(4)))
    for content in (whole[:-6], whole[:20] + b"\xff" * 8, b"plain"):
        (tmp_path / "images.gz").write_bytes(content)
        with pytest.raises(InputError, match=r"images\.gz cannot be unpacked"):
            read_idx(tmp_path / "images.gz", 3)
    with pytest.raises(InputError, match="cannot be read"):
        read_idx(tmp_path, 3)


def test_images_need_as_many_labels(tmp_path: Path):
    write(tmp_path, "training", count=3)
    write(tmp_path, "test", count=2)
    with pytest.raises(InputError, match="has 3 images, and t10k-labels-idx1-ubyte has 2 labels"):
        read_pair(tmp_path / NAMES["training"][0], tmp_path / NAMES["test"][1])
