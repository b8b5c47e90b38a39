"""Pictures of the Explore and Train pages without a browser: SVG is parsed, its words are looked for, pixels are counted."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from export import sheets
from export.address import asked
from export.command import main
from export.options import Options, option
from export.pictures import png
from export.sheets import sheet
from links.best import SURFACES
from tests.test_export_pictures import SVG, texts


def drawn(link: str, step: int = 0, **options: object) -> str:
    its = asked(link)[0]
    return sheet(its, Options(**{name: option(name, value) for name, value in options.items()}), step, lambda _what: None)


def colours(svg: str) -> int:
    """How many colours the picture's pixels have."""
    return len(Image.open(BytesIO(png(svg, "", "", 1.0))).convert("RGB").getcolors(1 << 20) or [])


def test_a_map_of_runs_has_its_axes_its_legend_and_its_link():
    link = "explore?steps=20&kept=0.1,0.9"
    svg = drawn(link)
    said = texts(svg)
    assert {"Learning rate η", "Momentum μ", "Steps until f stays at f*"} <= set(said)
    assert any(text.startswith("not there yet ") for text in said)
    assert said[:2] == ["Bowl, κ = 20, θ = 30, start (−1.8, −0.4), 20 steps", "Momentum; η = 0.02, μ = 0.9; Constant — Descent Lab"]
    assert asked(ElementTree.fromstring(svg).findtext(f"{SVG}desc") or "")[0].flat == asked(link)[0].flat
    assert colours(svg) > 100
    assert svg == drawn(link)


def test_a_map_without_its_legend_has_none():
    assert not any("not there yet" in text for text in texts(drawn("explore?steps=10&hide=legend")))


def test_a_map_has_the_width_and_the_paper_that_are_asked_for():
    svg = drawn("explore?steps=10&lang=ko", width="12cm", theme="dark")
    assert float(ElementTree.fromstring(svg).attrib["width"].removesuffix("cm")) == pytest.approx(12, abs=0.01)
    assert Image.open(BytesIO(png(svg, "", "", 1.0))).convert("RGB").getpixel((0, 0)) == (14, 17, 23)


def test_basins_have_every_rule_its_shares_and_a_legend():
    link = "explore?view=basins&surface=himmelblau&steps=20&rules=newton,rmsprop"
    svg = drawn(link)
    said = texts(svg)
    assert {"Newton", "RMSprop", "A (3, 2), f 0", "diverged"} <= set(said)
    assert sum(text.startswith("A ") and "%" in text for text in said) == 2
    assert colours(svg) > 100


def test_shares_that_are_too_wide_for_a_map_stand_in_several_lines_of_one_size():
    svg = drawn("explore?view=basins&surface=himmelblau&steps=20&rules=newton,rmsprop", width="9cm")
    sizes = {node.attrib["font-size"] for node in ElementTree.fromstring(svg).iter(f"{SVG}text") if "%" in (node.text or "")}
    assert len(sizes) == 1


def test_paths_have_the_surface_every_loss_and_a_measure_at_a_step():
    link = "explore?view=paths&steps=20&scrub=0.1"
    said, earlier = (drawn(link, step) for step in (20, 5))
    assert {"Learning rate η", "f − f*", "Steps until f stays at f*", "step"} <= set(texts(said))
    assert "Momentum; Paths at all values of Learning rate η; η ≈ 0.101: not there yet — Descent Lab" in texts(said)
    assert texts(earlier) == texts(said)
    assert earlier != said
    assert colours(said) > 100


def test_rates_have_the_four_that_show_something_and_the_pages_own():
    svg = drawn("explore?view=rates&1.lr=0.05", 200)
    assert {"too low", "good", "too high", "η 0.05", "steepest", "good rate", "before it rises"} <= set(texts(svg))
    assert any(text.startswith("Range test: ") for text in texts(svg))
    assert colours(svg) > 100


@pytest.mark.parametrize("view", ["paths", "rates"])
def test_a_surface_without_a_minimum_has_its_picture_too(view: str):
    assert any(text.startswith("Saddle, ") for text in texts(drawn(f"explore?view={view}&surface=saddle&steps=10", 10)))


