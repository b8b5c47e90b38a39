"""What is descended: one file a surface."""

from core import catalogue
from landscapes.base import Landscape, Objective

LANDSCAPES = catalogue(__name__, Landscape)

__all__ = ["LANDSCAPES", "Landscape", "Objective"]
