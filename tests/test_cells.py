"""The cells of a map: the same numbers, whether NumPy or a kernel works on its runs."""

from __future__ import annotations

import numpy as np
import pytest

from links.sweep import map_of
from runs.cells import Cells, cells
from runs.compiled import usable
from tests.explored import settings
from tests.kernels import in_python

N, STEPS = 8, 40
MAPS = [
    "",
    "1.rule=adam&surface=himmelblau&ay=1.beta2&noise=0.5&seed=3",
    "ax=surface.kappa&ay=1.warmup&1.rule=rmsprop&1.schedule=cosine",
    "ay=noise&surface=two_wells&1.lr=0.05",
    "ax=noise&ay=1.warmup&1.rule=nesterov&surface=six_hump_camel&1.schedule=step",
    "ax=x&ay=y&surface=mccormick&1.lr=0.5",
    "ax=x&ay=y&surface=booth&1.rule=newton&1.lr=1",
    "ax=1.schedule.every&ay=1.schedule.factor&1.schedule=step&surface=rosenbrock&1.rule=adam",
    "surface=saddle&1.rule=gradient_descent",
    "surface=custom&surface.text=log(x)%2By^2&ax=x&ay=y&1.lr=0.2",
]


@pytest.mark.parametrize("link", MAPS)
def test_a_kernel_gives_the_cells_that_numpy_gives(link: str, monkeypatch: pytest.MonkeyPatch):
    in_python(monkeypatch)
    runs = map_of(settings(f"{link}&steps={STEPS}"), N)
    assert usable(runs, True) == ""
    ours, theirs = cells(runs, compiled=True), cells(runs)
    for name in Cells._fields:
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-12, err_msg=name)


def test_neither_parts_nor_threads_change_a_bit(monkeypatch: pytest.MonkeyPatch):
    in_python(monkeypatch)
    monkeypatch.setattr("runs.blocks.BLOCK", 20)
    runs = map_of(settings(f"ay=noise&ax=1.warmup&surface=himmelblau&steps={STEPS}"), N)
    assert usable(runs, True) == ""
    whole = cells(runs, compiled=True, threads=2)
    for rows in (slice(0, 3), slice(3, N)):
        part = cells(runs.part((rows, slice(0, N))), compiled=True)
        for name in Cells._fields:
            np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[rows], err_msg=name)
