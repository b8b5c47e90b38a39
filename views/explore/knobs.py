"""The sliders of the Explore page's runs."""

from __future__ import annotations

from collections.abc import Collection

from core import Range, parameters
from links import Flat
from links.axes import settings_of
from links.entries import surface_of
from links.race import MENU, NOISE, NOISES, SEED, STEPS, WARMUP
from locales import _
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from views import controls, live_slider


def knobs(flat: Flat, axes: Collection[str]) -> None:
    """A slider for each setting of the runs that is none of the view's own axes; what is shown follows it."""
    for name, allowed in parameters(OPTIMIZERS[flat["1.rule"]]).items():
        if f"1.{name}" not in axes:
            live_slider.slider(f"1.{name}", allowed)
    for name, allowed in parameters(surface_of(flat)).items():
        if f"surface.{name}" not in axes:
            live_slider.slider(f"surface.{name}", allowed)
    for axis, ends in zip("xy", surface_of(flat).domain, strict=True):
        if axis not in axes:
            live_slider.slider(axis, settings_of(flat)[axis], stops=between(*ends))
    live_slider.slider("steps", labelled(STEPS, _("Steps")))
    controls.menu("1.schedule", _("Schedule"), list(MENU), lambda key: _(SCHEDULES[key].title))
    for name, allowed in parameters(SCHEDULES[flat["1.schedule"]]).items():
        if f"1.schedule.{name}" not in axes:
            live_slider.slider(f"1.schedule.{name}", allowed)
    if "1.warmup" not in axes:
        live_slider.slider("1.warmup", WARMUP)
    if "noise" not in axes:
        live_slider.slider("noise", NOISE, stops=NOISES)
    if "seed" not in axes and (flat["noise"] or "noise" in axes):
        live_slider.slider("seed", labelled(SEED, _("Seed")), stops=[float(v) for v in range(100)])


def labelled(allowed: Range, label: str) -> Range:
    """The range under this name."""
    return Range(allowed.low, allowed.high, whole=allowed.whole, within=allowed.within, label=label, help=allowed.help)


def between(low: float, high: float) -> list[float]:
    """A hundred stops across the map."""
    return [float(f"{low + (high - low) * k / 100:.4g}") for k in range(101)]
