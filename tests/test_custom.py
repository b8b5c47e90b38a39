"""A typed formula is the function it says, with its derivatives; whatever else is typed gets a sentence that points at a character."""

from __future__ import annotations

import ast
import pickle
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import InputError
from core.calculus import calculus
from core.formula import FormulaError
from core.jet import FUNCTIONS, SEVERAL
from core.tokens import CHOICE, KNOWN
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from runs import End, run, suggested_rate

Custom = LANDSCAPES["custom"]
ROOT = Path(__file__).parent.parent

MEANT = {
    "x^2 + 3y^2": lambda x, y: x**2 + 3 * y**2,
    "x**2 - 2(x+1)y": lambda x, y: x**2 - 2 * (x + 1) * y,
    "(x+1)(y-2)": lambda x, y: (x + 1) * (y - 2),
    "x y": lambda x, y: x * y,
    "xy": lambda x, y: x * y,
    "-x^2": lambda x, y: -(x**2),
    "2^-x": lambda x, y: 2**-x,
    "2^x^2": lambda x, y: 2 ** (x**2),
    "1/2x": lambda x, y: 0.5 * x,
    "x/y/2 − 3·x × y ÷ 4": lambda x, y: x / y / 2 - 3 * x * y / 4,
    "x² + y³ + (x+y)⁻¹": lambda x, y: x**2 + y**3 + 1 / (x + y),
    "π x + pi y + e": lambda x, y: np.pi * x + np.pi * y + np.e,
    "2e3x + 2e^x + .5y + 1.": lambda x, y: 2000 * x + 2 * np.exp(x) + 0.5 * y + 1,
    "3xsin(y)cos(x)": lambda x, y: 3 * x * np.sin(y) * np.cos(x),
    "ln(x) + LOG(Y)": lambda x, y: np.log(x) + np.log(y),
    "sqrt(x) y^0.5 + √(x)": lambda x, y: np.sqrt(x) * np.sqrt(y) + np.sqrt(x),
    "abs(x - 1.2) abs(y)": lambda x, y: np.abs(x - 1.2) * np.abs(y),
    "x^y + y^x": lambda x, y: x**y + y**x,
    "x^1.5 - y^(-1/3)": lambda x, y: x**1.5 - y ** (-1 / 3),
    "tan(x/3) + sinh(y) cosh(x) tanh(x y)": lambda x, y: np.tan(x / 3) + np.sinh(y) * np.cosh(x) * np.tanh(x * y),
    "asin(x/3) + arccos(y/3) + atan(x y)": lambda x, y: np.arcsin(x / 3) + np.arccos(y / 3) + np.arctan(x * y),
    "exp(-x^2 - y^2)": lambda x, y: np.exp(-(x**2) - y**2),
    "--x - -(+y)": lambda x, y: x + y,
    "(x - y)^7 / (1 + x^2)^2": lambda x, y: (x - y) ** 7 / (1 + x**2) ** 2,
    "log(x^2 + y^2)^2 / 3": lambda x, y: np.log(x**2 + y**2) ** 2 / 3,
    "sin(sin(sin(x y)))": lambda x, y: np.sin(np.sin(np.sin(x * y))),
    "0.1x + 1/3": lambda x, y: 0.1 * x + 1 / 3,
    "4": lambda x, y: 4 + 0 * x,
    "x - x": lambda x, y: 0 * x,
    "x^2/e + (e*x)^2 + sqrt(e)x + exp(x/e) + e^x/e": lambda x, y: (
        x**2 / np.e + (np.e * x) ** 2 + np.sqrt(np.e) * x + np.exp(x / np.e) + np.exp(x) / np.e
    ),
    "max(x, y/2, 0.5)^2 - min(x, 1 - y)": lambda x, y: np.maximum(np.maximum(x, y / 2), 0.5) ** 2 - np.minimum(x, 1 - y),
    "x^3 sign(y - 0.7)": lambda x, y: x**3 * np.sign(y - 0.7),
    "if(x < 0.6, x^2, if(y ≥ 0.8, y^2, x y))": lambda x, y: np.where(x < 0.6, x**2, np.where(y >= 0.8, y**2, x * y)),
    "x^101 + ((x^10)^2)^3 - y^-7": lambda x, y: x**101 + x**60 - y**-7.0,
    "x^sign(y - 2) + x^(y - y)": lambda x, y: 1 / x + 1,
}

over_formulas = pytest.mark.parametrize("text", MEANT)


def anywhere(*batch: int) -> np.ndarray:
    """Points at random where every formula above has a value."""
    return np.random.default_rng(7).uniform(0.3, 1.1, (2, *batch))


