"""Rooms of a lecture hall: who leads one, who is in it, and what they predicted. In memory alone: no names, no disk, no HTTP."""

from rooms.answers import Asked
from rooms.apart import RoomsProcess
from rooms.asking import asking
from rooms.desk import Desk
from rooms.letters import LETTERS
from rooms.refused import Refused
from rooms.register import CODE, Register
from rooms.room import Place, Room

__all__ = ["CODE", "LETTERS", "Asked", "Desk", "Place", "Refused", "Register", "Room", "RoomsProcess", "asking"]
