"""What a person does on the Race page besides moving a widget: callbacks, most of which change several settings at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core import InputError, texts
from landscapes import LANDSCAPES
from links.lanes import MOST_LANES, free_look, lanes_of, with_lanes
from links.zoom import zoom_to
from optimizers import OPTIMIZERS
from views.language import preferred
from views.race.memory import Refused, memory

HELD = st.session_state  # settings and widgets' values, by key


def add_lane() -> None:
    """A new lane with the next rule in line."""
    own = memory()
    count = min(own.settings["lanes"] + 1, MOST_LANES)
    more = own.settings | {"lanes": count, f"{count}.look": free_look(own.settings)}
    own.put(own.table.read(more, preferred())[0])


def duplicate_lane(i: int) -> None:
    """The same lane once more, right beside it."""
    own = memory()
    lanes, inspected = lanes_of(own.settings), own.settings["inspect"]
    twin = lanes[i - 1] | {"look": free_look(own.settings)}
    own.put(with_lanes(own.settings | {"inspect": inspected + (inspected > i)}, [*lanes[:i], twin, *lanes[i:]]))


def remove_lane(i: int) -> None:
    """The other lanes without lane i."""
    own = memory()
    lanes, inspected = lanes_of(own.settings), own.settings["inspect"]
    own.put(with_lanes(own.settings | {"inspect": 0 if inspected == i else inspected - (inspected > i)}, lanes[: i - 1] + lanes[i:]))


def inspect(i: int) -> None:
    """Let the inspector look into lane i's steps, or no longer."""
    HELD["inspect"] = 0 if memory().settings["inspect"] == i else i


def use_suggestion(i: int) -> None:
    """Let lane i's rate follow the suggestion again."""
    HELD[f"{i}.lr"] = memory().followed[i]


def reset() -> None:
    """Back to the opening, in the same language."""
    own = memory()
    own.put(own.table.read({"lang": own.settings["lang"]}, preferred())[0])
    own.complaints, own.asked = [], {}
    own.resets += 1


def type_text(name: str) -> None:
    """What was typed for the surface; where it has no meaning, it stays in its field and the last one that had stays in use."""
    own, key, typed = memory(), f"surface.{name}", HELD[f"typed.{name}"]
    try:
        texts(LANDSCAPES[own.settings["surface"]])[name].check(typed)
        HELD[key] = typed
        own.refused.pop(key, None)
    except InputError as reason:
        own.refused[key] = Refused(HELD[key], typed, reason)


def show_text(name: str) -> None:
    """Put the text in use into its field, unless what was refused stands there."""
    used = memory().settings[f"surface.{name}"]
    if not refused(name) and HELD.get(f"typed.{name}") != used:
        HELD[f"typed.{name}"] = used


def refused(name: str) -> Refused | None:
    """What stands in a field of the surface and has no meaning."""
    own, key = memory(), f"surface.{name}"
    said = own.refused.get(key)
    still = said and said.typed and said.used == own.settings.get(key) and said.typed == HELD.get(f"typed.{name}")
    return said if still else None


def start_at(panel: str) -> None:
    """Start where that panel was clicked."""
    point: Any = HELD[panel].start
    if point is not None:
        HELD["x"], HELD["y"] = (float(v) for v in point)


def try_out(panel: str, i: int) -> None:
    """Set lane i as that panel's account suggests; its colour and its part in the noise stay."""
    link: Any = HELD[panel].tried
    if not link:
        return
    own, prefix = memory(), f"{i}."
    stays = {key: value for key, value in own.settings.items() if not key.startswith(prefix) or key in (f"{i}.look", f"{i}.quiet", f"{i}.batch")}
    own.put(own.table.read(stays | {key: value for key, value in link.items() if key.startswith(prefix)}, preferred())[0])


def choose_rule(panel: str, i: int) -> None:
    """Let lane i descend by the rule that was chosen in its panel."""
    name: Any = HELD[panel].rule
    if name in OPTIMIZERS:
        HELD[f"{i}.rule"] = name


def keep_view(maps: str) -> None:
    """Show the part of the surface that was zoomed to."""
    view: Any = HELD[maps].view
    HELD.update(zoom_to(memory().settings, view))


def keep_curve(curves: str) -> None:
    """Show the chosen quantity in one of the charts."""
    choice: Any = HELD[curves].choice
    if choice is not None:
        side, quantity = choice
        HELD[f"curve.{side}"] = quantity


def keep_transport(kept: Any) -> None:
    """Speed and loop as the transport bar has them."""
    HELD["speed"], HELD["loop"] = float(kept["speed"]), int(kept["loop"])


def keep_mode(bar: str) -> None:
    """How the page is shown, as the transport bar has it."""
    mode: Any = HELD[bar].mode
    if mode is not None:
        HELD["present"], HELD["hide"], HELD["predict"] = int(mode["present"]), ",".join(mode["hide"]), int(mode["predict"])
