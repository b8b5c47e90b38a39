"""A typed formula → a tree of operations, or a sentence that points at a character.

Nothing is run as Python: the parser knows the names and signs below and no others. Whatever would become large is refused by counting, here, before
anything is worked out symbolically.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, NoReturn

import numpy as np

from core.message import InputError, N_

LENGTH = 200  # characters
NESTING = 20  # parentheses and exponents within each other
EXPONENT = 100
OPERATIONS = 3000  # of a second derivative, estimated; SymPy needs about a tenth of a millisecond for each

FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "abs": np.abs,
}  # fmt: skip
CONSTANTS = {"pi": np.pi, "e": np.e}
ALIASES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "π": "pi", "√": "sqrt"}
NAMES = sorted([*FUNCTIONS, *CONSTANTS, *ALIASES, "x", "y"], key=len, reverse=True)
SIGNS = {"**": "^", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "−": "-", "–": "-"}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
TOKEN = re.compile(
    rf"(?P<space>[ \t]+)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>{'|'.join(NAMES)})"
    rf"|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<sign>\*\*|[-+*/^()×·⋅∗÷∕−–])",
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
    """A piece of the text: "number", "name", "raised" or "end", or the sign itself; where it begins, and what it says."""

    kind: str
    at: int
    text: str


class Node(NamedTuple):
    """An operation on other nodes, with its value where it is constant, and how many operations it and its two derivatives take."""

    op: str
    args: tuple[Node, ...]
    text: str
    value: float | None
    cost: tuple[int, int, int]
    degree: float  # exponents of exponents, multiplied: SymPy raises the numbers under them exactly


def tokens(text: str) -> list[Token]:
    """The pieces of the text, an "end" last."""
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
    """Say why no piece of a formula begins at this character."""
    character = text[at]
    plain = unicodedata.normalize("NFKC", character)
    if word := re.match(r"[a-zA-Z]+", text[at:]):
        allowed = ", ".join(["x", "y", *CONSTANTS, *FUNCTIONS])
        refuse(N_("formula, character {position}: “{name}” is unknown; allowed are {allowed}."), at, name=word.group()[:20], allowed=allowed)
    if unicodedata.name(character, "").startswith("HANGUL"):
        refuse(N_("formula, character {position}: “{character}” is Korean; switch the keyboard to English."), at, character=character)
    if unicodedata.east_asian_width(character) in "FW" and plain != character and TOKEN.match(plain):
        refuse(N_("formula, character {position}: “{character}” is a wide character; type “{plain}”."), at, character=character, plain=plain)
    unexpected(at, character if character.isprintable() else f"U+{ord(character):04X}")


def unexpected(at: int, piece: str) -> NoReturn:
    refuse(N_("formula, character {position}: “{piece}” is not expected here."), at, piece=piece)


def parse(text: str) -> Node:
    """The tree of a formula in x and y; raises FormulaError."""
    return Parser(text).whole()


class Parser:
    """Reads sums of products of powers; two factors without a sign between them are multiplied."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.next = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def whole(self) -> Node:
        node = self.sum()
        if self.token.kind != "end":
            unexpected(self.token.at, self.token.text)
        return node

    def sum(self) -> Node:
        node = self.product()
        while self.token.kind in ("+", "-"):
            sign = self.take()
            node = made(sign.kind, (node, self.product()), sign.at)
        return node

    def product(self) -> Node:
        node = self.signed()
        while True:
            token = self.token
            if token.kind in ("*", "/"):
                self.take()
                node = made(token.kind, (node, self.signed()), token.at)
            elif token.kind in ("name", "("):
                node = made("*", (node, self.power()), token.at)
            elif token.kind == "number":
                refuse(N_("formula, character {position}: “{piece}” follows without a sign; write * or ^ before it."), token.at, piece=token.text)
            else:
                return node

    def signed(self) -> Node:
        """A power, behind any number of signs; −x² is −(x²)."""
        signs = []
        while self.token.kind in ("+", "-"):
            signs.append(self.take())
        node = self.power()
        for sign in reversed([sign for sign in signs if sign.kind == "-"]):
            node = made("-", (node,), sign.at)
        return node

    def power(self) -> Node:
        node = self.operand()
        while self.token.kind == "raised":
            token = self.take()
            node = made("^", (node, number(token.text.translate(RAISED), token.at)), token.at)
        if self.token.kind == "^":
            sign = self.take()
            self.deeper(sign.at)
            node = made("^", (node, self.signed()), sign.at)
            self.depth -= 1
        return node

    def operand(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return number(token.text, token.at)
        if token.kind == "(":
            return self.closed(token)
        if token.kind == "end":
            refuse(N_("formula, character {position}: something is missing here, at the end."), token.at)
        if token.kind != "name":
            unexpected(token.at, token.text)
        if token.text in FUNCTIONS:
            if self.token.kind != "(":
                refuse(N_("formula, character {position}: {name} needs parentheses, as in {name}(x)."), token.at, name=token.text)
            return made(token.text, (self.closed(self.take()),), token.at)
        return Node(token.text, (), token.text, CONSTANTS.get(token.text), (1, int(token.text not in CONSTANTS), 0), 1)

    def closed(self, opening: Token) -> Node:
        """What stands between an opening parenthesis, already taken, and its closing one."""
        self.deeper(opening.at)
        node = self.sum()
        if self.token.kind == "end":
            refuse(N_("formula, character {position}: the parenthesis that opens here is not closed."), opening.at)
        if self.token.kind != ")":
            unexpected(self.token.at, self.token.text)
        self.take()
        self.depth -= 1
        return node

    def deeper(self, at: int) -> None:
        self.depth += 1
        if self.depth > NESTING:
            refuse(N_("formula, character {position}: it is nested too deeply; at most {most} levels are allowed."), at, most=NESTING)


def number(text: str, at: int) -> Node:
    if not np.isfinite(float(text)):
        refuse(N_("formula, character {position}: this number is too large."), at)
    return Node("number", (), text, float(text), (1, 0, 0), 1)


def made(op: str, args: tuple[Node, ...], at: int) -> Node:
    """The operation on these nodes; refused where it has no finite value, or where it or its derivatives would become too large."""
    values = [node.value for node in args]
    degree = max(node.degree for node in args)
    if op == "^" and values[1] is not None:
        degree *= max(1, abs(values[1]))
    if degree > EXPONENT:
        refuse(
            N_("formula, character {position}: this exponent is too large; exponents, multiplied where they are nested, go up to {most}."),
            at,
            most=EXPONENT,
        )
    if op == "/" and values[1] == 0:
        refuse(N_("formula, character {position}: this divides by zero."), at)
    value = None
    if None not in values:
        with np.errstate(all="ignore"):
            value = float(NUMERICAL[op, len(args)](*map(np.float64, values)))
        if not np.isfinite(value):
            refuse(N_("formula, character {position}: this has no finite real value."), at)
    cost = spent(op, args) if value is None else (1 + sum(node.cost[0] for node in args), 0, 0)
    if max(cost) > OPERATIONS:
        refuse(N_("formula, character {position}: up to here its derivatives are already too long."), at)
    return Node(op, args, op, value, cost, degree)


def spent(op: str, args: tuple[Node, ...]) -> tuple[int, int, int]:
    """About how many operations a node, its first and its second derivative take, by the rules for sums, products and chains."""
    costs = [node.cost for node in args]
    if op in ("+", "-"):
        f, g, h = (sum(column) + 1 for column in zip(*costs, strict=True))
        return f, g, h
    if op in ("*", "/"):
        return product_cost(costs[0], costs[1] if op == "*" else chain_cost(costs[1]))
    if op == "^" and args[1].value is None:
        return chain_cost(product_cost(chain_cost(costs[0]), costs[1]))
    return chain_cost(costs[0])


def product_cost(u: tuple[int, int, int], v: tuple[int, int, int]) -> tuple[int, int, int]:
    first = (u[1] and u[1] + v[0]) + (v[1] and u[0] + v[1]) + 1
    second = (u[2] and u[2] + v[0]) + (v[2] and u[0] + v[2]) + (2 * (u[1] + v[1]) if u[1] and v[1] else 0) + 1
    return u[0] + v[0] + 1, first, second


def chain_cost(u: tuple[int, int, int]) -> tuple[int, int, int]:
    return u[0] + 1, u[1] and u[0] + u[1] + 2, u[1] and 2 * u[0] + 2 * u[1] + u[2] + 4


NUMERICAL = {
    ("+", 2): np.add, ("-", 2): np.subtract, ("*", 2): np.multiply, ("/", 2): np.divide, ("^", 2): np.power, ("-", 1): np.negative,
    **{(name, 1): function for name, function in FUNCTIONS.items()},
}  # fmt: skip
