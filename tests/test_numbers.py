"""A number is written in one way, on the server and in the browser."""

from __future__ import annotations

import math

import numpy as np
import pytest
from playwright.sync_api import Page

from core import Range
from core.number import coordinate, exact, fixed, setting, short
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import ADDRESS, FILES
from tests.samples import one_in

WRITTEN = [
    # value, short, fixed
    (0.0, "0", "0"),
    (-0.0, "0", "0"),
    (2.0, "2", "2.00"),
    (0.05, "0.05", "0.0500"),
    (0.999, "0.999", "0.999"),
    (0.9995, "0.9995", "1.00"),
    (0.99951, "0.9995", "1.00"),
    (-0.9999, "−0.9999", "−1.00"),
    (0.99996, "0.99996", "1.00"),
    (0.0005, "5e−4", "5.00e−4"),
    (0.001, "0.001", "0.00100"),
    (0.0009996, "0.001", "0.00100"),
    (0.0009994, "9.99e−4", "9.99e−4"),
    (999.5, "1000", "1000"),
    (1234.0, "1230", "1230"),
    (50_000.0, "50000", "50000"),
    (99_949.0, "99900", "99900"),
    (99_950.0, "1e5", "1.00e5"),
    (1e5, "1e5", "1.00e5"),
    (-1.125, "−1.13", "−1.13"),
    (-3e-7, "−3e−7", "−3.00e−7"),
    (1e300, "1e300", "1.00e300"),
    (5e-324, "4.94e−324", "4.94e−324"),
    (math.inf, "∞", "∞"),
    (-math.inf, "−∞", "−∞"),
    (math.nan, "–", "–"),
]


@pytest.mark.parametrize(("value", "brief", "steady"), WRITTEN)
def test_a_setting_is_short_and_a_number_that_moves_keeps_its_width(value: float, brief: str, steady: str):
    assert (short(value), fixed(value)) == (brief, steady)


@pytest.mark.parametrize("value", np.geomspace(1e-3, 9.99e-1, 60))
def test_a_number_that_falls_by_decades_stays_as_wide_as_its_decade(value: float):
    decade = math.floor(math.log10(float(f"{value:.2e}")))
    assert len(fixed(value)) == 4 - decade


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.0, "0"), (7.9e-31, "0"), (-2.80511808695, "−2.80512"), (1e-6, "1e−6"), (48404.8, "48404.8"), (1.0, "1")]
)
def test_a_coordinate_has_six_digits_and_no_rounding_error(value: float, text: str):
    assert coordinate(value) == text


@pytest.mark.parametrize("value", [0.1, 1 / 3, 0.05, 1e-8, 99_950.0, 123_456.0, 2.0**0.5 * 1e-300, 5e-324, 1.7976931348623157e308, -0.7])
def test_an_exact_number_is_read_back_as_it_was(value: float):
    assert float(exact(value).replace("−", "-")) == value


def ranges() -> list[Range]:
    entries = [cls for table in (LANDSCAPES, OPTIMIZERS, SCHEDULES) for cls in table.values()]
    return [field.metadata["range"] for cls in entries for field in cls.__dataclass_fields__.values() if "range" in field.metadata]


def test_no_two_stops_of_a_slider_look_the_same_and_each_is_what_it_shows():
    for allowed in ranges():
        texts = [setting(stop) for stop in allowed.stops()]
        assert len(set(texts)) == len(texts)
        assert [float(text.replace("−", "-")) for text in texts] == allowed.stops()


def test_a_value_between_two_stops_says_that_it_has_more_digits():
    assert (setting(0.05), setting(0.0501), setting(0.05012)) == ("0.05", "0.0501", "≈ 0.0501")


def values() -> list[float]:
    """Thousands: of every size, on both sides of where the writing changes, exact halves, and every stop of every slider."""
    rng = np.random.default_rng(7)
    size = 10.0 ** rng.uniform(-320, 308, 3000)
    usual = 10.0 ** rng.uniform(-6, 7, 6000)
    changes = (9.9949e-4, 9.995e-4, 9.9995e-4, 1e-3, 0.9995, 1.0, 99.95, 999.5, 9995.0, 99_949.5, 99_950.0, 1e5)
    edges = [edge * (1 + k * 2.0**-52) for edge in changes for k in range(-3, 4)]
    near = list(1 - 10.0 ** rng.uniform(-17, -1, 1000))
    halves = [m / 8 for m in range(1, 4000, 2)] + [m + 0.5 for m in range(1000, 2000)] + [m * 50.0 for m in range(201, 3000, 2)]
    stops = [float(stop) for allowed in ranges() for stop in allowed.stops()]
    return [*size, *usual, *-usual[:500], *edges, *near, *halves, *stops, *(value for value, *_ in WRITTEN if math.isfinite(value))]


@pytest.mark.parametrize("digits", one_in(3, [3, 4, 6]))
def test_the_browser_writes_every_number_as_the_server_does(page: Page, digits: int):
    (module,) = [name for name in FILES if name.endswith("/format.js")]
    page.goto(f"/{ADDRESS}/{module}")
    numbers = values()
    assert len(numbers) > 10_000
    script = """async ([values, digits]) => {
        const { short, fixed, setting } = await import(location.href);
        return values.map((value) => [short(value, digits), fixed(value, digits), setting(value)]);
    }"""
    assert page.evaluate(script, [numbers, digits]) == [[short(value, digits), fixed(value, digits), setting(value)] for value in numbers]


def test_the_browser_writes_what_is_no_number_as_the_server_does(page: Page):
    (module,) = [name for name in FILES if name.endswith("/format.js")]
    page.goto(f"/{ADDRESS}/{module}")
    script = """async () => {
        const { short, fixed } = await import(location.href);
        return [Infinity, -Infinity, NaN, -0].map((value) => [short(value), fixed(value)]);
    }"""
    assert page.evaluate(script) == [[short(value), fixed(value)] for value in (math.inf, -math.inf, math.nan, -0.0)]
