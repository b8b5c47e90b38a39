"""A typed formula as an expression in Python, and its slopes as expressions, by the rules of differentiation."""

from __future__ import annotations

from core.formula import Node, parse
from export.code.dialect import Dialect

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)  # how strongly an expression binds
NAMES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "max": "maximum", "min": "minimum"}
ZERO, ONE, TWO = (Node("number", text=text, value=float(text)) for text in "012")


def typed(text: str, dialect: Dialect, curved: int = 0) -> list[str]:
    """The functions of a typed formula: its value, and in NumPy its gradient and, if it is `curved`, its Hessian too."""
    tree = parse(text)
    height = expression(tree, dialect) if moves(tree) else f"{expression(tree, dialect)} + 0 * x"
    functions = [f"def value(p):\n    x, y = p\n    return {height}"]
    if dialect.module == "np":
        first = {f"d{a}": slope(tree, a) for a in "xy"}
        functions.append(function_of("gradient", first, "[dx, dy]", dialect))
        if curved:
            second = {f"d{a}{b}": slope(first[f"d{a}"], b) for a, b in ("xx", "xy", "yy")}
            functions.append(function_of("hessian", second, "[[dxx, dxy], [dxy, dyy]]", dialect))
    return functions


def function_of(name: str, values: dict[str, Node], result: str, dialect: Dialect) -> str:
    """A function of a point that works out these values and returns an array of them."""
    lines = [f"    {value} = {expression(node, dialect)}\n" for value, node in values.items()]
    return f"def {name}(p):\n    x, y = p\n{''.join(lines)}    return np.array({result}, dtype=float)"


def expression(node: Node, dialect: Dialect) -> str:
    return written(node, dialect)[0]


def written(node: Node, d: Dialect) -> tuple[str, int]:
    """The text of a node, and how strongly it binds."""
    op, args = node.op, node.args
    if op == "number":
        return node.text.lower() if not node.text.startswith(".") else f"0{node.text.lower()}", ATOM
    if op in ("pi", "e"):
        return f"np.{op}", ATOM
    if not args:
        return op, ATOM
    if op == "-" and len(args) == 1:
        return f"-{within(args[0], POWER, d)}", SIGN
    if op in ("+", "-"):
        return f"{within(args[0], SUM, d)} {op} {within(args[1], PRODUCT, d)}", SUM
    if op in ("*", "/"):
        return f"{within(args[0], PRODUCT, d)} {op} {within(args[1], SIGN, d)}", PRODUCT
    if op == "^" and args[0].op == "e":
        return function("exp", [args[1]], d), ATOM
    if op == "^":
        return f"{within(args[0], ATOM, d)} ** {within(args[1], SIGN, d)}", POWER
    if op in ("<", "<=", ">", ">="):
        return f"{expression(args[0], d)} {op} {expression(args[1], d)}", SUM
    if op == "if" and not moves(args[0]):
        return within(args[1] if args[0].value else args[2], ATOM, d), ATOM
    if op == "if":
        return f"{d.module}.where({', '.join(expression(arg, d) for arg in args)})", ATOM
    if op in ("max", "min") and len(args) > 2:
        return written(Node(op, (Node(op, args[:-1]), args[-1])), d)
    return function(op, list(args), d), ATOM


def within(node: Node, least: int, d: Dialect) -> str:
    text, level = written(node, d)
    return text if level >= least else f"({text})"


def function(name: str, args: list[Node], d: Dialect) -> str:
    """A call, of NumPy's function where it is one of numbers alone."""
    still = [i for i, arg in enumerate(args) if not moves(arg)]
    if len(still) == len(args):
        return f"np.{NAMES.get(name, name)}({', '.join(expression(arg, d) for arg in args)})"
    if still and d.module == "torch":
        return f"torch.clamp({expression(args[1 - still[0]], d)}, {'min' if name == 'max' else 'max'}={expression(args[still[0]], d)})"
    return f"{d.module}.{NAMES.get(name, name)}({', '.join(expression(arg, d) for arg in args)})"


def moves(node: Node) -> bool:
    """Whether a node hangs on x or y."""
    return node.op in ("x", "y") or any(map(moves, node.args))


