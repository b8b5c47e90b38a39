"""The catalogue's cards, one for every surface, loss from data, rule and schedule, made from their classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from inspect import getsource
from pathlib import Path
from sys import modules

import streamlit as st

import figures
from core import Entry, N_, paragraphs, parameters
from core.number import coordinate, short
from landscapes import Landscape
from locales import _, remarked
from optimizers import Optimizer
from optimizers.matrices import MATRIX_RULES
from optimizers.schedules import Schedule
from optimizers.schedules.warmup import Warmup
from problems import Problem
from runs import curvature, landmarks
from views.catalogue import markup
from views.language import fragment
from views.pages import link_to

MOST_ROWS = 6  # of a table; the others are folded away
PARTNER = "gradient_descent"  # the rule that every other one races against in the link of its card
SCHEDULED = "momentum"  # the rule that runs with and without a schedule in the link of its card

BESIDE = "adamw"  # what a rule for matrices trains a network beside
DEEP = "32-32"  # hidden layers with a matrix between them
OPENS = {"race": N_("Open in the race"), "data": N_("Open with its data"), "train": N_("Open in training")}

KINDS = {"minimum": N_("minimum"), "saddle": N_("saddle point"), "maximum": N_("maximum")}
LISTED = {
    "all": N_("Stationary points in the domain"),
    "some": N_("Stationary points in the domain, among others"),
    "found": N_("Stationary points in the domain, found by a search"),
}


@contextmanager
def card(key: str, entry: Entry, link: dict[str, str], beside: str = "", page: str = "race") -> Iterator[None]:
    """A card around the block: the entry's title above, with `beside` in small type, and below a link to the race, or another page, with these
    parameters.

    The title is the anchor `key` of the page.
    """
    with st.container(border=True, key=f"card-{key}"):
        st.subheader(f"{_(entry.title)} :small[{beside}]" if beside else _(entry.title), anchor=key)
        yield
        link_to(page, _(OPENS[page]), ":material/arrow_forward:", link)


def words(entry: Entry) -> None:
    """The formula, the sentence to keep, and which variant this is."""
    # Inline, because display mathematics does not break where a line is too long.
    st.markdown("\n\n".join([f"$\\displaystyle {remarked(entry.formula)}$", *map(_, paragraphs(type(entry)))]))


def reference(entry: Entry) -> str:
    """Where the entry comes from, as HTML."""
    return markup.paragraph(_("Reference: {reference}").format(reference=entry.reference), "dl-quiet")


def surface_card(key: str, surface: Landscape) -> None:
    """A surface: its map, its formula, its stationary points and its parameters."""
    with card(key, surface, {"surface": key}):
        ground, marks = figures.thumbnail(surface)
        st.html(markup.picture(_("Map of {title}").format(title=_(surface.title)), marks, ground))
        words(surface)
        (x0, x1), (y0, y1) = (map(coordinate, axis) for axis in surface.domain)
        domain = _("Domain: x from {x0} to {x1}, y from {y0} to {y1}").format(x0=x0, x1=x1, y0=y0, y1=y1)
        st.html(markup.facts(stationary(surface), markup.paragraph(domain), markup.parameter_list(surface), reference(surface)))


def problem_card(key: str, problem: Problem) -> None:
    """A loss from data: its map over its weights, or its curve over a single one, its formula, its stationary points and its parameters."""
    with card(key, problem, {"surface": key}, page="data"):
        ground, marks = (None, figures.sketch(problem)) if problem.single else figures.thumbnail(problem)
        label = _("Curve of {title}") if problem.single else _("Map of {title}")
        st.html(markup.picture(label.format(title=_(problem.title)), marks, ground))
        words(problem)
        st.html(markup.facts(stationary(problem), markup.parameter_list(problem), reference(problem)))


def stationary(surface: Landscape) -> str:
    """The stationary points with their values, and the curvature at the lowest minimum, as HTML."""
    marks = landmarks(surface)
    names = [name for name in getattr(surface, "weights", ("x", "y")) if name]
    rows = [[_(KINDS[mark.kind]), *(coordinate(v) for v in (*mark.point[: len(names)], mark.value))] for mark in marks]
    head = ["", *names, "f"]
    parts = [markup.paragraph(_(LISTED[surface.listed]) if rows else _("No stationary point in the domain"), "dl-heading")]
    if rows:
        parts.append(markup.table(head, rows[:MOST_ROWS]))
    if rows[MOST_ROWS:]:
        parts.append(markup.folded(_("{count} more").format(count=len(rows) - MOST_ROWS), markup.table(head, rows[MOST_ROWS:])))
    if marks and marks[0].kind == "minimum":
        parts.append(markup.paragraph(curving(surface, marks[0].point)))
    return "".join(parts)


def curving(surface: Landscape, point: tuple[float, float]) -> str:
    """The condition number and gradient descent's limit, in words."""
    curved = curvature(surface, point)
    where = dict(zip("xy", map(short, point), strict=True))
    if curved is None:
        return _("At the minimum ({x}, {y}) the Hessian gives no condition number and no limit for η.").format(**where)
    kappa = short(curved.kappa)
    template = _("At the minimum ({x}, {y}): κ = {kappa}; gradient descent is stable for η < 2/λmax = {limit}.")
    return template.format(**where, kappa=kappa, limit=short(curved.limit))


def rule_card(key: str, rule: Optimizer) -> None:
    """A rule: its formula, its hyperparameters and its source."""
    trains = key in MATRIX_RULES
    lanes = {"lanes": "1", "1.rule": key} if key == PARTNER else {"lanes": "2", "1.rule": BESIDE if trains else PARTNER, "2.rule": key}
    page, link = ("train", lanes | {"hidden": DEEP}) if trains else ("race", lanes)
    with card(key, rule, link, str(rule.year), page):
        words(rule)
        st.html(markup.facts(evaluations(rule), markup.parameter_list(rule), reference(rule)))
        source(key, type(rule))


def evaluations(rule: Optimizer) -> str:
    """How many gradients a step takes, as HTML, where the rule says."""
    count = getattr(rule, "evaluations", None)
    return markup.paragraph(_("Evaluations of the gradient per step: {count}").format(count=count)) if count else ""


@fragment
def source(key: str, cls: type) -> None:
    """The rule's file; it is sent when it is opened."""
    with st.expander(_("Source"), key=f"source-{key}", type="compact", on_change="rerun") as opened:
        if opened.open:
            module = modules[cls.__module__]
            st.caption(f"{cls.__module__.replace('.', '/')}{Path(module.__file__ or '').suffix}")
            st.code(getsource(module), height=400)


def schedule_card(key: str, schedule: Schedule) -> None:
    """A schedule: its curve, its formula and its parameters."""
    plain = {"lanes": "2", "1.rule": SCHEDULED, "2.rule": SCHEDULED}
    link = plain | ({"2.warmup": f"{schedule.steps:g}"} if isinstance(schedule, Warmup) else {"2.schedule": key})
    with card(key, schedule, link):
        st.html(markup.picture(_("Curve of {title}").format(title=_(schedule.title)), figures.rate_curve(schedule)))
        words(schedule)
        st.html(markup.facts(markup.paragraph(curves(schedule)), markup.parameter_list(schedule), reference(schedule)))


def curves(schedule: Schedule) -> str:
    """What the curves in the picture are."""
    name, others = figures.variations(schedule)
    text = _("Part of the peak rate over a run of {total} steps.").format(total=figures.TOTAL)
    if not others:
        return text
    values = ", ".join(map(short, others))
    return text + " " + _("Thin lines: {name} = {values}.").format(name=_(parameters(schedule)[name].label), values=values)
