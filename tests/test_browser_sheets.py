"""A view's picture that is made without a browser says what the browser's own says."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from export.address import asked
from export.drawn import FONTS
from export.options import Options
from export.sheets import sheet
from player import ADDRESS
from tests.conftest import NewPage
from tests.race_page import eventually, go
from tests.test_export_pictures import SVG

WIDTH = 800.0
LAST = 90.0  # seconds for the slowest of them
# The page's figure as it is now, as SVG; nothing while there is none.
FIGURE = """async ([modules, options, step]) => {
  const { figureNow } = await import(`${modules}/offered.js`);
  const { svgOf } = await import(`${modules}/svgfile.js`);
  const figure = await figureNow(options);
  return figure ? svgOf(figure, step) : "";
}"""
VIEWS = [
    "explore?steps=20&kept=0.1,0.9;0.02,0.5",
    "explore?view=paths&steps=20&measure=final",
    "explore?view=basins&surface=himmelblau&steps=20&rules=newton,rmsprop,momentum",
    "explore?view=rates&steps=50&1.lr=0.05",
    "explore?view=best&profile=1&steps=10",
    "train?hidden=0&steps=20&lanes=3&curve=rate",
    "train?show=rates&hidden=0&steps=10&lanes=2&sweep.seeds=2&sweep.per=1",
    "train?show=plane&hidden=0&steps=10&lanes=2&moment=0.5",
    "train?show=plane&hidden=0&steps=10&lanes=2&plane=all&view=3d",
]


def words(svg: str) -> list[str]:
    """All words in the order in which they stand, whichever lines they are in."""
    return " ".join("".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")).split() if svg else []


@pytest.mark.thorough
@pytest.mark.parametrize("link", VIEWS)
def test_a_picture_without_a_browser_has_the_words_of_the_browsers(open_page: NewPage, link: str):
    its = asked(link)[0]
    step = its.flat["steps"]
    wanted = words(sheet(its, Options(width=WIDTH), step, lambda _what: None))
    assert len(wanted) > 20
    page = open_page()
    name, _, query = link.partition("?")
    go(page, f"/{name}?{urlencode([('v', '1'), *parse_qsl(query)])}")
    eventually(lambda: words(figure(page, step)), lambda now: now == wanted, LAST)


def figure(page: Page, step: int) -> str:
    options = {"theme": "light", "size": {"width": WIDTH}, "typeface": FONTS["en"]}
    return page.evaluate(FIGURE, [f"/{ADDRESS}/player/export", options, step])
