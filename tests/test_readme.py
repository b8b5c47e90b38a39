"""What README.md shows at a Python prompt is what comes out."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def pieces() -> list[str]:
    """The pieces of Python in README.md."""
    return re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def names(pieces: list[str]) -> dict[str, Any]:
    """What the first two pieces leave behind, run one after the other; the third needs a cluster."""
    found: dict[str, Any] = {}
    for code in pieces[:2]:
        exec(code, found)
    return found


def test_the_lines_of_the_core_run_and_give_the_numbers_beside_them(pieces: list[str], names: dict[str, Any]):
    assert f"# {names['result'].path.shape}:" in pieces[0]
    (losses,) = re.findall("at the end of each run: (.*)", pieces[0])
    np.testing.assert_allclose(names["result"].loss[-1], [float(loss) for loss in losses.split(",")], rtol=5e-3)


def test_the_lines_of_sweeps_and_basins_run_and_give_arrays_of_the_shapes_beside_them(pieces: list[str], names: dict[str, Any]):
    assert f"# {names['losses'].shape}," in pieces[1]
    assert f"# {names['wells'].shape}:" in pieces[1]
    assert set(np.unique(names["wells"])) <= {-1, 0, 1, 2, 3}
    assert (np.bincount(names["wells"].ravel() + 1, minlength=5)[1:] > 100).all()
    assert names["noisy"].loss.shape == (301,)
    assert names["own"].value(np.array([1.0, 2.0])) == pytest.approx(13 + np.sin(5))


def test_the_cluster_takes_the_same_sweep(pieces: list[str]):
    call = 'sweep(OPTIMIZERS["adam"](lr=lr[:, None], beta1=beta1), surface, (-1.2, 1.0), 500'
    assert call in pieces[1]
    assert f"{call}, executor=client.get_executor())" in pieces[2]
