"""How the learning rate moves: one file a schedule."""

from core import catalogue
from optimizers.schedules.base import Schedule

SCHEDULES = catalogue(__name__, Schedule)

__all__ = ["SCHEDULES", "Schedule"]