def test_trainings_have_their_curves_and_the_lanes_names_beside_them():
    link = "train?hidden=0&steps=20&lanes=2"
    svg = drawn(link)
    said = texts(svg)
    assert {"Training loss", "Test loss", "Test accuracy", "Iterations", "Gradient descent", "Momentum"} <= set(said)
    assert "Gradient descent η 0.56, Momentum η 0.1" in said
    assert colours(svg) > 50
    assert svg == drawn(link)


def test_long_names_of_lanes_are_as_large_as_short_ones():
    sizes = set()
    for link in ("train?hidden=0&steps=10&lanes=2", "train?hidden=0&steps=10&lanes=2&1.lr=0.5&2.rule=gradient_descent&2.lr=0.7"):
        names = [node for node in ElementTree.fromstring(drawn(link)).iter(f"{SVG}text") if node.attrib.get("font-weight") == "600"]
        assert len(names) == 2
        sizes |= {node.attrib["font-size"] for node in names}
    assert sizes == {"12"}


def test_the_chart_in_the_middle_shows_what_the_link_says():
    assert {"Learning rate η", "Epochs"} <= set(texts(drawn("train?hidden=0&steps=10&lanes=1&curve=rate&over=epochs")))


def test_a_sweep_over_rates_has_both_parts_and_every_lanes_best_rate():
    svg = drawn("train?show=rates&hidden=0&steps=10&lanes=2&sweep.seeds=1&sweep.per=1&sweep.low=0.1&sweep.high=1")
    said = texts(svg)
    assert {"Validation accuracy", "Test accuracy", "Learning rate η"} <= set(said)
    assert all(any(text.startswith(f"{title}: Best η ") for text in said) for title in ("Gradient descent", "Momentum"))
    assert not any("band" in text for text in said)
    assert colours(svg) > 50


PLANE = "train?show=plane&hidden=0&steps=10&lanes=2"


def test_a_plane_has_its_path_and_the_losses_that_it_leaves_out():
    svg = drawn(f"{PLANE}&moment=0.5")
    said = texts(svg)
    assert {"loss", "Start", "Step 5 of 10", "End", "True loss", "The path's colour: its true loss"} <= set(said)
    assert any(text.startswith("Gradient descent: the plane holds ") for text in said)
    assert colours(svg) > 100


@pytest.mark.thorough
def test_a_plane_of_all_paths_is_a_scene_too_and_has_its_numbers_below_it_where_it_is_narrow():
    link = f"{PLANE}&plane=all&view=3d"
    wide, narrow = drawn(link), drawn(link, width="12cm")
    assert {"Variance", "held", "Gradient descent", "Momentum", "heights: the loss"} <= set(texts(wide))
    assert set(texts(wide)) == set(texts(narrow))
    across, down = (float(length) for length in ElementTree.fromstring(narrow).attrib["viewBox"].split()[2:])
    assert down > 0.7 * across


def test_the_profile_has_every_rule_and_how_many_surfaces_it_solves(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "SURFACES", ("bowl",))
    svg = drawn("explore?view=best&profile=1&steps=10")
    said = texts(svg)
    assert {"Newton 100 %", "Lion 0 %", "τ: times the gradients of the best rule"} <= set(said)
    assert said[0].startswith(f"Performance profile, 1 of {len(SURFACES)} surfaces, 10 steps")
    assert colours(svg) > 50


@pytest.mark.parametrize(
    ("link", "more", "said"),
    [
        ("explore?view=best", [], "with profile=1 the profile over all surfaces is one"),
        ("train?over=seconds", [], "over=seconds would be another picture every time"),
        ("train?lanes=2", ["--lane", "2"], "lane: a picture of the page train has all that it shows"),
        ("explore?", ["--strip", "1,5"], "strip: a picture of the page explore has all that it shows"),
    ],
)
def test_what_there_is_no_picture_of_is_said(link: str, more: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    assert main([link, "--svg", *more]) == 2
    assert said in capsys.readouterr().err
