"""What a lane's panel is sent: its run's numbers, and the words for them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core import Array, N_, parameters
from core.number import exact, fixed, short
from core.window import widened
from figures import LOOKS
from landscapes import Landscape
from links import Flat, quantities
from links.lanes import only
from links.race import CURVES, RACE
from locales import _
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import pack
from runs import Noisy, Verdict, distance, gradient_norm, predicted_spread, run, sizes, stability_limit, verdicts
from runs.race import Lane, MANY, Race
from views.inside import inside

VERDICTS = {
    "diverged": N_("diverged at step {step}"),
    "no step": N_("no step is defined here"),
    "outside": N_("left the formula's domain at step {step}"),
    "no start": N_("the start is outside the formula's domain"),
    "reached": N_("f* reached at step {step}"),
    "local minimum": N_("local minimum"),
    "saddle": N_("at a saddle point"),
    "maximum": N_("at a maximum"),
    "at rest": N_("at rest where the slope is zero"),
    "stands still": N_("stands still: its steps are lost in rounding"),
    "restless": N_("restless within {within} of the minimum"),
    "restless, local": N_("restless within {within} of a local minimum"),
    "weight decay": N_("weight decay holds it at {at}"),
    "left the map": N_("left the map at step {step}"),
}


@lru_cache(maxsize=512)
def numbers(lane: Lane, surface: Landscape, start: tuple[float, float], steps: int) -> tuple[dict[str, Any], dict[str, Array], list[Verdict]]:
    """A lane's run as the player needs it, what it gets of it only where a chart shows it, and what can be said of it; remembered for everyone."""
    trajectory = run(lane.rule, surface, start, steps, lane.schedule)
    constant = (trajectory.lr == trajectory.lr[0]).all()
    arrays = {
        "path": on_map(trajectory.path),
        "marks": [on_map(trajectory.states[name]) for name in lane.rule.marks],
        "loss": trajectory.loss,
        "slope": logarithm(gradient_norm(trajectory, surface)),
        "rate": trajectory.lr[:1] if constant else trajectory.lr,
    }
    away = distance(trajectory, surface)
    further = {} if away is None else {"distance": logarithm(away)}
    further |= {quantities.INNER + name: logarithm(size) for name, size in sizes(lane.rule, trajectory).items()}
    return arrays, further, verdicts(trajectory, surface, lane.rule, widened(surface.domain))


