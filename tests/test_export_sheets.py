"""Pictures of the Explore and Train pages without a browser: SVG is parsed, its words are looked for, pixels are counted."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from export.address import asked
from export.options import Options, option
from export.pictures import png
from export.sheets import sheet
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
