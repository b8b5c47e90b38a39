"""A formula's tree in LaTeX, as it was typed: fractions, roots and exponents in their textbook form, parentheses where they are needed."""

from __future__ import annotations

from core.formula import COMPARISONS, Node
from core.message import N_

CASES, SUM, PRODUCT, POWER, ATOM = range(5)  # how strongly an expression binds: what binds less than its place asks for needs parentheses
SIGNS = {"<=": r"\le", ">=": r"\ge"}
IF, OTHERWISE = N_("if"), N_("otherwise")
NAMES = {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sign": r"\operatorname{sgn}",
    **{name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "max", "min")},
}  # fmt: skip


def latex(node: Node) -> str:
    """The formula as LaTeX for mathematics mode."""
    return written(node)[0]


def written(node: Node) -> tuple[str, int]:
    """The LaTeX of a node, and how strongly it binds."""
    op, args = node.op, node.args
    if not args:
        return typed(node.text) if op == "number" else (r"\pi" if op == "pi" else op, ATOM)
    if op in ("+", "-") and len(args) == 2:
        return f"{within(args[0], SUM)} {op} {within(args[1], PRODUCT)}", SUM
    if op == "-":
        return f"-{within(args[0], PRODUCT)}", SUM
    if op == "*":
        text = product(node)
        return text, SUM if text.startswith("-") else PRODUCT
    if op == "/":
        return rf"\frac{{{latex(args[0])}}}{{{latex(args[1])}}}", PRODUCT
    if op == "^":
        return f"{within(args[0], ATOM)}^{{{latex(args[1])}}}", POWER
    if op in COMPARISONS:
        return f"{latex(args[0])} {SIGNS.get(op, op)} {latex(args[1])}", SUM
    if op == "if":
        return cases(node), CASES
    return function(op, [latex(arg) for arg in args])


def within(node: Node, least: int) -> str:
    """The LaTeX of a node, in parentheses where it binds less strongly than `least`."""
    text, level = written(node)
    return text if level >= least else rf"\left({text}\right)"


def product(node: Node) -> str:
    """Factors side by side, with a dot before a number; a loop, because a product can have a hundred factors."""
    factors: list[Node] = []
    while node.op == "*":
        factors.append(node.args[1])
        node = node.args[0]
    text = latex(node) if node.op == "-" and len(node.args) == 1 else within(node, PRODUCT)
    for factor in reversed(factors):
        right = within(factor, PRODUCT if factor.op in ("/", "number") else POWER)
        text += (r" \cdot " if right[0].isdigit() or (right.startswith(r"\frac") and text[-1].isdigit()) else " ") + right
    return text


def function(op: str, args: list[str]) -> tuple[str, int]:
    match op, args:
        case "sqrt", [u]:
            return rf"\sqrt{{{u}}}", ATOM
        case "abs", [u]:
            return rf"\left|{u}\right|", ATOM
        case "exp", [u]:
            return f"e^{{{u}}}", POWER
        case _:
            return rf"{NAMES[op]}\left({', '.join(args)}\right)", ATOM


def cases(node: Node) -> str:
    """One row for each of the conditions that follow each other, and a last one for otherwise."""
    rows = []
    while node.op == "if":
        condition, chosen, node = node.args
        rows.append(rf"{latex(chosen)} & \text{{{IF} }} {latex(condition)}")
    rows.append(rf"{latex(node)} & \text{{{OTHERWISE}}}")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def typed(text: str) -> tuple[str, int]:
    """A number as it was typed; 1e-3 becomes 1 · 10⁻³."""
    digits, _, exponent = text.partition("e")
    digits = digits.removesuffix(".")
    digits = f"0{digits}" if digits.startswith(".") else digits
    return (rf"{digits} \cdot 10^{{{int(exponent)}}}", PRODUCT) if exponent else (digits, ATOM)
