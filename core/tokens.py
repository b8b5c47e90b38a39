"""Cuts the text of a formula into tokens: numbers, known names and signs. Anything else is refused with a sentence that points at the character."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, NoReturn

from core.jet import FUNCTIONS, SEVERAL
from core.message import InputError, N_

LENGTH = 200  # characters

VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")
CHOICE = "if"
ALIASES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "π": "pi", "√": "sqrt"}
KNOWN = (*VARIABLES, *CONSTANTS, *FUNCTIONS, *SEVERAL, CHOICE)
NAMES = sorted([*KNOWN, *ALIASES], key=len, reverse=True)
SIGNS = {"**": "^", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">="}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
TOKEN = re.compile(
    rf"(?P<space>[ \t]+)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>{'|'.join(NAMES)})"
    rf"|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<sign>\*\*|<=|>=|[-+*/^(),<>≤≥×·⋅∗÷∕−–])",
    re.IGNORECASE,
)


class FormulaError(InputError):
    """A formula that cannot be used; `position` is the character it is about, counted from 1 in the text as it was typed."""

    @property
    def position(self) -> int:
        return int(str(self.values["position"]))


def refuse(template: str, at: int, **values: object) -> NoReturn:
    raise FormulaError(template, position=at + 1, **values)


class Token(NamedTuple):
    """A piece of the text: its kind ("number", "name", "raised" for superscripts, "end", or the sign itself), where it begins, and what it says."""

    kind: str
    at: int
    text: str


def tokens(text: str) -> list[Token]:
    """The text's tokens, the last of kind "end"; raises FormulaError."""
    if len(text) > LENGTH:
        refuse(N_("formula, character {position}: it is too long; at most {most} characters are allowed."), LENGTH, most=LENGTH)
    found, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            unreadable(text, at)
        if match.lastgroup != "space":
            piece = match.group()
            plain = piece.lower()
            kind = SIGNS.get(piece, piece) if match.lastgroup == "sign" else str(match.lastgroup)
            found.append(Token(kind, at, ALIASES.get(plain, plain)))
        at = match.end()
    return [*found, Token("end", len(text), "")]


def unreadable(text: str, at: int) -> NoReturn:
    """Raise the FormulaError that says why no token begins at this character."""
    character = text[at]
    plain = unicodedata.normalize("NFKC", character)
    if word := re.match(r"[a-zA-Z]+", text[at:]):
        template = N_("formula, character {position}: “{name}” is unknown; allowed are {allowed}.")
        refuse(template, at, name=word.group()[:20], allowed=", ".join(KNOWN))
    if unicodedata.name(character, "").startswith("HANGUL"):
        refuse(N_("formula, character {position}: “{character}” is Korean; switch the keyboard to English."), at, character=character)
    if unicodedata.east_asian_width(character) in "FW" and plain != character and TOKEN.match(plain):
        refuse(N_("formula, character {position}: “{character}” is a wide character; type “{plain}”."), at, character=character, plain=plain)
    unexpected(at, character if character.isprintable() else f"U+{ord(character):04X}")


def unexpected(at: int, piece: str) -> NoReturn:
    refuse(N_("formula, character {position}: “{piece}” is not expected here."), at, piece=piece)
