"""A loss over data in the lines of a program: its examples, and which of them each step sees."""

from __future__ import annotations

from export.code.dialect import Dialect, NUMPY
from export.code.source import Section, literal
from problems import Problem
from problems.losses.base import DIGITS, FEW
from problems.points import points
from runs.race import Lane, Race

ROUNDED = f'''def rounded(row):
    """The row to {DIGITS} digits after the first one of its largest number."""
    return np.round(row, {DIGITS} - int(np.floor(np.log10(np.abs(row).max() or 1))))'''


def examples(problem: Problem, taken: set[str], dialect: Dialect) -> tuple[list[str], list[str], list[str]]:
    """Constants, functions, and the lines that make x and y of them. What is drawn by more than NumPy's own functions stands there as numbers."""
    section = Section(problem, "data", taken, NUMPY)
    section.need("generated")
    if points(problem.points).shape[-1] >= FEW or (dialect is not NUMPY and len(section.functions) > 1):
        values, functions, lines = [], [], [f"data = {wrapped(problem.data.tolist())}"]
    else:
        values, functions = section.written()
        functions.append(ROUNDED)
        lines = [f"rng = np.random.default_rng(({problem.sample}, examples))", "data = np.array([rounded(row) for row in generated(rng)])"]
    parted = "x, y = data[:2], np.where(data[2] > 0, 1.0, -1.0)" if problem.classes else "x, y = data"
    of = {"np": None, "torch": "torch.tensor", "jnp": "jnp.array"}[dialect.module]
    return values, functions, [*lines, parted, *([f"x, y = {of}(x), {of}(y)"] if of else [])]


def wrapped(rows: list[list[float]]) -> str:
    """Rows of numbers, some to a line."""
    written = []
    for row in rows:
        cells, lines = [literal(v) for v in row], [""]
        for cell in cells:
            if len(lines[-1]) + len(cell) > 90:
                lines.append("")
            lines[-1] += f"{cell}, "
        written.append("    [" + "\n     ".join(line.rstrip() for line in lines).rstrip(",") + "],")
    return "np.array([\n" + "\n".join(written) + "\n])"


def batches(race: Race, lane: Lane, count: int) -> tuple[list[str], str]:
    """The numbers and the function that say which examples a step sees."""
    values = [f"size, seed = {lane.batch}, {race.seed}  # of a batch, and what shuffles the {count} examples"]
    if race.anew:
        text = f"def batch(t):\n    return np.random.default_rng((seed, 0, t)).choice({count}, size, replace=False)"
    else:
        text = (
            "def batch(t):\n"
            f"    epoch, place = divmod(t - 1, {-(-count // lane.batch)})\n"
            f"    order = np.random.default_rng((seed, 0, epoch)).permutation({count})\n"
            "    return order[place * size : (place + 1) * size]"
        )
    return values, text
