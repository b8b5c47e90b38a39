"""What stands above the maps: what is to be seen on this surface, what its marks mean, and its formula."""

from __future__ import annotations

from typing import Any

import figures
from core import N_, idea
from landscapes import Landscape
from links import Flat
from links.data import is_data
from links.data_scenes import GROUPS as DATA_GROUPS
from links.scenes import SCENES, scene_of
from locales import _

SIGNS = {"lowest": ("★", N_("lowest minimum")), "minimum": ("☆", N_("minimum")), "saddle": ("×", N_("saddle")), "maximum": ("△", N_("maximum"))}


def headline(flat: Flat, surface: Landscape) -> dict[str, Any]:
    """{"surface": its name, "idea": its sentence, "scene": that of a scene and its title while the settings have the runs that it is about, else
    None, "marks": [[sign, what it means], …], "found": [in short, whole] where marks were found by a search, else None}.
    """
    scenes = [scene for group in DATA_GROUPS.values() for scene in group] if is_data(flat) else SCENES
    scene = scene_of(flat, scenes)
    return {
        "surface": _(surface.title),
        "idea": _(idea(type(surface))),
        "scene": scene and [_(scene.title), _(scene.sentence)],
        "marks": marks(surface),
        "found": found(surface),
    }


def marks(surface: Landscape) -> list[list[str]]:
    """The meaning of each kind of mark that is on the map."""
    there = set(figures.kinds(surface))
    return [[sign, _(name)] for kind, (sign, name) in SIGNS.items() if kind in there]


def found(surface: Landscape) -> list[str] | None:
    """What is said of marks that a search has found."""
    if surface.listed != "found" or not figures.kinds(surface):
        return None
    return [_("found by a search"), _("The minima and the other points marked on the map were found by a search; there may be more.")]
