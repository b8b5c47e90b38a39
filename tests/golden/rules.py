"""Each rule in the words of its reference: rates and settings with which every hyperparameter leaves its mark within thirty steps."""
# pyright: reportMissingImports=false

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import optax
import second
import torch


@dataclass
class Rule:
    """A rule as its reference has it.

    `words` has the reference's argument for each field of ours: "betas.0" is the first of a pair, and two words are arguments that have one value.
    `peaks` are the rates on each surface, `settings` make every field matter within the run, `fixed` are arguments that are given in any case.
    Rules of second order have a rate only to be tamed, so no schedule but the constant one (`scheduled`). `starts` replace those of surfaces.
    """

    name: str
    make: Callable[..., Any]
    words: dict[str, str]
    peaks: list[float]
    settings: dict[str, float] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    scheduled: bool = True
    starts: dict[str, list[float]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return {"torch": "torch", "optax": "optax", "second": "second implementation"}[self.make.__module__.split(".")[0]]

    def arguments(self, settings: dict[str, float]) -> dict[str, Any]:
        """The settings in the reference's words."""
        given: dict[str, Any] = dict(self.fixed)
        for ours, value in settings.items():
            for word in self.words[ours].split():
                name, _, place = word.partition(".")
                if place:
                    pair = list(given.get(name, inspect.signature(self.make).parameters[name].default))
                    pair[int(place)] = value
                    given[name] = tuple(pair)
                else:
                    given[name] = value
        return given

    def defaults(self) -> dict[str, float]:
        """The reference's defaults in our words; a field for which it has none, or two different ones, is left out."""
        arguments = inspect.signature(self.make).parameters
        found = {}
        for ours, words in {"lr": "lr", **self.words}.items():
            values = set()
            for word in words.split():
                name, _, place = word.partition(".")
                if name in arguments and arguments[name].default is not inspect.Parameter.empty:
                    values.add(arguments[name].default[int(place)] if place else arguments[name].default)
            if len(values) == 1:
                found[ours] = float(values.pop())
        return found


BETAS = {"beta1": "betas.0", "beta2": "betas.1", "eps": "eps"}
B = {"beta1": "b1", "beta2": "b2"}
DECAY = {"weight_decay": "weight_decay"}
RULES = [
    Rule("gradient_descent", torch.optim.SGD, {}, [0.03, 1e-3, 3e-3]),
    Rule("momentum", torch.optim.SGD, {"momentum": "momentum"}, [0.02, 3e-4, 1e-3], {"momentum": 0.8}, {"momentum": 0.9}),
    Rule("sutskever", second.sutskever, {"momentum": "momentum"}, [0.02, 3e-4, 7e-4], {"momentum": 0.8}, {"momentum": 0.9}),
    Rule("nesterov", second.nesterov, {"momentum": "momentum"}, [0.02, 3e-4, 7e-4], {"momentum": 0.8}, {"momentum": 0.9}),
    Rule("adagrad", torch.optim.Adagrad, {"eps": "eps"}, [0.5, 0.1, 0.3], {"eps": 0.1}),
    Rule("adadelta", torch.optim.Adadelta, {"decay": "rho", "eps": "eps"}, [30.0, 10.0, 30.0], {"decay": 0.95, "eps": 1e-5}),
    Rule("rmsprop", torch.optim.RMSprop, {"decay": "alpha", "eps": "eps"}, [0.05, 0.01, 0.05], {"decay": 0.9, "eps": 0.1}),
    Rule("adam", torch.optim.Adam, BETAS | DECAY, [0.1, 0.1, 0.1], {"beta1": 0.8, "beta2": 0.95, "eps": 0.1, "weight_decay": 0.3}),
    Rule("adamw", torch.optim.AdamW, BETAS | DECAY, [0.1, 0.1, 0.08], {"beta1": 0.8, "beta2": 0.95, "eps": 0.1, "weight_decay": 0.3}),
    Rule(
        "adam_uncorrected",
        second.adam_uncorrected,
        {name: name for name in ("beta1", "beta2", "eps", "weight_decay")},
        [0.05, 0.05, 0.03],
        {"beta1": 0.8, "beta2": 0.95, "eps": 0.1, "weight_decay": 0.3},
    ),
    Rule(
        "amsgrad",
        torch.optim.Adam,
        BETAS | DECAY,
        [0.1, 0.1, 0.1],
        {"beta1": 0.8, "beta2": 0.7, "eps": 0.1, "weight_decay": 0.3},
        {"amsgrad": True},
    ),
    Rule(
        "nadam",
        torch.optim.NAdam,
        BETAS | {"momentum_decay": "momentum_decay"},
        [0.1, 0.1, 0.1],
        {"beta1": 0.8, "beta2": 0.95, "eps": 0.1, "momentum_decay": 0.5},
    ),
    # ρ passes 5 in the run: after step 5 with the default β₂, later with this one.
    Rule("radam", torch.optim.RAdam, BETAS, [3e-3, 3e-4, 3e-3], {"beta1": 0.8, "beta2": 0.9, "eps": 0.1}),
    Rule("adamax", torch.optim.Adamax, BETAS, [0.1, 0.1, 0.02], {"beta1": 0.8, "beta2": 0.7, "eps": 0.1}),
    Rule("adabelief", optax.adabelief, B | {"eps": "eps eps_root"}, [0.1, 0.1, 0.06], {"beta1": 0.8, "beta2": 0.95, "eps": 0.01}),
    Rule("yogi", optax.yogi, B | {"eps": "eps"}, [0.1, 0.1, 0.1], {"beta1": 0.8, "beta2": 0.7, "eps": 0.1}),
    # Optax's weight decay of 1e-3 is left out of the run with defaults.
    Rule("lion", optax.lion, B | DECAY, [0.05, 0.03, 0.037], {"beta1": 0.8, "beta2": 0.7, "weight_decay": 0.3}, {"weight_decay": 0.0}),
    Rule(
        "rprop",
        torch.optim.Rprop,
        {"shrink": "etas.0", "grow": "etas.1", "step_min": "step_sizes.0", "step_max": "step_sizes.1"},
        [0.05, 0.05, 0.05],
        {"shrink": 0.4, "grow": 1.3, "step_min": 0.02, "step_max": 0.2},
    ),
    Rule("qhm", second.qhm, {"momentum": "momentum", "nu": "nu"}, [0.02, 1e-3, 3e-3], {"momentum": 0.9, "nu": 0.6}),
    Rule(
        "adan",
        second.adan,
        {name: name for name in ("beta1", "beta2", "beta3", "eps", "weight_decay")},
        [0.05, 0.05, 0.05],
        {"beta1": 0.9, "beta2": 0.8, "beta3": 0.95, "eps": 0.1, "weight_decay": 0.3},
    ),
    Rule("sam", second.sam, {"rho": "rho"}, [0.02, 5e-4, 3e-3], {"rho": 0.1}),
    Rule("newton", second.newton, {"damping": "damping"}, [0.25, 1.0, 0.25], {"damping": 0.5}, scheduled=False),
    Rule("bfgs", second.bfgs, {}, [0.25, 0.35, 0.3], scheduled=False),
    # Near Beale's saddle point steps meet no curvature: after updates have been made, and before any, where the gradient is short besides.
    Rule("bfgs", second.bfgs, {}, [0.2, 0.3, 0.3], scheduled=False, starts={"beale": [0.1, 1.2]}),
    Rule("bfgs", second.bfgs, {}, [0.2, 0.3, 0.5], scheduled=False, starts={"beale": [-0.01, 1.02]}),
]
