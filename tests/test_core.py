"""Parameters know their range, folders are tables, and errors can be said in another language."""

from __future__ import annotations

import importlib
import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core import Entry, InputError, Number, Range, catalogue, parameter, parameters
from core.message import UnknownName

RANGES = [
    Range(1e-5, 10.0, log=True),
    Range(1.0, 1000.0, log=True),
    Range(0.0, 0.999, near_one=True),
    Range(0.9, 0.9999, near_one=True),
    Range(5, 500, whole=True),
    Range(0, 7, whole=True),
    Range(0.0, 180.0),
    Range(0.1, 0.9),
]

over_ranges = pytest.mark.parametrize("r", RANGES, ids=lambda r: f"{r.low}-{r.high}")


@over_ranges
def test_stops_rise_from_low_to_high(r: Range):
    stops = r.stops()
    assert (stops[0], stops[-1]) == (r.low, r.high)
    assert (np.diff(stops) > 0).all()


@pytest.mark.parametrize("r", RANGES[:2] + RANGES[4:], ids=lambda r: f"{r.low}-{r.high}")
def test_a_stop_is_what_three_digits_show(r: Range):
    assert [float(f"{stop:.3g}") for stop in r.stops()] == r.stops()


def test_stops_near_one_are_tenths_of_each_decade():
    assert Range(0.0, 0.99, near_one=True).stops() == [*(m / 10 for m in range(10)), *(m / 100 for m in range(91, 100))]


def test_stops_of_a_log_range_are_twenty_a_decade():
    ratios = np.divide(Range(1e-5, 10.0, log=True).stops()[1:], Range(1e-5, 10.0, log=True).stops()[:-1])
    assert len(ratios) == 6 * 20
    assert ((ratios > 1.09) & (ratios < 1.15)).all()


@over_ranges
def test_a_grid_spans_the_range(r: Range):
    grid = r.grid(9)
    np.testing.assert_allclose([grid[0], grid[-1]], [r.low, r.high], rtol=1e-12, atol=1e-15)
    scale = np.log(grid) if r.log else -np.log(1 - grid) if r.near_one else grid
    np.testing.assert_allclose(np.diff(scale), (scale[-1] - scale[0]) / 8, rtol=1e-9)


@pytest.mark.parametrize(
    ("within", "inside", "outside"),
    [
        ("[0, 1)", [0, 0.5], [-1e-9, 1]),
        ("(0, 1]", [1e-300, 1], [0, 1.1]),
        ("(0, inf)", [1e300], [0, np.inf]),
        ("(-inf, inf)", [-5], [-np.inf, np.nan]),
    ],
)
def test_an_interval_holds_what_it_says(within: str, inside: list[float], outside: list[float]):
    r = Range(0, 1, within=within)
    assert r.accepts(np.array(inside)).all()
    assert not r.accepts(np.array(outside)).any()
    assert all(r.holds(value) for value in inside)
    assert not any(r.holds(value) for value in outside)


@dataclass(frozen=True)
class Spoon(Entry):
    size: Number = parameter(1.0, 0.5, 2.0, within="(0, inf)", help="How much goes in.")
    colour: str = "silver"


def test_only_fields_with_a_range_are_parameters():
    assert list(parameters(Spoon)) == list(parameters(Spoon())) == ["size"]


def test_an_error_keeps_its_template_and_its_values_apart():
    with pytest.raises(InputError) as caught:
        Spoon(size=-2.0)
    assert caught.value.template == "{name} = {value}: allowed is {within}."
    assert caught.value.values == {"name": "size", "value": "-2", "within": "(0, ∞)"}
    assert str(caught.value) == "size = -2: allowed is (0, ∞)."


def test_a_value_may_hold_braces():
    with pytest.raises(InputError) as caught:
        Spoon(size="{name}")
    assert str(caught.value) == "size = '{name}': not a number."


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty package `drawer`."""
    folder = tmp_path / "drawer"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "base.py").write_text("class Base: pass")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "drawer"]:
        del sys.modules[name]


def opened():
    return catalogue("drawer", importlib.import_module("drawer.base").Base)


def test_a_new_file_is_a_new_entry(drawer: Path):
    (drawer / "fork.py").write_text("from drawer.base import Base\nclass Fork(Base): pass")
    (drawer / "cup.py").write_text("from drawer.fork import Fork\nclass Mug(Fork): pass")
    assert {name: cls.__name__ for name, cls in opened().items()} == {"cup": "Mug", "fork": "Fork"}


@pytest.mark.parametrize("text", ["", "from drawer.base import Base", "from drawer.base import Base\nclass A(Base): pass\nclass B(Base): pass"])
def test_a_file_that_is_not_one_entry_breaks_loudly(drawer: Path, text: str):
    (drawer / "fork.py").write_text(text)
    with pytest.raises(TypeError, match=r"drawer\.fork must define one Base"):
        opened()


def test_an_error_survives_the_way_from_another_process():
    for error in (InputError("{name} = {value}: no.", name="lr", value="-1"), UnknownName("{value}?", value="atom")):
        arrived = pickle.loads(pickle.dumps(error))
        assert (type(arrived), str(arrived), arrived.template, arrived.values) == (type(error), str(error), error.template, error.values)
