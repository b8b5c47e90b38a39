"""Losses that come from data: the mean over examples of what a model gets wrong."""

from core import catalogue
from problems.losses.base import Batch, Problem

PROBLEMS = catalogue("problems.losses", Problem)

__all__ = ["Batch", "PROBLEMS", "Problem"]