def slope(f, p: np.ndarray, h: float = 1e-5) -> np.ndarray:
    x, y = np.array([h, 0.0])[:, None], np.array([0.0, h])[:, None]
    return np.stack([f(p + x) - f(p - x), f(p + y) - f(p - y)]) / (2 * h)


@over_formulas
def test_a_formula_means_what_it_says(text: str):
    p = anywhere(50)
    np.testing.assert_allclose(Custom(text).value(p), MEANT[text](*p), rtol=1e-13, atol=1e-13)


@over_formulas
def test_its_derivatives_are_slopes(text: str):
    p, surface = anywhere(50), Custom(text)
    for derivative, f in [(surface.gradient(p), surface.value), (surface.hessian(p), surface.gradient)]:
        np.testing.assert_allclose(derivative, slope(f, p), rtol=1e-6, atol=1e-8 * (1 + np.abs(derivative).max()))


@over_formulas
@pytest.mark.parametrize("batch", [(), (3,), (2, 3), (0,)], ids=str)
def test_points_come_in_batches_of_any_shape(text: str, batch: tuple[int, ...]):
    p, surface = anywhere(*batch), Custom(text)
    value, gradient, hessian = surface.value(p), surface.gradient(p), surface.hessian(p)
    assert (np.shape(value), gradient.shape, hessian.shape) == (batch, (2, *batch), (2, 2, *batch))
    for index in np.ndindex(*batch):
        np.testing.assert_allclose(hessian[:, :, *index], surface.hessian(p[:, *index]), rtol=1e-12)


@over_formulas
def test_it_is_there_as_latex(text: str):
    assert Custom(text).formula


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3x⁻² y", r"3 x^{-2} y"),
        ("sqrt(x)/2 + log(y)^2 + abs(x-y)^3", r"\frac{\sqrt{x}}{2} + \log\left(y\right)^{2} + \left|x - y\right|^{3}"),
        ("(x+1)(y-2)/(x*y)^2", r"\frac{\left(x + 1\right) \left(y - 2\right)}{\left(x y\right)^{2}}"),
        ("-x^2 - -(y - x)", r"-x^{2} - \left(-\left(y - x\right)\right)"),
        ("-2x*3 + 2/3*.5", r"-2 x \cdot 3 + \frac{2}{3} \cdot 0.5"),
        ("x-(y-1)+(x+y)", r"x - \left(y - 1\right) + \left(x + y\right)"),
        ("(e^x)^2 exp(-y)*2e3", r"\left(e^{x}\right)^{2} e^{-y} \cdot 2 \cdot 10^{3}"),
        ("(-x)^2 + (x/y)^2", r"\left(-x\right)^{2} + \left(\frac{x}{y}\right)^{2}"),
        ("2^x^y", r"2^{x^{y}}"),
        ("(2^x)^y", r"\left(2^{x}\right)^{y}"),
        ("max(x, -y) sign(x) + arcsin(π x)", r"\max\left(x, -y\right) \operatorname{sgn}\left(x\right) + \arcsin\left(\pi x\right)"),
        (
            "2 + if(x<1, 2x, if(y>=0, 3, 4))",
            r"2 + \left(\begin{cases} 2 x & \text{if } x < 1 \\ 3 & \text{if } y \ge 0 \\ 4 & \text{otherwise} \end{cases}\right)",
        ),
    ],
)
def test_latex_is_that_of_the_textbooks(text: str, wanted: str):
    assert Custom(text).formula == wanted


def test_the_slope_of_an_absolute_value_is_its_sign():
    p = np.array([[-2.0, 0.0, 3.0], [1.0, 1.0, 1.0]])
    assert Custom("abs(x)").gradient(p).tolist() == [[-1, 0, 1], [0, 0, 0]]
    assert not Custom("abs(x)").hessian(p).any()


