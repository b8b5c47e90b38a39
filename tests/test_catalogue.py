"""The Catalogue without a browser: every entry has its card, and what a card says and shows is what its class says."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from core import Array, paragraphs, parameters
from core.window import widened
from figures import TOTAL, rate_curve, thumbnail, variations
from figures.contour import LEVELS, THEMES, relief
from figures.rate_curve import BOTTOM, HEIGHT, TOP
from figures.thumbnail import INK, OPACITY, png, rgb, shade
from landscapes import LANDSCAPES
from landscapes.bowl import Bowl
from links.data import DATA
from links.entries import RULES, race_of
from links.race import RACE
from links.train import TRAIN
from links.trained import training, what_is_trained
from locales import LANGUAGES, remarked, speaking, translations
from optimizers import OPTIMIZERS
from optimizers.matrices import MATRIX_RULES
from optimizers.schedules import SCHEDULES
from problems import PROBLEMS
from runs import curvature, landmarks
from tests import app_page
from tests.app_page import gone, ran
from tests.conftest import ROOT
from views.catalogue.page import SECTIONS

TABLES = {"surfaces": LANDSCAPES, "data": PROBLEMS, "rules": RULES, "schedules": SCHEDULES}

over_surfaces = pytest.mark.parametrize("name", LANDSCAPES)
over_schedules = pytest.mark.parametrize("name", SCHEDULES)
opened = partial(app_page.opened, "catalogue")


def without_remarks(formula: str) -> str:
    return re.sub(r"\\text\{[^}]*\}", "", formula)


def html(page: AppTest) -> str:
    return "".join(part.proto.body for part in page.get("html"))


# The page.


def test_the_sections_are_the_catalogues():
    assert {key: table for key, (_, table, _) in SECTIONS.items()} == TABLES


def test_every_remark_in_a_formula_can_be_translated():
    found = {remark.strip(" ,") for table in TABLES.values() for cls in table.values() for remark in re.findall(r"\\text\{([^}]*)\}", cls().formula)}
    assert found >= {"otherwise", "if", "at first", "last", "before the first update", "until then"}
    with speaking("ko"):
        for remark in found:
            formula = rf"a & \text{{, {remark} }} b"
            assert remarked(formula) == formula.replace(remark, translations("ko").gettext(remark)) != formula


def test_a_place_for_a_number_is_no_remark():
    with speaking("ko"):
        assert remarked(r"\text{#last} \text{#otherwise:after:0}") == r"\text{#last} \text{#otherwise:after:0}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", TABLES)
def test_every_entry_has_a_card_under_its_title(section: str, language: str):
    page = opened(section=section, lang=language)
    said = translations(language).gettext
    assert [card.anchor for card in page.subheader] == list(TABLES[section])
    shown = "".join(text.value for text in page.markdown)
    for card, cls in zip(page.subheader, TABLES[section].values(), strict=True):
        assert card.value.startswith(said(cls.title))
        assert all(said(paragraph) in shown for paragraph in paragraphs(cls))
        assert without_remarks(cls().formula) in without_remarks(shown)
    assert ("otherwise" in shown) == (section == "rules" and language == "en"), "remarks speak the page's language too"


@pytest.mark.parametrize("section", TABLES)
def test_every_parameter_is_listed(section: str):
    listed = html(opened(section=section))
    labels = [allowed.label for cls in TABLES[section].values() for allowed in parameters(cls).values()]
    assert listed.count("<dt>") == len(labels)
    assert [label for label in labels if f"<dt>{label}" not in listed] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", TABLES)
def test_every_card_opens_a_race_or_a_training_with_its_entry_and_nothing_to_complain_about(section: str, language: str):
    page = opened(section=section, lang=language)
    for key, part in zip(TABLES[section], page.get("page_link")[-len(TABLES[section]) :], strict=True):  # the first ones lead to the other pages
        link = dict(parse_qsl(part.proto.query_string))
        flat, complaints = (TRAIN if key in MATRIX_RULES else DATA if section == "data" else RACE).read(link, "en")
        assert complaints == []
        assert flat["lang"] == language
        if key in MATRIX_RULES:
            assert type(training(what_is_trained(flat, flat["lanes"])).optimizer) is MATRIX_RULES[key]
            continue
        race = race_of(flat)
        made = {"surfaces": race.surface, "data": race.surface, "rules": race.lanes[-1].rule, "schedules": race.lanes[-1].schedule}[section]
        assert type(made) is TABLES[section][key]


def test_the_address_keeps_the_section_and_the_language():
    page = opened()
    assert dict(page.query_params) == {}
    page.selectbox(key="lang").set_value("ko")
    page.session_state["section"] = "rules"
    ran(page)
    assert dict(page.query_params) == {"section": "rules", "lang": "ko"}
    assert page.subheader[0].anchor == next(iter(OPTIMIZERS))


def test_an_address_that_nobody_wrote_shows_the_surfaces():
    page = opened(section="nonsense", lang="xx", junk="1")
    assert [card.anchor for card in page.subheader] == list(LANDSCAPES)
    assert dict(page.query_params) == {}


def test_the_race_is_found_again_as_it_was_left():
    race = app_page.opened(**{"surface": "bowl", "2.lr": "0.05", "steps": "150"})
    left = dict(race.session_state["visit"].memories["race"].settings)
    race.query_params.clear()
    back = dict(parse_qsl(ran(gone(race, "catalogue")).get("page_link")[0].proto.query_string))
    race.selectbox(key="lang").set_value("ko")
    assert RACE.read(back, "en")[0] == left
    back = dict(parse_qsl(ran(race).get("page_link")[0].proto.query_string))
    assert RACE.read(back, "en")[0] == left | {"lang": "ko"}
    race.query_params.clear()
    race.query_params.update(back)
    assert dict(ran(gone(race, "")).session_state["visit"].memories["race"].settings) == left | {"lang": "ko"}


def test_the_source_is_sent_when_it_is_opened():
    page = opened(section="rules")
    assert len(page.code) == 0
    page.session_state["source-adam"] = True
    assert [code.value for code in ran(page).code] == [(ROOT / "optimizers/adam.py").read_text("utf-8").rstrip()]


# What the cards say.


@over_surfaces
def test_landmarks_are_the_stationary_points_with_the_lowest_minimum_first(name: str):
    surface = LANDSCAPES[name]()
    marks = landmarks(surface)
    assert {(mark.point, mark.kind) for mark in marks} == set(surface.stationary())
    if surface.lowest is not None:
        assert marks[0].kind == "minimum"
        assert marks[0].value == surface.lowest


def test_the_curvature_of_a_bowl_is_its_condition_number():
    curved = curvature(Bowl(kappa=50, angle=20), (0.0, 0.0))
    assert curved is not None
    assert curved.kappa == pytest.approx(50)
    assert curved.limit == pytest.approx(2 / 50)


@dataclass(frozen=True)
class Bent(Bowl):
    """A bowl whose Hessian is said to be something else."""

    xx: float = 0.0
    yy: float = 0.0

    def hessian(self, p: Array) -> Array:
        return np.array([[self.xx, 0.0], [0.0, self.yy]])


def test_a_flat_direction_makes_the_condition_number_infinite():
    curved = curvature(Bent(xx=4.0, yy=1e-17), (0.0, 0.0))
    assert curved is not None
    assert (curved.kappa, curved.limit) == (np.inf, 0.5)


@pytest.mark.parametrize("curves", [(0.0, 0.0), (np.inf, 1.0), (np.nan, 1.0)])
def test_nothing_is_said_of_a_minimum_that_is_flat_or_not_smooth(curves: tuple[float, float]):
    assert curvature(Bent(xx=curves[0], yy=curves[1]), (0.0, 0.0)) is None


# What the cards show.


@over_surfaces
def test_a_thumbnail_has_bands_and_level_lines(name: str):
    surface = LANDSCAPES[name]()
    opacity = shade(surface, 140, 100)
    assert opacity.shape == (100, 140)
    assert opacity.dtype == np.uint8
    (x0, x1), (y0, y1) = widened(surface.domain)
    z, _, _, low, _, step = relief(surface, np.linspace(x0, x1, 140), np.linspace(y1, y0, 100))
    band = np.clip(np.floor((z - low) / step) + 0.5, 0, LEVELS) / LEVELS
    ground = np.round(255 * np.interp(band, np.linspace(0, 1, len(OPACITY)), OPACITY))
    drawn = opacity.astype(int) - ground
    assert drawn.min() >= 0
    lines = drawn > 20
    assert 0.02 < lines.mean() < 0.9
    # Where two neighbours lie in different bands, a line passes between them or along them.
    crossed = np.floor((z[:, 1:] - low) / step) != np.floor((z[:, :-1] - low) / step)
    assert (lines[:, 1:] | lines[:, :-1])[crossed].mean() > 0.9


@pytest.mark.parametrize("theme", THEMES)
def test_the_ink_makes_both_themes_out_of_one_picture(theme: str):
    fill = np.array([rgb(colour) for colour in THEMES[theme]["fill"]])
    over = fill[0] + OPACITY[:, None] * (INK - fill[0])
    np.testing.assert_allclose(over, fill, atol=4)  # of 255


def test_a_png_is_read_back_as_it_was_drawn():
    opacity = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    read = np.asarray(Image.open(io.BytesIO(png(opacity))).convert("RGBA"))
    np.testing.assert_array_equal(read[..., 3], opacity)
    np.testing.assert_array_equal(read[..., :3], np.broadcast_to(np.round(INK), (3, 4, 3)))


@over_surfaces
def test_a_thumbnail_marks_every_stationary_point(name: str):
    surface = LANDSCAPES[name]()
    ground, marks = thumbnail(surface)
    assert ground.startswith(b"\x89PNG")
    assert len(ground) < 40_000
    assert marks.count("<path") == len(surface.stationary())


@over_schedules
def test_a_curve_is_its_schedule(name: str):
    schedule = SCHEDULES[name]()
    bold = rate_curve(schedule).rpartition('<polyline points="')[2].partition('"')[0]
    y = np.array([float(point.split(",")[1]) for point in bold.split()])
    factor = (HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - TOP)
    np.testing.assert_allclose(factor, schedule(np.arange(TOTAL), TOTAL), atol=1e-3)


@over_schedules
def test_variations_differ_from_the_schedule_in_one_parameter(name: str):
    schedule = SCHEDULES[name]()
    parameter, others = variations(schedule)
    assert (parameter == "") == (not parameters(schedule))
    for value, other in others.items():
        assert getattr(other, parameter) == value
        assert other != schedule
    assert rate_curve(schedule).count("<polyline") == 1 + len(others)
