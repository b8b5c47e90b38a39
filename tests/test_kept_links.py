"""Links that people have: each goes on saying what it said when it was made.

`kept_links.json` holds the complete settings that every link stood for, what was ignored of it and why, the link that the address bar then showed,
the part of the map, and the race itself as text. What stands there is changed by hand and for a reason; a setting that is new is added to it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from core import Entry, parameters, texts
from landscapes import LANDSCAPES
from links.entries import race_of
from links.race import MENU, RACE
from links.zoom import window_of
from locales import said
from optimizers import OPTIMIZERS

LINKS = json.loads(Path(__file__).with_name("kept_links.json").read_text("utf-8"))

over_links = pytest.mark.parametrize("kept", LINKS, ids=lambda kept: kept["about"])


def as_text(entry: Entry) -> str:
    """A catalogue entry with all of its parameters, by letter."""
    values = {name: repr(getattr(entry, name)) for name in [*texts(entry), *parameters(entry)]}
    if then := getattr(entry, "then", None):
        values["then"] = as_text(then)
    return f"{type(entry).__name__}({', '.join(f'{name}={value}' for name, value in sorted(values.items()))})"


def raced(flat: dict[str, Any]) -> dict[str, Any]:
    """The race that the settings describe, as texts and numbers."""
    race = race_of(flat)
    return {
        "surface": as_text(race.surface),
        "lowest": race.surface.lowest and f"{race.surface.lowest:.3g}",
        "deeper": race.deeper,
        "start": list(race.start),
        "steps": race.steps,
        "noise": race.noise,
        "seed": race.seed,
        "many": race.many,
        "lanes": [f"{as_text(lane.rule)}, {as_text(lane.schedule)}" + ", quiet" * lane.quiet for lane in race.lanes],
    }


@over_links
def test_a_link_stands_for_the_same_settings(kept: dict[str, Any]):
    assert RACE.read_link(kept["link"], kept["language"])[0] == kept["settings"]


@over_links
def test_what_is_ignored_of_a_link_is_said_in_the_same_words(kept: dict[str, Any]):
    assert sorted(said(complaint) for complaint in RACE.read_link(kept["link"], kept["language"])[1]) == sorted(kept["complaints"])


@over_links
def test_the_address_bar_shows_the_same_short_link(kept: dict[str, Any]):
    flat = {key: value for key, value in kept["settings"].items() if key not in RACE.passing}
    assert urlencode(RACE.short(flat, kept["language"])) == kept["short"]


@over_links
def test_the_short_and_the_whole_link_stand_for_the_same_settings(kept: dict[str, Any]):
    flat = {key: value for key, value in kept["settings"].items() if key not in RACE.passing}
    assert RACE.read(dict(parse_qsl(kept["short"], keep_blank_values=True)), kept["language"]) == (flat, [])
    assert RACE.read(RACE.write(flat), "en") == (flat, [])


@over_links
def test_the_same_race_is_run_and_the_same_part_of_the_map_shown(kept: dict[str, Any]):
    assert raced(kept["settings"]) == kept["race"]
    assert json.loads(json.dumps(window_of(kept["settings"]))) == kept["view"]


def test_every_setting_has_another_value_than_its_usual_one_in_some_kept_link():
    plain = LINKS[0]["settings"] | {"1.lr": None, "at": None, "play": None}
    plain |= {f"surface.{name}": getattr(cls, name) for cls in LANDSCAPES.values() for name in [*texts(cls), *parameters(cls)]}
    plain |= {f"1.{name}": getattr(cls, name) for cls in OPTIMIZERS.values() for name in parameters(cls)}
    plain |= {f"1.schedule.{name}": getattr(cls, name) for cls in MENU.values() for name in parameters(cls)}
    usual = {bare(key): value for key, value in plain.items() if key[0] not in "2345678"}
    changed = {bare(key) for kept in LINKS for key, value in kept["settings"].items() if value != usual[bare(key)]}
    assert set(usual) - changed == set()


def bare(key: str) -> str:
    """A setting's key without the number of its lane."""
    return key.partition(".")[2] if key[0].isdigit() else key


def test_the_kept_links_show_every_surface_rule_and_schedule():
    for key, table in (("surface", LANDSCAPES), ("rule", OPTIMIZERS), ("schedule", MENU)):
        shown = {value for kept in LINKS for name, value in kept["settings"].items() if name.split(".")[-1] == key}
        assert shown >= set(table), key
