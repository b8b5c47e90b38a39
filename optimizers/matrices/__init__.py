"""Rules for matrices, a network's hidden layers: one file a rule. In two dimensions there is nothing for them to do."""

from core import catalogue
from optimizers.base import Optimizer

MATRIX_RULES = catalogue(__name__, Optimizer)

__all__ = ["MATRIX_RULES"]
