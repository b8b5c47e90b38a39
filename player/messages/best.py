"""What the table of all rules at their best is sent: its columns and words with the page, and a row or a profile when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any
from urllib.parse import urlencode

import numpy as np

from core import Array, N_, parameters
from core.number import short
from figures import LOOKS
from links import Flat
from links.best import ACROSS, Found, SURFACES, lane_settings, problem_of, race_link, race_settings
from links.entries import surface_of
from links.explore import EXPLORE, MEASURES
from links.table import text
from locales import _
from optimizers import OPTIMIZERS
from player.messages.names import set_to
from player.messages.words import set_exactly
from player.pack import pack
from runs import tolerance
from runs.best import Best
from runs.profile import performance_profile, performance_ratios
from runs.trials import A_DECADE

ASKED = ("surface", "x", "y", "steps", "lang")  # what a row hangs on, beside the surface's parameters, the schedule and the warm-up
DASHES = ([], [7, 3], [2, 3])
COLUMNS = {
    "rule": (N_("Rule"), ""),
    "steps": (MEASURES["steps"], N_("From there on f stays within the tolerance of f*, up to the last step and for ten points at least.")),
    "evaluations": (N_("Gradients"), N_("The gradients that the rule evaluates up to there: SAM takes two a step.")),
    "gap": (N_("Lowest f − f*"), N_("The lowest f − f* on the way, inside the domain.")),
    "width": (N_("Good rates, decades"), N_("How many decades of rates next to the best one need at most twice its steps.")),
    "settings": (
        N_("Settings found"),
        N_("The best of the settings that were tried, in the order of the rates; all others are the rule's defaults."),
    ),
    "share": (N_("Starts that reach f*"), N_("With the same settings, of {count} starts in a grid over the domain.")),
    "median": (N_("Median gradients"), N_("Over all these starts; one that does not reach f* counts as infinite.")),
    "cost": (N_("Tuning"), N_("The gradients that were evaluated to find the settings.")),
}


def best(flat: Flat) -> dict[str, Any]:
    """The table's columns, rules and words, and what its rows are asked with."""
    surface, looks = surface_of(flat), [described(i, name) for i, name in enumerate(OPTIMIZERS)]
    link = {key: said for key, said in EXPLORE.write(flat).items() if key in ASKED or key.startswith(("surface.", "1.schedule", "1.warmup"))}
    return {
        "link": link,
        "common": {key: said for key, said in link.items() if key in ("steps", "lang") or key.startswith("1.")},
        "race": {key: text(value) for key, value in race_settings(flat).items()},
        "columns": [[key, _(title), _(help).format(count=ACROSS**2)] for key, (title, help) in COLUMNS.items()],
        "rules": looks if surface.lowest is not None else [],
        "looks": looks,
        "surfaces": len(SURFACES),
        "sort": flat["sort"],
        "picked": flat["1.rule"],
        "profile": bool(flat["profile"]),
        "words": words(flat),
        "note": note(flat),
        "file": f"best_{flat['surface']}",
    }