@lru_cache(maxsize=64)
def many(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> dict[str, Any]:
    """As many runs of a lane as the noise has: all their points, step by step, and the mean of their losses with the 10 % and 90 % quantiles."""
    starts = np.repeat(np.array(start)[:, None], surface.runs or 1, axis=1)
    trajectory = run(lane.rule, surface, starts, steps, lane.schedule)
    gone = (trajectory.diverged_at >= 0) & (np.arange(steps + 1)[:, None] >= trajectory.diverged_at)
    with np.errstate(over="ignore", invalid="ignore"):  # where runs leave upwards and downwards there is no mean
        # The point that a diverged run stands at says nothing of its loss.
        loss = np.where(gone, np.copysign(np.inf, trajectory.loss - trajectory.loss[0]), trajectory.loss)
        mean = loss.mean(axis=1)
    low, high = np.quantile(loss, (0.1, 0.9), axis=1, method="nearest")
    constant = (trajectory.lr == trajectory.lr[0]).all()
    return {
        "points": on_map(trajectory.path.swapaxes(1, 2).reshape(-1, 2)),
        "count": surface.runs,
        "loss": {"mean": mean, "low": low, "high": high},
        "predicted": predicted(lane, surface, np.median(trajectory.path[-1], axis=1)) if constant else None,
    }


def predicted(lane: Lane, surface: Noisy, end: Array) -> dict[str, Any] | None:
    """Where theory has the runs in the long run, at the minimum nearest to their end: mean loss, and the ellipse of two standard deviations."""
    spread = predicted_spread(lane.rule, surface, surface.sigma, near=end)
    if spread is None:
        return None
    directions, variances, _ = np.linalg.svd(spread.covariance)
    return {"at": spread.at, "axes": (2 * np.sqrt(variances) * directions).T, "loss": float(surface.value(spread.at)) + spread.excess}


def logarithm(values: Array) -> Array:
    """log₁₀ as float32, −∞ for an exact zero: three digits need no more, and no size is lost."""
    with np.errstate(divide="ignore"):
        return np.log10(values).astype(np.float32)


def on_map(points: Array) -> Array:
    """Points of shape (n, 2) as float32 of shape (2, n): finer than any screen; beyond float32's range they have long left the picture."""
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(points.T, dtype=np.float32)


def panel_data(i: int, race: Race, flat: Flat) -> bytes:
    """Lane i, packed."""
    lane = race.lanes[i - 1]
    arrays, further, said = numbers(lane, race.descended(lane), race.start, race.steps)
    together = many(lane, race.descended(lane, MANY), race.start, race.steps) if race.many else None
    charts = [flat[f"curve.{side}"] for side in CURVES]
    more = {
        "spoken": in_words(i, lane, race, flat, arrays, said),
        "hint": hint(lane, race),
        "many": together,
        "inside": inside(i, race, flat),
        "offers": list(further),
        "further": {name: further[name] for name in charts if name in further},
        "overlay": flat["overlay"],
    }
    return pack({"lane": described(i, lane, flat, said) | more | arrays})


def described(i: int, lane: Lane, flat: Flat, said: list[Verdict]) -> dict[str, Any]:
    """What the panel says about its lane."""
    look = LOOKS[flat[f"{i}.look"] - 1]
    titles = [_(OPTIMIZERS[flat[f"{j}.rule"]].title) for j in range(1, flat["lanes"] + 1)]
    title = _(lane.rule.title)
    title = title if titles.count(title) == 1 else f"{title} ({i})"
    return {
        "index": i,
        "title": title,
        "summary": _("Lane {i}: {title}").format(i=i, title=title),
        "settings": settings_in_words(i, lane, flat),
        "link": RACE.write(only(flat, f"{i}.")),
        "colours": {"light": look.light, "dark": look.dark},
        "marker": look.marker,
        "dash": look.dash,
        "verdicts": [{"step": v.step, "until": v.until, "kind": v.kind, "text": verdict_in_words(v)} for v in said],
        "evaluations": lane.rule.evaluations,
        "words": {
            "step": _("step"),
            "rate": _("learning rate of this step"),
            "home": home(),
            "flat": _("3-D needs WebGL, which this browser does not offer: this is the map."),
            **predict_words(i),
        },
    }


def home() -> str:
    return _("Show the whole map again")


def predict_words(i: int) -> dict[str, str]:
    """What the panel says where the end is to be predicted."""
    return {
        "lane": _("Lane {i}").format(i=i),
        "guess": _("Map of lane {i}: the arrow keys move the cross-hair, Enter marks where the run ends").format(i=i),
        "missed": _("Your guess is {distance} off, {part} of the map's width."),
    }


def in_words(i: int, lane: Lane, race: Race, flat: Flat, arrays: dict[str, Any], said: list[Verdict]) -> str:
    """The lane and its run in sentences, for those who hear the page."""
    names = ", ".join(f"{_(allowed.label)} {short(getattr(lane.rule, name))}" for name, allowed in parameters(lane.rule).items())
    f, (x, y), lowest = arrays["loss"], arrays["path"][:, -1], race.surface.lowest
    start, end = (
        _("Starts at ({x}, {y}), f = {f}.").format(x=short(race.start[0]), y=short(race.start[1]), f=fixed(f[0])),
        _("After {steps} steps at ({x}, {y}), f = {f}").format(steps=race.steps, x=fixed(x), y=fixed(y), f=fixed(f[-1])),
    )
    gap = "" if lowest is None else f", f − f* = {fixed(f[-1] - lowest)}"
    verdict = "".join("; " + verdict_in_words(v) for v in said if v.step <= race.steps <= v.until)
    head = _("Lane {i}: {title}").format(i=i, title=_(lane.rule.title)) + (f", {names}" if names else "")
    schedule = ", ".join([_(SCHEDULES[flat[f"{i}.schedule"]].title), *warmup_in_words(i, flat)])
    return f"{head}, {schedule}. {start} {end}{gap}{verdict}."


def verdict_in_words(verdict: Verdict) -> str:
    """What the badge says; a coordinate below a millionth is shown as the zero that it is on the map."""
    within = "" if verdict.within is None else short(verdict.within)
    at = "" if verdict.at is None else "({}, {})".format(*(short(round(v, 6) + 0.0) for v in verdict.at))
    return _(VERDICTS[verdict.kind]).format(step=verdict.step, within=within, at=at)


def settings_in_words(i: int, lane: Lane, flat: Flat) -> list[str]:
    """The lane's settings for the picture's caption, a line for the rule and one for its schedule."""
    rule = ", ".join(f"{name} = {exact(getattr(lane.rule, name))}" for name in parameters(lane.rule))
    schedule = SCHEDULES[flat[f"{i}.schedule"]]
    shape = [f"{name} = {exact(flat[f'{i}.schedule.{name}'])}" for name in parameters(schedule)]
    return [rule, ", ".join([_(schedule.title), *shape, *warmup_in_words(i, flat)])]


def warmup_in_words(i: int, flat: Flat) -> list[str]:
    """The lane's warm-up, where it has one."""
    return [_("warm-up {steps}").format(steps=flat[f"{i}.warmup"])] if flat[f"{i}.warmup"] else []


def hint(lane: Lane, race: Race) -> str:
    """A quiet sentence where theory says that the peak rate is too large for the quadratic at the start or at the nearest minimum."""
    limits = stability_limit(lane.rule, race.surface, race.start)
    beyond = {place: short(limit) for place, limit in limits.items() if lane.rule.lr > limit}
    if len(beyond) == 2 and beyond["start"] == beyond["minimum"]:
        return _("η is beyond the stability limit, {start}.").format(**beyond)
    if len(beyond) == 2:
        return _("η is beyond the stability limit: {start} at the start, {minimum} at the nearest minimum.").format(**beyond)
    if "start" in beyond:
        return _("η is beyond the stability limit at the start, {start}.").format(**beyond)
    if "minimum" in beyond:
        return _("η is beyond the stability limit at the nearest minimum, {minimum}.").format(**beyond)
    return ""
