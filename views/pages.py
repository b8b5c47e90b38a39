"""Pages and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from locales import _
from serving import counted, private
from views.language import carried
from views.visit import whole_page


@dataclass(frozen=True)
class Page:
    """A page of the program. `label` is what links to it say, marked for translation; `address` has such a link's parameters."""

    draw: Callable[[], None]
    title: str  # of the browser's window
    label: str
    path: str | None = None  # in the address; none for the page that opens
    address: Callable[[], dict[str, str]] = carried


class Place(NamedTuple):
    """A page, and what Streamlit calls it by."""

    page: Page
    link: Any


def run(pages: Mapping[str, Page]) -> None:
    """Draw the page that the address names, the first where it names none."""
    places = {name: Place(page, st.Page(page.draw, title=page.title, url_path=page.path, default=page.path is None)) for name, page in pages.items()}
    if not counted.pages:
        counted.pages |= {called: name for name, place in places.items() for called in (private.name_of(place.link), place.page.path or "")}
    st.session_state.places = places
    with whole_page():
        st.navigation([place.link for place in places.values()], position="hidden").run()


def brand(here: str) -> None:
    """The program's name, and under it links to its other pages."""
    places: Mapping[str, Place] = st.session_state.places
    with st.container(width="content", gap=None, key="brand", horizontal=True, vertical_alignment="center"):
        st.html("<h1 class='dl-brand'>Descent Lab</h1>", width="content")
        for page, link in [place for name, place in places.items() if name != here]:
            st.page_link(link, label=_(page.label), query_params=page.address())
        st.html(f'<a class="dl-lessons" href="{lessons()}">{escape(_("Lessons"))}</a>', width="content")


def lessons() -> str:
    """The address of the lessons, which are no page of Streamlit's, from any page: all of them stand beside each other."""
    return escape(f"lessons?{urlencode(query)}" if (query := carried()) else "lessons")


def link_to(name: str, label: str, icon: str, parameters: dict[str, str]) -> None:
    """A link to a page as these parameters have it, in the same language."""
    st.page_link(st.session_state.places[name].link, label=label, icon=icon, query_params=parameters | carried())