def described(i: int, name: str) -> dict[str, Any]:
    """A rule's name, title and look: eight colours, and a marker and dashes that tell apart those with the same one."""
    look, marker = LOOKS[i % len(LOOKS)], LOOKS[(i + 3 * (i // len(LOOKS))) % len(LOOKS)].marker
    cls = OPTIMIZERS[name]
    own = {"rule": name, "title": _(cls.title), "hessians": cls.hessians, "marker": marker, "dash": DASHES[i // len(LOOKS)]}
    return own | {"light": look.light, "dark": look.dark}


def words(flat: Flat) -> dict[str, str]:
    """What stands around the table and the profile."""
    return {
        "caption": _("Every rule at the best settings found for it"),
        "none": _("This surface has no minimum: there is nothing to reach, and nothing to tune for. The profile over all surfaces is there still."),
        "never": _("not reached"),
        "end": _("* found at an end of what was tried: a better one may lie beyond."),
        "runs": _("{cost} in {runs} runs"),
        "race": _("Open in the race"),
        "race_of": _("{title}: open in the race"),
        "first": _("Open the first four in the race"),
        "cancel": _("Cancel"),
        "continue": _("Continue"),
        "rules": _("{done} of {all} rules"),
        "surfaces": _("{done} of {all} surfaces"),
        "csv": _("Save the table (CSV)"),
        "picture": _("Save a picture of the profile"),
        "pick": _("{title}: pick it out"),
        "profile": _("Performance profile over all surfaces"),
        "begin": _("Tune every rule on all {count} surfaces with a minimum").format(count=len(SURFACES)),
        "tau": _("τ: times the gradients of the best rule"),
        "rho": _("ρ(τ): share of the surfaces"),
        "solved": _("f* reached on"),
        "at": _("at τ = {tau}"),
        "chart": _("Performance profile, τ: the arrow keys move it"),
    }


def note(flat: Flat) -> str:
    """How the table was made, in a paragraph: budget, tolerance, what was tried."""
    surface, here = surface_of(flat), ""
    said = []
    if surface.lowest is not None:
        named = ", ".join([_(surface.title), *set_exactly(surface)])
        x, y, here = short(flat["x"], 6), short(flat["y"], 6), " " + _("(here {tolerance})").format(tolerance=short(float(tolerance(surface))))
        said.append(_("{surface}, start ({x}, {y}), {steps} steps, without noise.").format(surface=named, x=x, y=y, steps=flat["steps"]))
    if flat["noise"]:
        noise = _("The noise of the page's other views, σ = {sigma}, is left out here: of one draw the luckiest setting would win.")
        said.append(noise.format(sigma=short(flat["noise"])))
    reached = _(
        "f* is reached where |f − f*| stays within a millionth of the drop from the surface's own start{here}, up to the last step and for "
        "ten points at least."
    )
    tried = _(
        "Tried of each rule: every stop of its rate's slider, {rates} a decade, with eight or nine values of one other setting (μ, β₁, a decay, …) "
        "where it has one; all else as the rule has it by itself. The best is run once more, and the numbers are that run's."
    )
    return " ".join([*said, reached.format(here=here), tried.format(rates=A_DECADE)])


def row(flat: Flat, found: Found) -> bytes:
    """A rule's row, packed: {"row": …}; None for what is infinite."""
    its, elsewhere = found
    names = {name: parameters(its.rule)[name] for name in its.at_end}
    return pack(
        {
            "row": {
                "steps": finite(its.steps),
                "evaluations": finite(its.evaluations),
                "gap": finite(its.gap),
                "width": its.width if isfinite(its.steps) else None,
                "settings": told(its),
                "end": ", ".join(allowed.letter or _(allowed.label) for allowed in names.values()),
                "share": float(np.isfinite(elsewhere).mean()),
                "median": finite(median(elsewhere)),
                "cost": its.cost,
                "runs": its.runs,
                "lane": {key: text(value) for key, value in lane_settings(flat, its).items()},
                "link": urlencode(race_link(flat, its)),
            }
        }
    )


def told(its: Best) -> str:
    """The settings that were found: "η 0.1, μ 0.5"."""
    rule: Any = its.rule
    main = [name for name, allowed in parameters(rule).items() if not allowed.rare][:2]
    return ", ".join(set_to(parameters(rule)[name], getattr(rule, name)) for name in main)


def finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def median(values: Array) -> float:
    """The lower one of an even number's middle two: between a number and infinity there is no mean."""
    return float(np.sort(values)[(len(values) - 1) // 2])


def profile(flat: Flat, found: Sequence[Sequence[Found]]) -> bytes:
    """The profile over the first surfaces, on each of which every rule was tuned, packed: {"profile": …}."""
    costs = np.array([[its.best.evaluations for its in rules] for rules in found])
    ratios = performance_ratios(costs)
    rules = list(OPTIMIZERS)
    message = {
        "done": len(found),
        "rules": [{"rule": name, "ratios": np.sort(column[np.isfinite(column)])} for name, column in zip(rules, ratios.T, strict=True)],
        "summary": summary(ratios),
        "note": about(flat, found, costs),
        "lines": [
            _("Performance profile, {count} of {all} surfaces, {steps} steps — Descent Lab").format(
                count=len(found), all=len(SURFACES), steps=problem_of(flat).steps
            ),
            _("Each rule tuned on each surface; cost: gradients until f* is reached; right of each name: on how many it is."),
        ],
    }
    return pack({"profile": message})


def summary(ratios: Array) -> str:
    """The profile in words: who is best, or within twice the best, on the most surfaces, and who reaches f* on the most."""
    titles = [_(cls.title) for cls in OPTIMIZERS.values()]
    said = [
        (_("Best on the most surfaces: {names}, on {share}."), 1.0),
        (_("Within twice the best: {names}, on {share}."), 2.0),
        (_("f* reached: {names}, on {share}."), float(np.finfo(float).max)),
    ]
    sentences = []
    for template, tau in said:
        share = performance_profile(ratios, tau)
        names = ", ".join(title for title, value in zip(titles, share, strict=True) if value == share.max())
        sentences.append(template.format(names=names, share=f"{round(share.max() * len(ratios))} / {len(ratios)}"))
    return " ".join(sentences)


def about(flat: Flat, found: Sequence[Sequence[Found]], costs: Array) -> str:
    """How the profile was made, and what it does not say."""
    every = [its.best for rules in found for its in rules]
    unsolved = int(np.isinf(costs).all(axis=1).sum())
    said = [
        _("Surfaces: {count}, each as it is by itself, from its own start, {steps} steps; reached and tried as in the table.").format(
            count=len(found), steps=problem_of(flat).steps
        ),
        _(
            "Cost: gradients until f* is reached; a failure is infinite, equal costs share their place; surfaces that no rule solves: {unsolved}."
        ).format(unsolved=unsolved),
        _("Every rule is tuned on every surface: {runs} runs with {cost} gradients, which the cost leaves out, as it does Newton's Hessians.").format(
            runs=short(sum(its.runs for its in every)), cost=short(sum(its.cost for its in every))
        ),
        _("A profile hangs on the rules compared: it says how each does beside the best, and does not rank the others (Gould, Scott, 2016)."),
    ]
    return " ".join(said)
