"""What a race's link says: every value to the last digit, and a sentence for what has no meaning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import parameters
from landscapes import LANDSCAPES
from links import Flat
from links.lanes import MOST_LANES, lanes_of, with_lanes
from links.race import MENU, RACE, RULES, SPEEDS, VIEWS
from locales import LANGUAGES, said
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES


def random_link(rng: np.random.Generator, surface: str, rules: list[str], schedules: list[str]) -> dict[str, Any]:
    """Every setting, with full-length values that the library accepts, also beyond what the sliders offer."""

    def some(of: type, prefix: str) -> dict[str, Any]:
        link = {}
        for name, allowed in parameters(of).items():
            value = rng.choice([allowed.low, allowed.high, allowed.low + rng.random() * (allowed.high - allowed.low)])
            if allowed.log:
                value = float(np.exp(rng.uniform(np.log(allowed.low) - 3, np.log(allowed.high)))) if allowed.accepts(allowed.low * 0.01) else value
            link[prefix + name] = int(value) if allowed.whole else float(value)
        return link

    link: dict[str, Any] = {"surface": surface, **some(LANDSCAPES[surface], "surface.")}
    link |= {"lang": str(rng.choice(list(LANGUAGES))), "x": rng.normal() * 10.0 ** rng.integers(-9, 5), "y": rng.normal(), "lanes": len(rules)}
    link |= {"steps": int(rng.integers(10, 1001)), "speed": float(rng.choice(SPEEDS)), "loop": int(rng.integers(2))}
    link |= {"noise": float(rng.choice([0.0, rng.exponential()])), "seed": int(rng.integers(1_000_000)), "many": int(rng.integers(2))}
    link |= {"view": str(rng.choice(list(VIEWS)))}
    link |= {"zoom": float(np.exp(rng.uniform(-4, 10))), "zoom.x": rng.normal(), "zoom.y": rng.normal()}
    for i, (rule, schedule) in enumerate(zip(rules, schedules, strict=True), start=1):
        link |= {f"{i}.rule": rule, **some(OPTIMIZERS[rule], f"{i}."), f"{i}.schedule": schedule, f"{i}.warmup": int(rng.integers(0, 501))}
        link |= some(SCHEDULES[schedule], f"{i}.schedule.")
    return link


def exact(flat: Flat) -> dict[str, str]:
    """The settings to the last digit, with their types."""
    return {key: repr(value) for key, value in flat.items()}


FULL_RACES = [list(OPTIMIZERS)[first : first + MOST_LANES] for first in range(0, len(OPTIMIZERS), MOST_LANES)]


@pytest.mark.parametrize("rules", FULL_RACES, ids=",".join)
@pytest.mark.parametrize("turn", range(len(MENU)))
def test_a_link_keeps_every_value_to_the_last_digit(rules: list[str], turn: int):
    """Every rule under every schedule, as many in each link as there are lanes; one surface after another."""
    number = turn * len(FULL_RACES) + FULL_RACES.index(rules)
    schedules = [list(MENU)[(turn + i) % len(MENU)] for i in range(len(rules))]
    link = random_link(np.random.default_rng(number), list(LANDSCAPES)[number % len(LANDSCAPES)], rules, schedules)
    flat, complaints = RACE.read(link, "en")
    assert complaints == []
    assert {key: flat[key] for key in link} == link
    written = RACE.write(flat)
    assert written["v"] == RACE.version
    assert written.keys() == {"v", *flat}
    assert exact(RACE.read(written, "ko")[0]) == exact(flat)
    assert RACE.read(written, "en")[1] == []
    brief = RACE.short(flat, "en")
    assert exact(RACE.read(brief, "en")[0]) == exact(flat)
    assert len(brief) <= len(written)


def test_the_opening_has_the_shortest_address():
    assert RACE.short(RACE.read({}, "en")[0], "en") == {}
    assert RACE.short(RACE.read({"lanes": "5"}, "en")[0], "en") == {"v": "1", "lanes": "5"}
    assert RACE.short(RACE.read({"1.rule": "adam"}, "ko")[0], "ko") == {"v": "1", "1.rule": "adam"}


def test_the_opening_after_a_changed_default_still_reads_a_full_link_as_it_was(monkeypatch: pytest.MonkeyPatch):
    flat = RACE.read({}, "en")[0]
    link = RACE.write(flat)
    monkeypatch.setattr("links.race.SURFACE", "bowl")
    monkeypatch.setattr("links.race.RULES", RULES[::-1])
    monkeypatch.setattr("links.race.LANES", 2)
    assert RACE.read(link, "ko")[0] == flat


def test_the_steps_place_in_a_link_is_read_and_not_written():
    flat, complaints = RACE.read({"at": "37"}, "en")
    assert (flat["at"], complaints) == (37, [])
    assert "at" not in RACE.write(flat)
    assert RACE.read({"at": "201"}, "en")[1] != []


FULL = RACE.read({"lanes": "1", "surface": "bowl", "1.rule": "adamw", "1.schedule": "step"}, "en")[0]


@pytest.mark.parametrize("junk", ["abc", "", "nan", "inf", "-inf", "1e999", "-1e999", "<b>1</b>"])
@pytest.mark.parametrize("key", [key for key in FULL if key != "hide"])  # a list, of which nothing may stand
def test_junk_is_ignored_with_a_sentence_that_names_it(key: str, junk: str):
    flat, complaints = RACE.read(RACE.write(FULL) | {key: junk}, "en")
    usual = RACE.read({name: text for name, text in RACE.write(FULL).items() if name != key}, "en")[0]
    assert flat[key] == usual[key]
    sentence = said(complaints[0])
    assert complaints[0].values["name"] == key
    assert f"{key}={junk} " in sentence
    assert "allowed is" in sentence
    assert str(complaints[0].values["allowed"]) in sentence
    used = complaints[0].values["used"]
    assert used == flat[key] if isinstance(flat[key], str) else float(str(used).replace("−", "-")) == pytest.approx(flat[key], rel=1e-5)


@pytest.mark.parametrize(
    ("key", "junk"),
    [
        ("1.lr", "-1"), ("1.lr", "0"), ("1.beta1", "1"), ("1.beta2", "-0.1"), ("1.eps", "0"), ("1.weight_decay", "-1"), ("1.warmup", "1.5"),
        ("1.warmup", "-1"), ("1.schedule.every", "0"), ("1.schedule", "warmup"), ("1.rule", "Adam"), ("surface", "_"), ("surface.kappa", "0.5"),
        ("steps", "9"), ("steps", "1001"), ("steps", "100.5"), ("lanes", "0"), ("lanes", "9"), ("lanes", "10000"), ("speed", "3"), ("loop", "2"),
        ("loop", "-1"), ("noise", "-1"), ("seed", "-1"), ("seed", "1.5"), ("many", "2"), ("lang", "fr"), ("at", "-1"), ("at", "0.5"), ("zoom", "0"),
        ("view", "4d"),
    ],
)  # fmt: skip
def test_a_value_without_meaning_is_ignored_with_a_sentence(key: str, junk: str):
    flat, complaints = RACE.read(RACE.write(FULL) | {key: junk}, "en")
    assert complaints[0].values["name"] == key
    assert str(flat[key]) != junk


def test_a_start_too_far_away_to_run_from_is_ignored_with_a_sentence():
    for key in ("x", "y"):
        flat, complaints = RACE.read({key: "1e300"}, "en")
        assert [error.values["name"] for error in complaints] == [key]
        assert (flat["x"], flat["y"]) == LANDSCAPES[flat["surface"]]().start


def test_unknown_settings_are_named_and_many_are_counted():
    _, few = RACE.read({"lr": "abc", "5.lr": "0.1", "utm": "x"}, "en")
    assert [(error.values["name"], error.values["value"]) for error in few] == [("lr", "abc"), ("5.lr", "0.1"), ("utm", "x")]
    _, many = RACE.read({f"k{i}": "1" for i in range(1000)}, "en")
    assert len(many) == 6
    assert "995" in said(many[-1])


def test_another_version_is_said_and_the_rest_is_read():
    flat, complaints = RACE.read({"v": "9", "steps": "50"}, "en")
    assert flat["steps"] == 50
    assert ["v=9" in said(error) for error in complaints] == [True]


def test_a_long_value_is_cut_short_in_the_sentence():
    _, complaints = RACE.read({"steps": "9" * 5000, "k" * 5000: "v" * 5000}, "en")
    assert len(complaints) == 2
    assert all(len(said(error)) < 250 for error in complaints)


def complaints_of(query: str) -> list[str]:
    return [said(error) for error in RACE.read_link(query, "en")[1]]


def test_what_streamlit_reads_of_an_embedded_page_is_no_setting():
    assert complaints_of("embed=true&embed_options=light_theme&embed_options=show_padding") == []
    assert complaints_of("EMBED=false&embed_options=Dark_Theme") == []


def test_junk_in_what_streamlit_reads_gets_the_sentence():
    assert complaints_of("embed=maybe&embedded=1") == [
        "embedded=1 was ignored: this page has no such setting.",
        "embed=maybe was ignored: allowed is any of true, false.",
    ]
    (sentence,) = complaints_of("embed=true&embed_options=dark_theme&embed_options=%3Cb%3E")
    assert sentence.startswith("embed_options=<b> was ignored: allowed is any of show_toolbar, show_padding")
    assert len(complaints_of("&".join(["embed=maybe"] * 900))) == 4


def test_a_key_that_stands_in_a_link_several_times_is_named():
    flat, _ = RACE.read_link("1.lr=0.1&1.lr=0.2&steps=50", "en")
    assert (flat["1.lr"], flat["steps"]) == (0.2, 50)
    assert complaints_of("1.lr=0.1&1.lr=0.2&steps=50") == ["1.lr stands in the link 2 times; the last one is read."]
    assert len(complaints_of("&".join(f"k{i}=1&k{i}=2" for i in range(400)))) == 11


def test_a_wrong_formula_in_a_link_is_named_and_the_usual_one_used():
    flat, (complaint,) = RACE.read({"surface": "custom", "surface.text": "x +* y"}, "en")
    assert flat["surface.text"] == LANDSCAPES["custom"]().text
    assert said(complaint) == (
        "surface.text=x +* y was ignored: formula, character 4: “*” is not expected here. x^2/2 + y^2 + sin(3x) cos(2y) is used instead."
    )


def test_lanes_out_of_a_table_and_into_it_again_are_the_same_table():
    flat = RACE.read(random_link(np.random.default_rng(5), "bowl", ["adam", "momentum", "adam"], ["step", "cosine", "constant"]), "en")[0]
    lanes = lanes_of(flat)
    assert [lane["rule"] for lane in lanes] == ["adam", "momentum", "adam"]
    assert with_lanes(flat, lanes) == flat
    fewer = with_lanes(flat, lanes[1:])
    assert fewer["lanes"] == 2
    assert lanes_of(fewer) == lanes[1:]
    assert {key: value for key, value in fewer.items() if not key[0].isdigit() and key != "lanes"} == {
        key: value for key, value in flat.items() if not key[0].isdigit() and key != "lanes"
    }
