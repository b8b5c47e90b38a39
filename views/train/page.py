"""What stands on the Train page, from top to bottom."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core import N_
from links import Flat
from links.display import display_of
from links.entries import race_of
from links.lanes import MOST_LANES
from links.race import RACE
from links.train import OVER, SHOWN
from links.trainings import TRAININGS, worth_of
from locales import LANGUAGES, _
from player import messages
from views import controls, mounts, styles, trouble
from views.complaints import complain
from views.language import preferred
from views.pages import Page, brand
from views.train import memory as own_memory
from views.train import work
from views.train.knobs import knobs, of_plane
from views.train.memory import memory
from views.visit import visit

STYLE = Path(__file__).with_name("style.css")


def page() -> None:
    """Draw the page with the settings of this rerun."""
    own = memory()
    flat = own.read()
    work.wake()
    st.html(STYLE)
    st.html(styles.left_out(flat["hide"].split(","), bool(flat["present"])))
    complain(own)
    top(flat)
    headline(flat)
    mounts.stage(messages.trains(flat), key="stage_settings", on_view=lambda: None)
    with st.container(key="train"):
        with st.container(key="controls_train", gap=None):
            knobs(flat)
        with st.container(key="learning"):
            VIEWS[flat["show"]](flat)
    bar(flat)
    own.to_address()


def curves(flat: Flat) -> None:
    """The trainings as they go on, and where they go through the loss."""
    if flat["show"] == "plane":
        of_plane(flat)
    mounts.training(
        messages.train(flat), key="training", on_lane=own_memory.keep_lane, on_curve=own_memory.keep_curve, on_moment=own_memory.keep_moment
    )


def rates(flat: Flat) -> None:
    """How good every lane is at every rate."""
    mounts.ratesweep(messages.ratesweep(flat), key="ratesweep", on_lane=own_memory.keep_lane, on_rates=own_memory.keep_rates)


VIEWS = {"curves": curves, "rates": rates, "plane": curves}


def bar(flat: Flat) -> None:
    """The player's bar, for the link and how the page is shown."""
    still = RACE.read({"lang": flat["lang"], "lanes": 1}, preferred())[0]  # there is no race
    visited = {"at": 0, "play": None, "visit": visit().name, "reset": memory().resets, "scene": [0, 0], "dialogs": trouble.dialogs()}
    mounts.transport(
        messages.transport(race_of(still), display_of(still)) | messages.of_train(flat) | visited,
        key="transport",
        on_change=lambda _: None,
        on_mode=lambda: own_memory.keep_mode("transport"),
        on_scene=lambda: None,
    )


def headline(flat: Flat) -> None:
    """What is to be seen in a training worth seeing, while it is shown."""
    known = worth_of(flat)
    if known and known.sentence:
        with st.container(key="said_of_training"):
            st.markdown(_(known.sentence))


def top(flat: Flat) -> None:
    """The row at the top: what the curves are drawn over, another lane, another seed, and the language."""
    with st.container(key="top", horizontal=True, gap="xsmall", vertical_alignment="center"):
        brand("train")
        controls.choice("show", _("What is shown"), list(SHOWN), lambda key: _(SHOWN[key]), hidden=True)
        if flat["show"] == "curves":
            controls.choice("over", _("Curves over"), list(OVER), lambda key: _(OVER[key]), hidden=True)
        st.button(_("Add a lane"), key="add", icon=":material/add:", on_click=own_memory.add_lane, disabled=flat["lanes"] == MOST_LANES)
        with st.popover(_("Worth seeing"), key=f"worth_{memory().resets}"), st.container(gap=None):
            for each in TRAININGS:
                st.button(_(each.title), key=f"preset {each.name}", type="tertiary", on_click=own_memory.show, args=(each.link,))
        st.space("stretch")
        st.button(_("Reset"), key="reset_button", icon=":material/restart_alt:", on_click=own_memory.show, args=({},), help=_("Back to the opening"))
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=98)


PAGE = Page(page, "Train · Descent Lab", N_("Train"), path="train", address=lambda: memory().address())
