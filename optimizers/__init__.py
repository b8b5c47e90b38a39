"""How it is descended: one file a rule, oldest first."""

from core import catalogue
from optimizers.base import Optimizer

OPTIMIZERS = catalogue(__name__, Optimizer, by=lambda rule: rule.year)

__all__ = ["OPTIMIZERS", "Optimizer"]
