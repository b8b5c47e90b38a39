"""What README.md shows at a Python prompt is what comes out."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from export.figures import from_file
from export.table import read_csv
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


def piece(kind: str) -> str:
    """What README.md shows of a file of this kind."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return found


def test_the_makefile_makes_the_figures_that_stand_there_and_quarto_calls_it(tmp_path: Path):
    (tmp_path / "figures.toml").write_text(piece("toml"))
    (tmp_path / "Makefile").write_text(piece("make"))
    (target,) = re.findall(r"pre-render: make (\w+)", piece("yaml"))
    subprocess.run(["make", target, f"LAB={ROOT}"], cwd=tmp_path, check=True, capture_output=True)
    made = {path.name: path for path in (tmp_path / "figures").iterdir()}
    assert sorted(made) == ["valley.csv", "valley.svg", "wells.svg"]
    assert "figures/wells.svg" in (ROOT / "README.md").read_text(encoding="utf-8")
    width = ElementTree.fromstring(made["wells.svg"].read_text()).attrib["width"]
    assert float(width.removesuffix("cm")) == pytest.approx(12, abs=0.01)
    assert read_csv(made["valley.csv"].read_text()).rows == 2 * 201
    again = subprocess.run(["make", target, f"LAB={ROOT}"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "export" not in again  # nothing has changed


def test_the_file_of_figures_says_what_holds_for_all(tmp_path: Path):
    (tmp_path / "figures.toml").write_text(piece("toml"))
    wells, valley = from_file(tmp_path / "figures.toml", {})
    assert wells.options.theme == valley.options.theme == "print"
    assert (wells.options.step, valley.options.step) == (None, 40)


def test_the_oldest_and_the_newest_python_are_those_that_the_tests_are_run_with():
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    (ends,) = re.findall(r"run with (3\.\d+), the oldest, and (3\.\d+), the newest", text)
    (programs,) = re.findall(r"^PYTHONS \?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert programs.split() == [f"python{version}" for version in ends]
    assert f'requires-python = ">={ends[0]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