def slope(node: Node, axis: str) -> Node:
    """The derivative of a node by x or y."""
    op, args = node.op, node.args
    if op == axis:
        return ONE
    if not has(node, axis):
        return ZERO
    match op, args:
        case (("+" | "-"), (u, v)):
            return add(op, slope(u, axis), slope(v, axis))
        case "-", (u,):
            return negated(slope(u, axis))
        case "*", (u, v):
            return add("+", times(slope(u, axis), v), times(u, slope(v, axis)))
        case "/", (u, v):
            if not has(v, axis):
                return over(slope(u, axis), v)
            return over(add("-", times(slope(u, axis), v), times(u, slope(v, axis))), Node("^", (v, TWO)))
        case "^", (u, v) if not has(v, axis):
            return times(times(v, power(u, v)), slope(u, axis))
        case "^", (u, v):
            grown = times(slope(v, axis), ONE if u.op == "e" else Node("log", (u,)))
            return times(node, add("+", grown, over(times(v, slope(u, axis)), u)))
        case "if", (c, u, v):
            return Node("if", (c, slope(u, axis), slope(v, axis)))
        case (("max" | "min"), (*rest, v)):
            u = Node(op, tuple(rest)) if len(rest) > 1 else rest[0]
            return Node("if", (Node(">" if op == "max" else "<", (u, v)), slope(u, axis), slope(v, axis)))
        case "sign", _:
            return ZERO
        case _:
            return times(OUTER[op](args[0], node), slope(args[0], axis))


def f(op: str, *args: Node) -> Node:
    return Node(op, args)


def root(u: Node) -> Node:
    return f("sqrt", f("-", ONE, f("^", u, TWO)))


OUTER = {  # the derivative of each function of u, whose value is v
    "sin": lambda u, v: f("cos", u),
    "cos": lambda u, v: negated(f("sin", u)),
    "tan": lambda u, v: f("+", ONE, f("^", v, TWO)),
    "asin": lambda u, v: f("/", ONE, root(u)),
    "acos": lambda u, v: negated(f("/", ONE, root(u))),
    "atan": lambda u, v: f("/", ONE, f("+", ONE, f("^", u, TWO))),
    "sinh": lambda u, v: f("cosh", u),
    "cosh": lambda u, v: f("sinh", u),
    "tanh": lambda u, v: f("/", ONE, f("^", f("cosh", u), TWO)),
    "exp": lambda u, v: v,
    "log": lambda u, v: f("/", ONE, u),
    "sqrt": lambda u, v: f("/", ONE, times(TWO, v)),
    "abs": lambda u, v: f("sign", u),
}


def has(node: Node, axis: str) -> bool:
    return node.op == axis or any(has(arg, axis) for arg in node.args)


def add(op: str, u: Node, v: Node) -> Node:
    if v is ZERO:
        return u
    if u is ZERO:
        return v if op == "+" else negated(v)
    return Node("-" if op == "+" else "+", (u, v.args[0])) if v.op == "-" and len(v.args) == 1 else Node(op, (u, v))


def negated(u: Node) -> Node:
    if u is ZERO:
        return u
    return u.args[0] if u.op == "-" and len(u.args) == 1 else Node("-", (u,))


def times(u: Node, v: Node) -> Node:
    if ZERO in (u, v):
        return ZERO
    if u is ONE or v is ONE:
        return v if u is ONE else u
    for first, other in ((u, v), (v, u)):
        if first.op == "-" and len(first.args) == 1:
            return negated(times(first.args[0], other) if first is u else times(other, first.args[0]))
    return Node("*", (u, v))


def over(u: Node, v: Node) -> Node:
    return u if u is ZERO else Node("/", (u, v))


def power(u: Node, v: Node) -> Node:
    """u to the power of v − 1."""
    if v.value is None:
        return Node("^", (u, Node("-", (v, ONE))))
    less = v.value - 1
    if less in (0.0, 1.0):
        return u if less else ONE
    text = f"{less:.17g}" if less >= 0 else f"{-less:.17g}"
    number = Node("number", text=text, value=abs(less))
    return Node("^", (u, number if less >= 0 else Node("-", (number,), value=less)))