def test_where_two_are_equal_the_slope_of_the_larger_is_the_mean_of_both():
    p = np.array([[-2.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
    assert Custom("max(x, -x)").gradient(p).tolist() == Custom("abs(x)").gradient(p).tolist()
    assert Custom("max(0, 1-x)").gradient(np.array([1.0, 0.0])).tolist() == [-0.5, 0.0]


def test_rosenbrock_typed_is_rosenbrock():
    typed, surface = Custom("(1-x)^2+100(y-x^2)^2"), LANDSCAPES["rosenbrock"]()
    p = np.random.default_rng(3).uniform(-2, 2, (2, 1000))
    for name in ("value", "gradient", "hessian"):
        wanted = getattr(surface, name)(p)
        np.testing.assert_allclose(getattr(typed, name)(p), wanted, rtol=1e-12, atol=1e-12 * np.abs(wanted).max())


GAPS = [
    ("log(x)", (-1, 1)), ("sqrt(x)", (-1, 1)), ("x^0.5", (-1, 1)), ("(-2)^x", (0.5, 0)), ("asin(x)", (2, 0)), ("sqrt(x)^2 + y^2", (-1, 1)),
    ("sqrt(x)^0", (-1, 1)), ("1^sqrt(x)", (-1, 1)), ("0*log(x)", (-1, 1)), ("log(x) - log(x)", (-1, 1)), ("exp(log(x))", (-1, 1)), ("x/x", (0, 1)),
    ("1/(1/x)", (0, 1)), ("x^-1", (0, 1)), ("x^-0.5", (0, 1)), ("x^-70", (0, 1)), ("x^(-y)", (0, 1)), ("atan(log(x))", (0, 1)),
    ("max(1, sqrt(x))", (-1, 1)), ("sign(sqrt(x))", (-1, 1)), ("if(sqrt(x) < 1, 2, 3)", (-1, 1)), ("y + asin(x)^2 - asin(x)^2", (2, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at"), GAPS)
def test_where_there_is_no_real_value_there_is_none(text: str, at: tuple[float, float]):
    surface, p = Custom(text), np.array(at, dtype=float)
    for part in (surface.value, surface.gradient, surface.hessian):
        assert np.isnan(part(p)).all()
        assert np.isnan(part(np.stack([p, p], axis=1))).all()


def test_a_branch_that_is_not_taken_need_not_have_a_value():
    surface, p = Custom("if(x > 0, log(x), -x)"), np.array([[1.0, -1.0], [0.0, 0.0]])
    assert surface.value(p).tolist() == [0, 1]
    assert surface.gradient(p).tolist() == [[1, -1], [0, 0]]


def test_a_run_that_enters_a_gap_has_left_the_domain_of_the_formula():
    trajectory = run(OPTIMIZERS["gradient_descent"](lr=1.0), Custom("sqrt(x) + y^2"), (0.2, 0.0), 10)
    assert (trajectory.ended, trajectory.stopped_at, trajectory.diverged_at) == (End.OUTSIDE, 1, -1)
    assert np.isfinite(trajectory.loss).all()


# What is refused, and where.

REFUSED = {
    "": (1, "missing"),
    "   ": (4, "missing"),
    "x +": (4, "missing"),
    "x^2 + )": (7, "“)”"),
    "(x + y": (1, "not closed"),
    "2(x + (y)": (2, "not closed"),
    "x + y)": (6, "“)”"),
    "()": (2, "“)”"),
    "x * / y": (5, "“/”"),
    "x^": (3, "missing"),
    "x ^^ y": (4, "“^”"),
    "x*** y": (4, "“*”"),
    "x 2": (3, "“2”"),
    "1.2.3": (4, "“.3”"),
    "x2": (2, "“2”"),
    "z + x": (1, "“z”"),
    "x + foo(y)": (5, "“foo”"),
    "sin x": (1, "sin(x)"),
    "sin^2(x)": (1, "sin(x)"),
    "x + cos": (5, "cos(x)"),
    "f = x": (1, "“f”"),
    "x = y": (3, "“=”"),
    "x, y": (2, "“,”"),
    "|x|": (1, "“|”"),
    "x² + y¹²)": (9, "“)”"),
    "−x − −": (7, "missing"),
    "x ＋ y": (3, "“+”"),
    "ｘ + y": (1, "“x”"),
    "x + ㅛ": (5, "Korean"),
    "x + 와이": (5, "Korean"),
    "x\n+ y": (2, "U+000A"),
    "x\0": (2, "U+0000"),
    "x + ٣": (5, "“٣”"),
    "x + \ud800": (5, "U+D800"),
    "{x}": (1, "“{”"),
    "x[0]": (2, "“[”"),
    "x.real": (2, "“.”"),
    "__import__('os')": (1, "“_”"),
    "lambda: x": (1, "“lambda”"),
    "x if y else 1": (9, "“lse”"),
    "x if y": (3, "if(x < 0, -x, x)"),
    "if(x, 1, 2)": (5, "comparison"),
    "if(x < 1, 2)": (12, "if(x < 0, -x, x)"),
    "if(x < 1, 2, 3, 4)": (15, "“,”"),
    "if(x < 1 < 2, 2, 3)": (10, "“<”"),
    "x < y": (3, "“<”"),
    "max(x < 1, y)": (7, "“<”"),
    "max(x)": (6, "max(x, y)"),
    "min()": (5, "“)”"),
    "min x": (1, "min(x, y)"),
    "sin(x, y)": (6, "“,”"),
    "max(x, y": (4, "not closed"),
    "1e999": (1, "too large"),
    "x + 10^400": (7, "value"),
    "9^9^9": (2, "value"),
    "2^(10^10)": (2, "value"),
    "x/0": (2, "zero"),
    "0/0": (2, "zero"),
    "1/(2 - 2)": (2, "zero"),
    "y + log(0)": (5, "value"),
    "sqrt(-1) x": (1, "value"),
    "(-8)^(1/3)": (5, "value"),
    "99^99 * 99^99 x": (7, "value"),
    "x" * 201: (201, "too long"),
    "x" * 10_000: (201, "too long"),
    "(" * 30 + "x" + ")" * 30: (21, "nested"),
    "x^" * 60 + "x": (42, "nested"),
    "sin(" * 25 + "x" + ")" * 25: (84, "nested"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text)[:30])
def test_a_wrong_formula_gets_a_sentence_that_points_at_the_character(text: str):
    position, word = REFUSED[text]
    with pytest.raises(FormulaError) as caught:
        Custom(text)
    assert caught.value.position == position
    assert f"character {position}: " in str(caught.value)
    assert word in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("text", [3, None, 2.5])
def test_what_is_no_text_is_refused(text: object):
    with pytest.raises(InputError, match="not a text"):
        Custom(text)


HARD = [
    "x+9^(9^(9x/x))", "x+exp(exp(exp(exp(3y/y))))", "x+(1/7)^(10^(7x/x))", "sqrt(2^(10^(6x/x))+1)x", "x^x^x^x^x^x^x", "x^" * 19 + "y",
    "(x^x)^(y^y)^(x^y)", "^".join(["(x+y)"] * 12), "cosh(x)^sinh(y)^tanh(x)^cos(y)", *(f"{name}(" * 16 + "x*y" + ")" * 16 for name in FUNCTIONS),
    "tan(x*tan(y*" * 6 + "x" + "))" * 6, "x" * 200, "-" * 199 + "x", "+".join("x" * 100), "*".join(["(x+y)"] * 33), "/".join(["(x+y)"] * 33),
    "1/(1+" * 12 + "x*y" + ")" * 12, "(x+" * 19 + "y" + ")^y" * 19, "((1000001/1000000)^10)^10 x", "(123456789x/987654321)^(12345/54321)",
    "((((2x)^99)^99)^99)^99", "sqrt(" * 15 + "2/3" + ")" * 15 + "x", "x*10^99*10^99*10^99*10^99", "99999999999999999999^4 x", "+1/7" * 45 + "+x",
    "if(x<1," * 19 + "x" + ",y)" * 19, "max(x," * 19 + "y" + ")" * 19, "0*x^0/(y-y)",
]  # fmt: skip


def worked_out(text: str) -> float:
    """Seconds of the processor for all that a page asks of a text at one point; checked, refused or worked out."""
    begun = time.process_time()
    with suppress(FormulaError):
        surface = Custom(text)
        p = np.array([0.7, 0.4])
        assert (np.shape(surface.value(p)), np.shape(surface.gradient(p)), np.shape(surface.hessian(p))) == ((), (2,), (2, 2))
        assert surface.formula
    return time.process_time() - begun


def soon(text: str) -> bool:
    """Whether that takes less than 50 ms; once more where a collection of garbage may have fallen into it."""
    return any(worked_out(text) < 0.05 for _ in range(3))


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:30])
def test_every_answer_comes_soon(text: str):
    assert soon(text)


OPENED = [f"{name}(" for name in (*FUNCTIONS, *SEVERAL, CHOICE)]
PIECES = [*KNOWN, *OPENED, *"+-*/^(),<> .0123456789ㅛ²", *["<=", "^(", "9^9", "1e308", "x/x", "x^0"]]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=80).map("".join) | st.text(max_size=220)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_whatever_is_typed_is_answered_soon(text: str):
    assert soon(text)


def test_a_text_makes_no_more_operations_than_it_has_characters():
    for text in HARD:
        with suppress(FormulaError):
            assert len(calculus(text).steps) <= len(text)


def test_nothing_typed_is_run_as_python():
    forbidden = {"eval", "exec", "compile", "__import__"}
    for path in (ROOT / "core").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in forbidden


# The surface.


def test_it_is_its_text_and_its_half_width():
    surface = Custom("x^2 + y^2", 7.0)
    assert surface == Custom("x^2 + y^2", 7.0) != Custom("x^2 + y^2", 8.0)
    assert hash(surface) == hash(Custom("x^2 + y^2", 7.0))
    assert pickle.loads(pickle.dumps(surface)) == surface
    assert surface.domain == ((-7.0, 7.0), (-7.0, 7.0))


def test_an_error_of_a_formula_survives_the_way_from_another_process():
    with pytest.raises(FormulaError) as caught:
        Custom("x +* y")
    arrived = pickle.loads(pickle.dumps(caught.value))
    assert (type(arrived), str(arrived), arrived.position) == (FormulaError, str(caught.value), 4)


@pytest.mark.parametrize("half", [0, -1, np.inf, 1e6])
def test_a_half_width_without_meaning_is_refused(half: float):
    with pytest.raises(ValueError, match="reach = "):
        Custom(reach=half)


@pytest.mark.parametrize("text", ["x^2+y^2", "log(x)", "log(-x)", "sqrt(-x-y)", "(x-2)^2", "1/(x-2)", "3", "sqrt(-1-x^2)"])
def test_the_start_lies_on_the_map_and_where_the_surface_is_if_it_is_anywhere(text: str):
    surface = Custom(text)
    assert np.abs(surface.start).max() < 3
    if text != "sqrt(-1-x^2)":
        assert np.isfinite(surface.value(np.array(surface.start)))


# The search.


def kinds(surface) -> dict[str, int]:
    found = [kind for _, kind in surface.stationary()]
    return {kind: found.count(kind) for kind in ("minimum", "saddle", "maximum")}


def test_the_search_finds_all_of_himmelblaus():
    surface = Custom("(x^2+y-11)^2+(x+y^2-7)^2", 5.0)
    assert kinds(surface) == {"minimum": 4, "saddle": 4, "maximum": 1}
    known = np.array([(3, 2), (-2.80511808695, 3.13131251825), (-3.77931025338, -3.28318599129), (3.58442834033, -1.84812652696)]).T
    away = np.hypot(*(surface.minima()[:, :, None] - known[:, None])).min(axis=0)
    assert away.max() < 1e-10
    assert surface.lowest == pytest.approx(0, abs=1e-20)


@pytest.mark.parametrize(
    ("text", "half", "wanted"),
    [
        ("x^2/2 + y^2 + sin(3x) cos(2y)", 3, (3, 4, 2)),
        ("x^4 + y^4", 3, (1, 0, 0)),
        ("x^6 + y^6", 3, (1, 0, 0)),
        ("x^2", 3, (1, 0, 0)),
        ("(x-2)^2", 3, (1, 0, 0)),
        ("(x^2+y^2-1)^2", 3, (1, 0, 1)),
        ("x^3 + y^2", 3, (0, 1, 0)),
        ("x^3 - 3x y^2", 3, (0, 1, 0)),
        ("x y", 3, (0, 1, 0)),
        ("-x^2 - y^4", 3, (0, 0, 1)),
        ("abs(x) + abs(y)", 3, (1, 0, 0)),
        ("sqrt(x^2 + y^2)", 3, (1, 0, 0)),
        ("exp(-x^2 - y^2)", 50, (0, 0, 1)),
        ("-exp(-x^2 - y^2)", 50, (1, 0, 0)),
        ("1/(x^2 + y^2)", 3, (0, 0, 0)),
        ("3", 3, (0, 0, 0)),
        ("x + y", 3, (0, 0, 0)),
        ("sqrt(-1 - x^2)", 3, (0, 0, 0)),
        ("sin(x) cos(y)", 50, (25, 0, 0)),
    ],
)
def test_the_search_finds_what_is_there(text: str, half: float, wanted: tuple[int, int, int]):
    assert tuple(kinds(Custom(text, half)).values()) == wanted


def test_what_is_found_is_stationary_to_the_last_digits():
    surface = Custom()
    for point, _ in surface.stationary():
        p = np.array(point)
        assert np.hypot(*np.linalg.solve(surface.hessian(p), surface.gradient(p))) < 1e-12


@pytest.mark.parametrize("name", ["gradient_descent", "adam"])
@pytest.mark.parametrize("text", ["x^2 + 3y^2", "(x^2+y^2-1)^2", "x^4+y^4", "log(1+x^2+y^2)", "sqrt(x^2+y^2)", "3", "x+y"])
def test_a_rate_is_suggested(name: str, text: str):
    surface = Custom(text)
    rule = OPTIMIZERS[name](lr=suggested_rate(OPTIMIZERS[name](), surface))
    trajectory = run(rule, surface, surface.start, 200)
    if surface.lowest is not None:
        assert trajectory.loss[-1] - surface.lowest < 0.5 * (trajectory.loss[0] - surface.lowest)
