"""The maps are true to their surfaces, and the lanes can be told apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from core.window import magnified, widened
from figures import LOOKS, contour, field
from figures.contour import ASPECT, THEMES
from figures.formula import mathml
from landscapes import LANDSCAPES, Landscape

ROOT = Path(__file__).parent.parent
SURFACES = [cls() for cls in LANDSCAPES.values()]
PAGE = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]

over_surfaces = pytest.mark.parametrize("surface", SURFACES, ids=list(LANDSCAPES))
over_themes = pytest.mark.parametrize("theme", list(THEMES))


def grid(drawn: dict) -> tuple[np.ndarray, np.ndarray]:
    """Where the player takes the heights to be."""
    return tuple(axis["from"] + axis["step"] * np.arange(axis["count"]) for axis in (drawn["grid"]["x"], drawn["grid"]["y"]))


@over_surfaces
@over_themes
def test_plotly_accepts_the_map(surface: Landscape, theme: str):
    figure = contour(surface)["figure"]
    own = figure["themes"][theme]
    assert len(own) == len(figure["data"])
    shown = go.Figure([trace | extra for trace, extra in zip(figure["data"], own, strict=True)], figure["layout"])
    assert [trace.type for trace in shown.data] == ["contour", "scatter"]


@over_surfaces
def test_a_height_on_the_grid_is_the_value_there(surface: Landscape):
    drawn = contour(surface)
    x, y = grid(drawn)
    z = drawn["figure"]["data"][0]["z"]
    assert z.shape == (len(y), len(x))
    base, scale = drawn["grid"]["base"], drawn["grid"]["scale"]
    f = surface.value(np.array(np.meshgrid(x, y)))
    inverted = base + scale * np.sinh(z.astype(float))
    np.testing.assert_array_less(np.abs(inverted - f), 4 * np.finfo(np.float32).eps * (1 + np.abs(z)) * (np.abs(f - base) + scale))


@over_surfaces
def test_the_contour_and_the_grid_are_the_same_places(surface: Landscape):
    drawn = contour(surface)
    x, y = grid(drawn)
    trace = drawn["figure"]["data"][0]
    assert [trace["x0"], trace["x0"] + trace["dx"] * (len(x) - 1)] == pytest.approx(list(drawn["home"][0]))
    assert [trace["y0"], trace["y0"] + trace["dy"] * (len(y) - 1)] == pytest.approx(list(drawn["home"][1]))
    assert [x[0], x[-1]] == pytest.approx(list(drawn["home"][0]))
    assert [y[0], y[-1]] == pytest.approx(list(drawn["home"][1]))


@over_surfaces
def test_the_view_holds_the_domain_in_the_panels_aspect(surface: Landscape):
    home = np.array(widened(surface.domain))
    domain = np.array(surface.domain)
    assert (home[:, 0] <= domain[:, 0] + 1e-12).all()
    assert (home[:, 1] >= domain[:, 1] - 1e-12).all()
    assert np.divide(*np.ptp(home, axis=1)) == pytest.approx(ASPECT)
    assert home.mean(axis=1) == pytest.approx(domain.mean(axis=1))
    assert np.isclose(np.ptp(home, axis=1), np.ptp(domain, axis=1)).any(), "no wider than it must be"


@over_surfaces
def test_a_part_of_the_surface_is_drawn_from_its_own_heights(surface: Landscape):
    part = magnified(surface.domain, 8, surface.start)
    drawn = contour(surface, part)
    x, y = grid(drawn)
    assert drawn["view"] == part
    assert drawn["home"] == contour(surface)["home"]
    assert [x[0], x[-1], y[0], y[-1]] == pytest.approx([*part[0], *part[1]])
    f = surface.value(np.array(np.meshgrid(x, y)))
    z = drawn["figure"]["data"][0]["z"].astype(float)
    allowed = 1e-6 * (np.abs(f - drawn["grid"]["base"]) + drawn["grid"]["scale"])
    np.testing.assert_array_less(np.abs(drawn["grid"]["base"] + drawn["grid"]["scale"] * np.sinh(z) - f), allowed)


@over_surfaces
def test_a_magnified_view_is_smaller_about_its_point(surface: Landscape):
    seen = np.array(magnified(surface.domain, 4, (0.5, -0.25)))
    assert np.ptp(seen, axis=1) == pytest.approx(np.ptp(widened(surface.domain), axis=1) / 4)
    assert seen.mean(axis=1) == pytest.approx([0.5, -0.25])


@over_surfaces
def test_level_lines_lie_inside_the_heights_and_are_evenly_many(surface: Landscape):
    trace = contour(surface)["figure"]["data"][0]
    levels = trace["contours"]
    lines = np.arange(levels["start"], levels["end"] + levels["size"] / 2, levels["size"])
    assert 12 <= len(lines) <= 24
    assert trace["zmin"] == pytest.approx(float(np.nanmin(trace["z"])), abs=1e-6)
    assert trace["zmax"] == pytest.approx(float(np.nanmax(trace["z"])), rel=1e-6)
    assert ((lines > trace["zmin"]) & (lines < trace["zmax"])).all()


@over_surfaces
def test_the_colour_bar_says_the_heights(surface: Landscape):
    drawn = contour(surface)
    bar, base, scale = drawn["figure"]["data"][0]["colorbar"], drawn["grid"]["base"], drawn["grid"]["scale"]
    offset = base if drawn["lowest"] is None else 0.0
    said = [float(text.replace("−", "-")) for text in bar["ticktext"]]
    assert 2 <= len(said) <= 7
    np.testing.assert_allclose(offset + scale * np.sinh(bar["tickvals"]), said, rtol=1e-9, atol=1e-9 * scale)


@over_surfaces
@over_themes
def test_stationary_points_are_marked_where_they_are(surface: Landscape, theme: str):
    figure = contour(surface)["figure"]
    marks, look = figure["data"][1], figure["themes"][theme][1]["marker"]
    assert list(zip(marks["x"], marks["y"], strict=True)) == [p for p, _ in surface.stationary()]
    minima, lowest = surface.minima(), surface.lowest or 0.0
    stars = [(x, y) for x, y, symbol in zip(marks["x"], marks["y"], look["symbol"], strict=True) if symbol == "star"]
    assert sorted(stars) == sorted(tuple(p) for p in minima.T if np.isclose(surface.value(p), lowest))
    kinds = {"star": "minimum", "star-open": "minimum", "x-thin-open": "saddle", "triangle-up-open": "maximum"}
    assert [kinds[symbol] for symbol in look["symbol"]] == [kind for _, kind in surface.stationary()]


def test_the_lowest_of_two_minima_is_the_one_with_a_filled_star():
    figure = contour(LANDSCAPES["two_wells"]())["figure"]
    symbols = dict(zip(figure["data"][1]["x"], figure["themes"]["light"][1]["marker"]["symbol"], strict=True))
    assert [symbols[x] for x in sorted(symbols)] == ["star", "x-thin-open", "star-open"]


def test_a_surface_with_parameters_is_drawn_with_them():
    flat, steep = (contour(LANDSCAPES["bowl"](kappa=kappa))["grid"]["scale"] for kappa in (1.0, 100.0))
    assert steep > 10 * flat


def test_there_is_a_look_for_each_of_eight_lanes():
    assert len(LOOKS) == 8


@pytest.mark.parametrize("sign", ["light", "dark", "marker", "dash"])
def test_no_two_lanes_share_a_colour_a_marker_or_a_dash(sign: str):
    assert len({getattr(look, sign) for look in LOOKS}) == len(LOOKS)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    s = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return float(np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@over_themes
def test_every_lane_stands_out_on_the_page(theme: str):
    page = PAGE[theme]["backgroundColor"]
    assert {look.marker: contrast(getattr(look, theme), page) for look in LOOKS if contrast(getattr(look, theme), page) < 3} == {}


@over_themes
def test_a_lanes_name_can_be_read_also_while_the_pointer_is_on_it(theme: str):
    page = PAGE[theme]["backgroundColor"]
    for look in LOOKS:
        letters, own = look.lettered(theme), getattr(look, theme)
        channels = [(int(own[i : i + 2], 16), int(page[i : i + 2], 16)) for i in (1, 3, 5)]
        tint = "#" + "".join(f"{round(0.12 * over + 0.88 * under):02x}" for over, under in channels)
        assert min(contrast(letters, page), contrast(letters, tint)) >= 4.5
        assert contrast(letters, page) == pytest.approx(contrast(own, page), abs=0.01) or contrast(own, page) < 5.4  # no more than is needed


@over_themes
def test_the_stationary_points_stand_out_on_every_colour_of_the_map(theme: str):
    assert [fill for fill in THEMES[theme]["fill"] if contrast(THEMES[theme]["mark"], fill) < 3] == []


# The gradient field.


@over_surfaces
def test_the_field_points_down_the_gradient_and_grows_with_the_slope(surface: Landscape):
    seen = widened(surface.domain)
    arrows = field(surface, seen)
    at, towards, length = (arrows[name].astype(float) for name in ("at", "towards", "length"))
    assert at.shape == towards.shape == (2, len(length))
    assert 150 < len(length) <= 16 * 11
    for place, (low, high) in zip(at, seen, strict=True):
        assert low < place.min()
        assert place.max() < high
    g = surface.gradient(at)
    slope = np.hypot(*g)
    clear = slope > 1e-4 * slope.max()  # elsewhere the places' float32 turns the gradient
    np.testing.assert_allclose((towards * -g / slope).sum(axis=0)[clear], 1, atol=1e-3)
    np.testing.assert_allclose(np.hypot(*towards), 1, atol=1e-6)
    assert length.max() == pytest.approx(1)
    assert (length > 0).all()
    order = np.argsort(slope[clear])
    assert (np.diff(length[clear][order]) > -1e-4).all()


def test_a_flat_place_has_no_arrow():
    bowl = LANDSCAPES["bowl"]()
    assert len(field(bowl, ((-1, 1), (-1, 1)))["length"]) == 16 * 11
    shifted = field(bowl, ((-1 / 16, 2 - 1 / 16), (-1, 1)))  # the middle of a cell lies on the minimum
    assert len(shifted["length"]) == 16 * 11 - 1
    assert np.isfinite(shifted["towards"]).all()


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: type(surface).__name__)
def test_every_formula_stands_on_one_line_of_mathml(surface: Landscape):
    assert mathml(surface.formula)[0] == "math"
    assert r"\\" not in surface.formula
