"""Handwritten digits: 1 797 of 8 × 8 pixels, which come with the program, or larger ones of a folder, such as MNIST."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np

from core import Array, InputError, N_
from problems.networks.examples import Examples, Split, parts
from problems.networks.idx import read_folder, read_pair

HERE = Path(__file__).parent / "data"
FOLDER = "DESCENT_IDX"  # environment variable: a folder with the four files of MNIST, Fashion-MNIST or others like them
CLASSES = 10
INK = 16  # the darkest pixel of the small digits


@lru_cache(maxsize=1)
def digits() -> Split:
    """1 137 to train on, 300 for validation and 360 for the test, always the same; inputs (N, 64) from 0 to 1.

    The test set of Optical Recognition of Handwritten Digits (Alpaydin, Kaynak, 1998), as scikit-learn has it; see data/README.md.
    """
    images, labels = read_pair(HERE / "digits-images.gz", HERE / "digits-labels.gz")
    training, validation, test = parts(examples(images, labels, INK, np.float64), 300, 360)
    return Split(training, validation, test, (8, 8))


def folder_named() -> Path | None:
    """The folder that the environment names."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


@lru_cache(maxsize=1)
def large(folder: Path) -> Split:
    """What the files of the folder hold, in float32, which is enough for a training and twice as fast; a twelfth of the training part is validation.

    Raises InputError where a file is missing, torn or swapped, where both parts are not of one size, or a label is above 9.
    """
    training, test = read_folder(folder, "training"), read_folder(folder, "test")
    shapes = {"value": training[0].shape[1:], "n": test[0].shape[1:]}
    if shapes["value"] != shapes["n"]:
        raise InputError(N_("The images to train on have {value} pixels, and those of the test {n}."), **shapes)
    if len(training[1]) < 2:
        raise InputError(N_("{file} holds too few images."), file=folder.name)
    own, validation = parts(examples(*training, 255, np.float32), max(len(training[1]) // 12, 1))
    return Split(own, validation, examples(*test, 255, np.float32), shapes["n"])


def examples(images: Array, labels: Array, darkest: int, precision: type) -> Examples:
    return Examples(images.reshape(len(images), -1).astype(precision) / precision(darkest), labels.astype(int), CLASSES)
