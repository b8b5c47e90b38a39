"""What the browser side is sent: a file each, made from the race, a lane's number and how the race is looked at."""

from player.messages.account import account
from player.messages.basins import basins
from player.messages.best import best
from player.messages.curves import curves
from player.messages.data import data
from player.messages.explored import explored, of_explore
from player.messages.inspector import inspector
from player.messages.lane import lane
from player.messages.names import names, set_to
from player.messages.overlay import overlay
from player.messages.paths import paths
from player.messages.rates import rates
from player.messages.ratesweep import ratesweep
from player.messages.ruler import ruler
from player.messages.slider import slider
from player.messages.stage import rules, settings, surface
from player.messages.sweep import sweep
from player.messages.train import of_train, train, trains
from player.messages.transport import transport

__all__ = [
    "account",
    "basins",
    "best",
    "curves",
    "data",
    "explored",
    "inspector",
    "lane",
    "names",
    "of_explore",
    "of_train",
    "overlay",
    "paths",
    "rates",
    "ratesweep",
    "ruler",
    "rules",
    "set_to",
    "settings",
    "slider",
    "surface",
    "sweep",
    "train",
    "trains",
    "transport",
]
