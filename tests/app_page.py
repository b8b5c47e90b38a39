"""A page of the program without a browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget
from streamlit.util import calc_hash

from links import Flat
from tests.conftest import ROOT
from tests.test_player import unpacked


def opened(page: str = "", /, **link: str | list[str]) -> AppTest:
    """A page as it opens with this link, the first one if it has no name; raises what it raises."""
    app = blank(**link)
    return ran(gone(app, page) if page else app)


def blank(**link: str | list[str]) -> AppTest:
    """A page with this link before it has run."""
    app = AppTest.from_file(str(ROOT / "views/frame.py"), default_timeout=30)
    app._bidi_component_manager = BidiComponentManager()  # else every page reads the metadata of all packages, half of the time that it takes
    app.query_params.update(link)
    return app


def gone(app: AppTest, page: str) -> AppTest:
    """On another page when it runs next."""
    app._page_hash = calc_hash(page)  # AppTest.switch_page knows files only
    return app


def ran(page: AppTest) -> AppTest:
    page.run()
    return drawn(page)


def drawn(page: AppTest) -> AppTest:
    """The page that was run; its widgets are found by their names, without the version that their keys end in."""
    assert [error.value for error in page.exception] == []
    for part in page.main:
        if isinstance(part, Widget) and part.key:
            part.key = part.key.strip()
    return page


# What stands on it.


def flat_of(page: AppTest) -> Flat:
    return dict(page.session_state["visit"].memories["race"].settings)


def panels(page: AppTest) -> list[bytes]:
    """What each lane's panel was sent."""
    return [part.proto.bytes for part in page.get("bidi_component") if "panel" in part.proto.component_name]


def sliders(page: AppTest) -> set[str]:
    """The settings that have a slider, Streamlit's or one whose lane follows the hand."""
    live = [json.loads(part.proto.json)["name"] for part in page.get("bidi_component") if part.proto.component_name.endswith("slider")]
    return {*live, *(str(slider.key) for slider in page.select_slider)}


def warnings(page: AppTest) -> list[str]:
    """The page's sentences on what was ignored."""
    return [part.proto.body for part in page.get("html") if "dl-warned" in part.proto.body and "<style>" not in part.proto.body]


def lane_of(page: AppTest, i: int) -> dict[str, Any]:
    return unpacked(panels(page)[i - 1])["lane"]
