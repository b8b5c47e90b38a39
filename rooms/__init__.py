"""Rooms of a lecture hall: who leads one, who is in it, and what they predicted. In memory alone: no names, no disk, no HTTP."""

from rooms.answers import Asked
from rooms.refused import Refused
from rooms.register import CODE, LETTERS, Register
from rooms.room import Place, Room

__all__ = ["CODE", "LETTERS", "Asked", "Place", "Refused", "Register", "Room"]
