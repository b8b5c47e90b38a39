"""A formula's value, gradient, Hessian and LaTeX: SymPy differentiates, and lists of NumPy calls are what runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, reduce
from types import SimpleNamespace
from typing import Any

import numpy as np

from core.formula import FUNCTIONS, Node, parse
from core.parameter import Array

ROOT = 12  # the highest root that stays exact


@cache
def kit() -> Any:
    """SymPy, loaded on first use, with elementary functions that know their slope and nothing else.

    SymPy's own also look for simpler forms: that takes exponential time for nested ones, raises numbers to any power (exp of a logarithm), and
    brings in the complex plane (the slope of an absolute value).
    """
    import sympy

    f = SimpleNamespace()
    slopes: dict[str, Callable[[Any], Any]] = {
        "sin": lambda u: f.cos(u),
        "cos": lambda u: -f.sin(u),
        "tan": lambda u: 1 + f.tan(u) ** 2,
        "asin": lambda u: 1 / sympy.sqrt(1 - u**2),
        "acos": lambda u: -1 / sympy.sqrt(1 - u**2),
        "atan": lambda u: 1 / (1 + u**2),
        "sinh": lambda u: f.cosh(u),
        "cosh": lambda u: f.sinh(u),
        "tanh": lambda u: 1 - f.tanh(u) ** 2,
        "exp": lambda u: f.exp(u),
        "log": lambda u: 1 / u,
        "abs": lambda u: f.sign(u),
        "sign": lambda u: sympy.S.Zero,
    }
    printed = {"abs": sympy.Abs, **{name: getattr(sympy, name) for name in slopes if name != "abs"}}

    def made(name: str) -> Any:
        return type(
            name,
            (sympy.Function,),
            {
                "fdiff": lambda self, argindex=1: slopes[name](self.args[0]),
                "_latex": lambda self, printer, exp=None: printer._print(printed[name](*self.args, evaluate=False), exp=exp),
            },
        )

    for name in slopes:
        setattr(f, name, made(name))
    numerical = {getattr(f, name): {**FUNCTIONS, "sign": np.sign}[name] for name in slopes} | {sympy.log: np.log}
    return SimpleNamespace(sympy=sympy, x=sympy.Symbol("x"), y=sympy.Symbol("y"), functions=f, numerical=numerical)


def symbolic(node: Node) -> Any:
    """The SymPy expression of a tree."""
    k = kit()
    match node.op, [symbolic(arg) for arg in node.args]:
        case ("x" | "y") as name, _:
            return getattr(k, name)
        case "pi", _:
            return k.sympy.pi
        case "e", _:
            return k.sympy.E
        case "number", _:
            return k.sympy.Integer(node.text) if node.text.lstrip("-").isdigit() and len(node.text) <= 15 else k.sympy.Float(node.text, 15)
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "-", [a]:
            return -a
        case "*", [a, b]:
            return a * b
        case "/", [a, b]:
            return a / b
        case "^", [a, b]:
            return power(a, b)
        case "sqrt", [a]:
            return k.sympy.sqrt(a)
        case name, [a]:
            return getattr(k.functions, name)(a)
    raise TypeError(node.op)


def power(a: Any, b: Any) -> Any:
    """aᵇ; SymPy would take roots of high order exactly, for hours."""
    if a is kit().sympy.E:
        return kit().functions.exp(b)
    return a ** (kit().sympy.Float(b) if b.is_Rational and b.q > ROOT else b)


@dataclass(frozen=True)
class Program:
    """Calls of NumPy functions on numbered values, each distinct subexpression once; 0 is x and 1 is y."""

    values: tuple[float, ...]
    calls: tuple[tuple[int, Callable[..., Any], tuple[int, ...]], ...]
    results: tuple[int, ...]

    def __call__(self, p: Array) -> Array:
        """The results at the points p, stacked first; NaN where there is no real one."""
        values: list[Any] = list(self.values)
        values[0], values[1] = np.asarray(p, dtype=float)
        with np.errstate(all="ignore"):  # the edge of where a formula has a meaning is no error: the map has a gap there
            for target, function, operands in self.calls:
                values[target] = function(*[values[i] for i in operands])
        return np.array([np.broadcast_to(values[i], np.shape(p)[1:]) for i in self.results], dtype=float)


class Compiler:
    """Turns expressions into a Program; constants are worked out on the way."""

    def __init__(self) -> None:
        self.values: list[float] = [np.nan, np.nan]
        self.calls: list[tuple[int, Callable[..., Any], tuple[int, ...]]] = []
        self.known: dict[Any, int] = {kit().x: 0, kit().y: 1}
        self.varying = {0, 1}

    def program(self, expressions: Iterable[Any]) -> Program:
        results = tuple(self.place(e) for e in expressions)
        return Program(tuple(self.values), tuple(self.calls), results)

    def place(self, e: Any) -> int:
        """The number of the value that this expression has."""
        if e not in self.known:
            self.known[e] = self.compiled(e)
        return self.known[e]

    def compiled(self, e: Any) -> int:
        if e.is_Number or e.is_NumberSymbol:
            try:
                return self.constant(float(e) if e.is_finite else np.nan)
            except OverflowError:  # a product of many large numbers
                return self.constant(np.nan)
        if e is kit().sympy.I or not e.args:  # beyond the real numbers
            return self.constant(np.nan)
        if e.is_Add:
            return self.sum(e)
        if e.is_Mul:
            return self.product(e)
        if e.is_Pow:
            return self.power(*e.args)
        return self.call(kit().numerical[e.func], self.place(e.args[0]))

    def constant(self, value: float) -> int:
        self.values.append(float(value))
        return len(self.values) - 1

    def call(self, function: Callable[..., Any], *operands: int) -> int:
        if self.varying.isdisjoint(operands):
            with np.errstate(all="ignore"):
                return self.constant(function(*[np.float64(self.values[i]) for i in operands]))
        target = self.constant(np.nan)
        self.calls.append((target, function, operands))
        self.varying.add(target)
        return target

    def sum(self, e: Any) -> int:
        """Terms with a minus are subtracted."""
        minus = [term for term in e.args if term.as_coeff_Mul()[0].is_negative]
        plus = [term for term in e.args if term not in minus]
        left = self.all_of(np.add, plus) if plus else self.constant(0.0)
        return reduce(lambda a, b: self.call(np.subtract, a, b), [self.place(-term) for term in minus], left)

    def product(self, e: Any) -> int:
        """Factors with a negative exponent divide."""
        number, rest = e.as_coeff_Mul()
        if number.is_negative:
            return self.call(np.negative, self.place(-e))
        over, under = ([n] if n != 1 else [] for n in number.as_numer_denom())
        for factor in rest.args if rest.is_Mul else [rest]:
            divides = factor.is_Pow and factor.exp.is_Number and factor.exp.is_negative
            (under if divides else over).append(1 / factor if divides else factor)
        above = self.all_of(np.multiply, over) if over else self.constant(1.0)
        return self.call(np.divide, above, self.all_of(np.multiply, under)) if under else above

    def all_of(self, function: Callable[..., Any], expressions: list[Any]) -> int:
        """One after the other."""
        return reduce(lambda a, b: self.call(function, a, b), [self.place(e) for e in expressions])

    def power(self, base: Any, exponent: Any) -> int:
        """Products for a whole exponent, a square root for a half."""
        if not exponent.is_Number:
            return self.call(np.power, self.place(base), self.place(exponent))
        if exponent.is_negative:
            return self.call(np.divide, self.constant(1.0), self.power(base, -exponent))
        if exponent == 0.5:
            return self.call(np.sqrt, self.place(base))
        if float(exponent).is_integer():
            return self.whole_power(self.place(base), int(exponent))
        return self.call(np.power, self.place(base), self.constant(float(exponent)))

    def whole_power(self, base: int, n: int) -> int:
        """By squaring: x⁵ = (x²)²·x."""
        if n == 1:
            return base
        half = self.whole_power(base, n // 2)
        square = self.call(np.multiply, half, half)
        return self.call(np.multiply, square, base) if n % 2 else square


class Calculus:
    """What a formula's expression is good for; each part is worked out when it is first asked for."""

    def __init__(self, expression: Any) -> None:
        self.expression = expression

    @property
    def latex(self) -> str:
        return kit().sympy.latex(self.expression)

    @cached_property
    def slopes(self) -> tuple[Any, Any]:
        return self.expression.diff(kit().x), self.expression.diff(kit().y)

    @cached_property
    def value(self) -> Program:
        return Compiler().program([self.expression])

    @cached_property
    def gradient(self) -> Program:
        return Compiler().program(self.slopes)

    @cached_property
    def hessian(self) -> Program:
        """∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²."""
        along_x, along_y = self.slopes
        return Compiler().program([along_x.diff(kit().x), along_x.diff(kit().y), along_y.diff(kit().y)])


@lru_cache(maxsize=128)
def calculus(text: str) -> Calculus:
    """The calculus of a typed formula; raises FormulaError."""
    return Calculus(symbolic(parse(text)))
