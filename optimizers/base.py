"""A rule: how the next point follows from this one, the gradient and what the rule remembers."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from core import Array, Entry, N_, Number, parameter
from core.symbol import Symbol, spelled
from landscapes import Objective


def learning_rate(default: float, low: float = 1e-5, high: float = 10.0, help: str = N_("Learning rate η: the gradient times η is the step.")) -> Any:
    """The field `lr`: any positive number, on a log axis."""
    return parameter(default, low, high, log=True, within="(0, inf)", label=N_("Learning rate η"), symbol=r"\eta", help=help)


def kept_part(default: float, high: float = 0.999, *, help: str, label: str = "", symbol: str = "", rare: bool = False) -> Any:
    """A field for the part of a velocity or a running mean that is kept each step: 0 ≤ β < 1, on an axis that is logarithmic in 1 − β."""
    return parameter(default, 0.0, high, near_one=True, within="[0, 1)", help=help, label=label, symbol=symbol, rare=rare)


STEADY = N_("Learning rate η: the length of a step along each coordinate where the slope stays the same.")
NEARLY = N_("Learning rate η: about the length of a step along each coordinate where the slope stays the same.")


def epsilon(default: float, low: float = 1e-12, help: str = N_("ε: keeps the division finite; large values turn the scaling off.")) -> Any:
    """The field `eps`: any positive number, on a log axis."""
    return parameter(default, low, 1e-1, log=True, within="(0, inf)", label="ε", symbol=r"\epsilon", help=help, rare=True)


def decay_of_weights(help: str, default: float = 0.0) -> Any:
    """The field `weight_decay`; `help` says what it does in this rule."""
    return parameter(default, 0.0, 1.0, within="[0, inf)", label=N_("Weight decay λ"), symbol=r"\lambda", help=help, rare=True)


RATE = Symbol("", N_("rate per axis"))  # what rules that have one show as "rate"


GRADIENT, SCALED, ADAM, SIGNS, CURVATURE = FAMILIES = (
    N_("Gradient and momentum"),
    N_("A rate per coordinate"),
    N_("Adam and its kin"),
    N_("Signs alone"),
    N_("Second order"),
)


class Moments(NamedTuple):
    """Running means of the gradient (m) and of its square (v), each of the point's shape."""

    m: Array
    v: Array


@dataclass(frozen=True)
class Optimizer(Entry):
    """An update rule; its hyperparameters are its fields, and array-valued ones make a batch of runs."""

    year: ClassVar[int]
    family: ClassVar[str]  # one of FAMILIES
    evaluations: ClassVar[int] = 1  # gradients a step
    hessians: ClassVar[int] = 0  # a step
    coordinates: ClassVar[int | None] = None  # the number of coordinates it is written for; None: any number
    marks: ClassVar[tuple[str, ...]] = ()  # names of the things it shows that are points on the map
    symbols: ClassVar[dict[str, Symbol]] = {}  # how what it shows is written, where its name does not say it
    # Which of the things it shows is drawn on the map as an arrow: the first of these names that it shows. After "-" it adds up gradients, and the
    # arrow is −η times it; without, it is a step.
    arrows: ClassVar[tuple[str, ...]] = ("-m_hat", "-m")
    # The rule in a library's own words, with fields in braces, where the library has it as it is here; [field|...] stands only where it is not 0.
    torch: ClassVar[str] = ""
    optax: ClassVar[str] = ""
    lr: Number

    @abstractmethod
    def init(self, p: Array) -> Any:
        """The state before the first step at the start p of shape (P, *batch): (), an array or a NamedTuple of arrays."""

    @abstractmethod
    def step(self, surface: Objective, p: Array, state: Any, t: int, lr: Number) -> tuple[Array, Any]:
        """Step t = 1, 2, … at the rate `lr` (peak rate × schedule factor, shape (*batch)): the next point and state."""

    def shown(self, p: Array, g: Array, state: Any, t: Number, lr: Number) -> dict[str, Array]:
        """What a person may look at in step t, by name: p and g are from before the step, state is the one after it.

        The inspector draws "rate", the rate along each axis, as an ellipse. "g" is shown by rules that add to the gradient: the gradient and that.
        """
        return {}

    @classmethod
    def symbol(cls, name: str) -> Symbol:
        """How the point p, the gradient g or something that the rule shows is written."""
        return cls.symbols.get(name) or (RATE if name == "rate" else spelled(name))

    def probe(self, p: Array, state: Any) -> Array:
        """Where the step's gradient was taken: the point itself, unless the rule looks ahead; state is the one after it."""
        return p

    def stable_below(self, curvature: Number) -> Number | None:
        """The rate from which the rule diverges on a quadratic of this largest curvature; None where theory gives no such rate."""
        return None

    def preconditioner(self, state: Any, t: Number) -> Array | None:
        """P of step t, p ← p − η P⁻¹ m with a running mean m of the gradient, where a rule divides each coordinate by something; of p's shape.

        state is the one after the step; ∞ where there has been no gradient yet. None where the rule divides by nothing, or in another way.
        """
        return None

    def preconditioned_below(self, curvature: Number) -> Number | None:
        """The rate from which the rule diverges where P⁻¹H has this largest eigenvalue and P stands still; None where theory gives no such rate."""
        return self.stable_below(curvature)

    def stationary_variance(self, curvature: float, lr: float, sigma: float) -> float | None:
        """The variance, in the long run, of the point along an axis of this curvature, at a constant rate and with gradient noise σ.

        None where theory gives none, or where the rule does not settle.
        """
        return None
