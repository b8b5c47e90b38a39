"""Reads a typed formula into a tree of operations, or refuses it with a sentence that points at a character.

Nothing is run as Python: the parser knows the names and signs of core/tokens.py and no others. Every node of the tree stands for at least one
character of the text, whose length is limited, so that no formula takes long to check or to work out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from core.jet import FUNCTIONS, Jet, SEVERAL, operation
from core.message import N_
from core.tokens import CHOICE, CONSTANTS, FormulaError, RAISED, Token, refuse, tokens, unexpected

__all__ = ["FormulaError", "Node", "parse"]

NESTING = 20  # levels of parentheses and exponents
NUMBERS: dict[str, float] = dict(zip(CONSTANTS, (np.pi, np.e), strict=True))
COMPARISONS = ("<", "<=", ">", ">=")


class Node(NamedTuple):
    """An operation `op` on other nodes, or a leaf: "number", "pi", "e", "x" or "y".

    `text` is a number as it was typed; `value` is what the node is worth where that does not depend on x and y, else None.
    """

    op: str
    args: tuple[Node, ...] = ()
    text: str = ""
    value: float | None = None


def parse(text: str) -> Node:
    """The tree of a formula in x and y; raises FormulaError."""
    return Parser(text).whole()


class Parser:
    """Recursive descent: a sum of products of powers. Two factors without a sign between them are multiplied."""

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
        """A power with any number of signs before it; −x² is −(x²)."""
        minus = []
        while self.token.kind in ("+", "-"):
            sign = self.take()
            minus += [sign] if sign.kind == "-" else []
        node = self.power()
        return made("-", (node,), minus[0].at) if len(minus) % 2 else node

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
            node = self.opened(token)
            self.close(token)
            return node
        if token.kind == "end":
            refuse(N_("formula, character {position}: something is missing here, at the end."), token.at)
        if token.kind != "name":
            unexpected(token.at, token.text)
        if token.text in FUNCTIONS or token.text in SEVERAL or token.text == CHOICE:
            return self.function(token)
        return Node(token.text, value=NUMBERS.get(token.text))

    def function(self, name: Token) -> Node:
        """The function whose name has just been taken, with its arguments in parentheses."""
        example = {CHOICE: "(x < 0, -x, x)"}.get(name.text, "(x, y)" if name.text in SEVERAL else "(x)")
        if self.token.kind != "(":
            template = N_("formula, character {position}: {name} needs parentheses, as in {example}.")
            refuse(template, name.at, name=name.text, example=name.text + example)
        opening = self.take()
        args = [self.opened(opening, self.comparison if name.text == CHOICE else None)]
        while self.token.kind == "," and name.text not in FUNCTIONS and not (name.text == CHOICE and len(args) == 3):
            self.take()
            args.append(self.sum())
        if self.token.kind == ")" and len(args) < {CHOICE: 3}.get(name.text, 2 if name.text in SEVERAL else 1):
            template = N_("formula, character {position}: {name} needs more between its parentheses, with commas, as in {example}.")
            refuse(template, self.token.at, name=name.text, example=name.text + example)
        self.close(opening)
        return made(name.text, tuple(args), name.at)

    def comparison(self) -> Node:
        """The condition of an `if`: two sums with <, <=, > or >= between them."""
        left, sign = self.sum(), self.token
        if sign.kind not in COMPARISONS:
            refuse(N_("formula, character {position}: here if needs a comparison with <, <=, > or >=, as in if(x < 0, -x, x)."), sign.at)
        self.take()
        return made(sign.kind, (left, self.sum()), sign.at)

    def opened(self, opening: Token, read: Callable[[], Node] | None = None) -> Node:
        """What follows the opening parenthesis that has just been taken: a sum, or what `read` reads."""
        self.deeper(opening.at)
        return (read or self.sum)()

    def close(self, opening: Token) -> None:
        """Take the closing parenthesis."""
        if self.token.kind == "end":
            refuse(N_("formula, character {position}: the parenthesis that opens here is not closed."), opening.at)
        if self.token.kind != ")":
            unexpected(self.token.at, self.token.text)
        self.take()
        self.depth -= 1

    def deeper(self, at: int) -> None:
        self.depth += 1
        if self.depth > NESTING:
            refuse(N_("formula, character {position}: it is nested too deeply; at most {most} levels are allowed."), at, most=NESTING)


def number(text: str, at: int) -> Node:
    if not np.isfinite(float(text)):
        refuse(N_("formula, character {position}: this number is too large."), at)
    return Node("number", text=text, value=float(text))


def made(op: str, args: tuple[Node, ...], at: int) -> Node:
    """The operation on these nodes, as a constant where all of them are; refused where that constant is not a finite real number."""
    values = [node.value for node in args]
    if op == "/" and values[1] == 0:
        refuse(N_("formula, character {position}: this divides by zero."), at)
    if None in values:
        return Node(op, args)
    with np.errstate(all="ignore"):
        value = float(operation(op, len(args))(0, *(Jet(np.float64(value)) for value in values)).f)
    if not np.isfinite(value):
        refuse(N_("formula, character {position}: this has no finite real value."), at)
    return Node(op, args, value=value)
