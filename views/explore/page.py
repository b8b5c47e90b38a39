"""What stands on the Explore page, from top to bottom."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core import N_
from landscapes import LANDSCAPES
from links import Flat
from links.display import display_of
from links.entries import race_of
from links.explorations import EXPLORATIONS, exploration_of
from links.explore import VIEWS
from links.race import RACE
from links.scenes import makes_the_race
from locales import LANGUAGES, _
from optimizers import OPTIMIZERS
from player import messages
from views import controls, mounts, styles, trouble
from views.complaints import complain
from views.explore import basins_view, best_view, map_view, paths, rates, turns
from views.explore import memory as own_memory
from views.explore.memory import memory
from views.language import preferred
from views.pages import Page, brand
from views.visit import visit

DRAWN = {  # by the view that a link names
    "map": map_view.draw,
    "paths": paths.draw,
    "rates": rates.draw,
    "best": best_view.draw,
    "basins": basins_view.draw,
}
STYLE = Path(__file__).with_name("style.css")


def page() -> None:
    """Draw the page with the settings of this rerun."""
    own = memory()
    flat = own.read()
    draw(flat)
    own.to_address()


def draw(flat: Flat) -> None:
    """The same with these settings: the row at the top, one of the views, and the player's bar."""
    turns.wake()
    st.html(STYLE)
    st.html(styles.left_out(flat["hide"].split(","), bool(flat["present"])))
    complain(memory())
    top(flat)
    headline(flat)
    lane = {key: value for key, value in flat.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"}
    single = RACE.read(lane | {"lanes": 1}, preferred())[0]
    race, display = race_of(single), display_of(single)
    mounts.stage(messages.explored(flat), key="stage_settings", on_view=lambda: None)
    mounts.stage(messages.surface(race, display), key="stage_surface", on_view=lambda: None)
    with st.container(key="explore"):
        DRAWN[flat["view"]](flat, race, display)
    bar(flat, messages.transport(race, display))


def bar(flat: Flat, message: dict[str, object]) -> None:
    """The player's bar, for the runs beside the map."""
    own = memory()
    visited = {"at": own.asked.get("at", flat["steps"]), "play": own.asked.get("play"), "visit": visit().name, "reset": own.resets}
    mounts.transport(
        message | messages.of_explore(flat) | visited | {"scene": [0, 0], "dialogs": trouble.dialogs()},
        key="transport",
        on_change=lambda _: None,
        on_mode=lambda: own_memory.keep_mode("transport"),
        on_scene=lambda: None,
    )


def top(flat: Flat) -> None:
    """The row at the top: the surface, the rule, what is shown of them, and the language."""
    with st.container(key="top", horizontal=True, gap="xsmall", vertical_alignment="center"):
        brand("explore")
        controls.menu("surface", _("Surface"), list(LANDSCAPES), lambda key: _(LANDSCAPES[key].title), hidden=True, width=150)
        controls.menu("1.rule", _("Rule"), list(OPTIMIZERS), lambda key: _(OPTIMIZERS[key].title), hidden=True, width=165)
        if len(VIEWS) > 1:
            controls.choice("view", _("View"), list(VIEWS), lambda key: _(VIEWS[key]), hidden=True)
        presets()
        st.space("stretch")
        st.button(_("Reset"), key="reset_button", icon=":material/restart_alt:", on_click=own_memory.show, args=({},), help=_("Back to the opening"))
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=98)


def presets() -> None:
    """The menu of what is worth seeing."""
    with st.popover(_("Scenes"), key=f"scenes_{memory().resets}"), st.container(gap=None):
        for each in EXPLORATIONS:
            st.button(_(each.said.title), key=f"preset {each.name}", type="tertiary", on_click=own_memory.show, args=(each.link,))


def headline(flat: Flat) -> None:
    """What is to be seen on a map worth seeing, while it is shown."""
    if known := exploration_of(flat):
        with st.container(key="said_of_map"):
            st.markdown(_(known.said.sentence))


PAGE = Page(page, "Explore · Descent Lab", N_("Explore"), path="explore", address=lambda: memory().address())
