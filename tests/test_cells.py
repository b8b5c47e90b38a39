"""The cells of a map: the same numbers, whether NumPy or a kernel works on its runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from landscapes import LANDSCAPES
from links.sweep import map_of
from optimizers import OPTIMIZERS
from optimizers.schedules.constant import Constant
from runs import run, tolerance, verdict
from runs.best import arrival
from runs.cells import Cells, cells
from runs.compiled import usable
from runs.descent import Descent
from runs.rates import at_rates
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


@pytest.mark.parametrize(
    ("rule", "lr", "settings", "surface", "first"),
    [
        ("momentum", 0.0393, {"momentum": 0.81}, "bowl", [60]),
        ("nesterov", 0.05, {"momentum": 0.8}, "bowl", [41]),
        ("gradient_descent", 0.05, {}, "two_wells", []),
        ("adam", 0.3, {}, "bowl", [94]),
        ("newton", 1.0, {}, "booth", [1]),
        ("momentum", 0.3, {"momentum": 0.9}, "mccormick", []),
        ("lion", 0.02, {}, "bowl", []),
        ("gradient_descent", 0.5, {}, "bowl", []),
    ],
)
def test_the_map_the_table_and_the_rates_count_the_steps_that_the_verdict_names(
    rule: str, lr: float, settings: dict[str, float], surface: str, first: list[int]
):
    """Those until f stays at f*: Adam is there at step 94, goes on, and is there to stay at 127."""
    where: Any = LANDSCAPES[surface]()
    chosen: Any = OPTIMIZERS[rule](lr=lr, **settings)
    made = run(chosen, where, where.start, 150)
    said = verdict(made, where, chosen)
    wanted = said.step if said.kind == "reached" else np.inf
    one = np.array([lr])
    on_the_map = cells(Descent(replace(chosen, lr=one), where, np.array(where.start), 150, Constant())).steps
    in_the_table, _gap = arrival(chosen, where, where.start, 150, Constant())
    rates = at_rates(chosen, where, where.start, 150, Constant(), one)
    assert on_the_map.tolist() == [in_the_table] == [wanted]
    assert rates.since.tolist() == [wanted] or not rates.arrives
    assert np.flatnonzero(np.abs(made.loss - where.lowest) <= tolerance(where))[:1].tolist() == first
