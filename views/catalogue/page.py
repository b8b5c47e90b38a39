"""The Catalogue page: every surface, loss from data, rule and schedule, made from their classes."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core import N_
from landscapes import LANDSCAPES
from links.catalogue import CATALOGUE
from links.entries import RULES
from locales import LANGUAGES, _
from optimizers.schedules import SCHEDULES
from problems import PROBLEMS
from views import controls
from views.catalogue import cards
from views.pages import Page, brand
from views.visit import Memory, memory_of

SECTIONS = {
    "surfaces": (N_("Surfaces"), LANDSCAPES, cards.surface_card),
    "data": (N_("Losses from data"), PROBLEMS, cards.problem_card),
    "rules": (N_("Optimizers"), RULES, cards.rule_card),
    "schedules": (N_("Schedules"), SCHEDULES, cards.schedule_card),
}
STYLE = Path(__file__).with_name("style.css")


class CatalogueMemory(Memory):
    """What a visit remembers of the catalogue."""

    page = "catalogue"
    table = CATALOGUE


def page() -> None:
    """Draw the section that the settings name."""
    own = memory_of(CatalogueMemory)
    section = own.read()["section"]
    top()
    _title, entries, card = SECTIONS[section]
    st.html(STYLE)
    st.markdown(" · ".join(f"[{_(cls.title)}](#{key})" for key, cls in entries.items()))
    with st.container(key=f"cards-{section}"):
        for key, cls in entries.items():
            card(key, cls())
    own.to_address()


def top() -> None:
    """The row at the top: links to the other pages, the sections, the language."""
    with st.container(key="top", horizontal=True, gap="small", vertical_alignment="center"):
        brand("catalogue")
        titles = {key: _(title) for key, (title, _entries, _card) in SECTIONS.items()}
        controls.choice("section", _("Catalogue"), list(SECTIONS), titles.__getitem__, hidden=True)
        st.space("stretch")
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=110)
        st.space("small")  # for Streamlit's menu, which lies over the corner


PAGE = Page(page, "Catalogue · Descent Lab", N_("Catalogue"), path="catalogue")
