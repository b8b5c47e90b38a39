"""The menu of scenes, and the way from one to the next."""

from __future__ import annotations

from typing import Any

import streamlit as st

from locales import _
from views.race import presets
from views.race.memory import memory

COLUMNS = 3  # of the menu: it fits a window of 720 pixels


def menu() -> None:
    """The menu: every scene in its group, those before and after the one shown last, which leave it open, and what can be done on any surface."""
    own = memory()
    with st.popover(_("Scenes"), key=f"scenes_{own.picked}"):
        steps()
        for column, names in zip(st.columns(COLUMNS, gap="small"), in_columns(), strict=True):
            with column, st.container(gap=None):
                for name in names:
                    st.caption(_(name))
                    for scene in own.groups[name]:
                        st.button(_(scene.title), key=f"scene {scene.name}", on_click=pick, args=(own.scenes.index(scene) + 1,), type="tertiary")
        with st.container(gap=None):
            st.caption(_("On the surface that is open"))
            with st.container(horizontal=True, gap=None):
                presets.buttons()


def in_columns() -> list[list[str]]:
    """The groups' names, in columns of about as many lines."""
    columns: list[list[str]] = [[] for _column in range(COLUMNS)]
    groups = memory().groups
    lines, whole = 0, sum(len(group) + 1 for group in groups.values())
    for name, group in groups.items():
        columns[min(COLUMNS * lines // whole, COLUMNS - 1)].append(name)
        lines += len(group) + 1
    return columns


def steps() -> None:
    """To the scene before and to the next one; and the button that tunes every lane of whatever is open."""
    at, count = progress()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Previous"), key="scene_before", icon=":material/chevron_left:", disabled=at <= 1, on_click=go, args=(at - 1,))
        st.caption(f"{at or '–'} / {count}", width="content")
        st.button(_("Next"), key="scene_after", icon=":material/chevron_right:", disabled=at == count, on_click=go, args=(at + 1,))
        st.space("stretch")
        presets.tune_button()


def progress() -> tuple[int, int]:
    """The number of the scene that was shown last, 0 for none, and how many there are."""
    return memory().scene, len(memory().scenes)


def go(number: int) -> None:
    """Set the page to this scene, and the player to its beginning (in a callback); the numbers begin at 1."""
    own = memory()
    scene = own.scenes[min(max(number, 1), len(own.scenes)) - 1]
    own.put(scene.settings(own.settings))
    own.complaints, own.asked = [], {}
    own.resets += 1


def pick(number: int) -> None:
    """Set the page to the scene that was chosen from the menu, which closes (in a callback)."""
    go(number)
    memory().picked += 1


def asked(bar: str) -> None:
    """The scene that a key asked for (in a callback)."""
    number: Any = st.session_state[bar].scene
    if number is not None:
        go(int(number))
