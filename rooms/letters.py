"""Which letters a server's codes begin with: behind a proxy each server has its own, so that a code says where its room is."""

from __future__ import annotations

import os
import sys

LETTERS = "CDFHJKMNPRTWXY34679"  # of a code: without look-alikes such as B and 8, and without vowels, so that no code is a word
OWN = "DESCENT_LAB_ROOM_LETTERS"  # environment variable: the first letters of this server's codes, all where it is not set


def own_letters() -> str:
    """The first letters of this server's codes, from the environment; what is no letter of a code is said and left out."""
    wanted = dict.fromkeys(letter for letter in os.environ.get(OWN, "").upper() if letter not in " ,")
    own = "".join(letter for letter in wanted if letter in LETTERS)
    if wrong := "".join(letter for letter in wanted if letter not in LETTERS):
        used = f"{own} are used" if own else "codes begin with any of them, and a proxy cannot tell whose they are"
        print(f"{OWN}: {wrong!r} is in no code; a code's letters are {LETTERS}. Until that is corrected {used}.", file=sys.stderr)
    return own or LETTERS
