"""The text of a kernel: a program for a block of runs at a time, step by step, so that the loop over a block's runs vectorises.

What all runs share is worked out before the blocks: once where it stays, into a table where it differs from step to step. What each run has of its
own and keeps is worked out before its steps. All numbers of a block lie in one small array, which stays in the fastest cache; a run that ends is
written out, and the block's last run takes its place, so that no step asks which runs are still under way.
"""

from __future__ import annotations

from collections.abc import Iterable

from runs.compiled.expression import formula, number
from runs.compiled.program import Program
from runs.compiled.trace import Node
from runs.trajectory import BOUND

BLOCK = 128  # runs; 30 numbers each are 30 kB
SIGNATURE = (  # of `kernel`
    "void(float64[:, ::1], int64, float64[::1], float64[:, ::1], float64[:, ::1], float64[:, :, ::1], int64[:, ::1], float64[::1], float64[:, ::1])"
)


class Text:
    """The parts of a kernel's text, and the rows of the block's array."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.nodes = needed(node for node in program.outputs if isinstance(node, Node))
        self.names = {node: f"n{i}" for i, node in enumerate(self.nodes)}
        self.rows = 0
        kept = len(program.carried) + program.coordinates + 4  # and the point before, the loss, the one before, the lowest, since when it is at f*
        self.carried = self.take(kept)
        self.before = self.carried + len(program.carried)
        self.loss = self.before + program.coordinates
        self.level = self.take(2)  # f* and the tolerance
        self.swept = self.take(len(program.swept))
        users: dict[Node, list[Node]] = {node: [] for node in self.nodes}
        for node in self.nodes:
            for a in node.args:
                if isinstance(a, Node):
                    users[a].append(node)
        out = set(map(id, program.outputs))
        self.table = [n for n in self.nodes if n.moves and not n.own and (id(n) in out or any(u.own for u in users[n]))]
        self.still = [n for n in self.nodes if n.own and not n.moves and (id(n) in out or any(u.moves for u in users[n]))]
        self.products = [n for n in self.nodes if n.op == "running" and n.own]
        self.streams = [n for n in self.nodes if n in set(program.streams) and n.own]
        self.row: dict[Node, int] = {node: i for i, node in enumerate(program.carried)}
        for node in [*self.still, *self.products, *self.streams]:
            name = node.args[0] if node.op == "input" else None
            self.row[node] = self.swept + program.swept.index(name) if name in program.swept else self.take(1)

    def take(self, count: int) -> int:
        """The first of so many rows that are still free."""
        self.rows += count
        return self.rows - count

    def at(self, row: int, run: str = "i") -> str:
        return f"w[{row * BLOCK} + {run}]"

    def settings(self) -> list[str]:
        """What stays and is the same for all runs."""
        lines = []
        for node in self.nodes:
            if not node.moves and not node.own:
                of = f"settings[{self.program.settings.index(node.args[0])}]" if node.op == "input" else formula(node, self.names)
                lines.append(f"{self.names[node]} = {of}")
        return lines

    def tabled(self) -> list[str]:
        """What is the same for all runs and differs from step to step."""
        lines = []
        for node in self.nodes:
            if node.own or not node.moves:
                continue
            if node.op == "running":  # few enough of these to be exact
                of = f"{number(node.args[0], self.names)} ** float(k)"
            else:
                of = self.given(node) if node.op == "input" else formula(node, self.names)
            lines.append(f"{self.names[node]} = {of}")
        return lines + [f"table[k * {len(self.table)} + {j}] = {number(node, self.names)}" for j, node in enumerate(self.table)]

    def given(self, node: Node, run: str = "0") -> str:
        """An input that differs from step to step, as it is in step k."""
        (name,) = node.args
        if name == "t":
            return "float(k)"
        return f"factor[k - 1, {run}]" if name == "factor" else f"noise[k - 1, {name.split()[1]}, {run}]"

    def prelude(self) -> list[str]:
        """What stays and each run has of its own, and the first powers."""
        lines = []
        for node in self.nodes:
            if node.own and not node.moves:
                of = self.at(self.swept + self.program.swept.index(node.args[0])) if node.op == "input" else formula(node, self.names)
                lines.append(f"{self.names[node]} = {of}")
        lines += [f"{self.at(self.row[node])} = {number(node, self.names)}" for node in self.still if node.op != "input"]
        return lines + [f"{self.at(self.row[node])} = {number(node.args[0], self.names)}" for node in self.products]

    def step(self) -> list[str]:
        """One step of one run."""
        p, lines = self.program, []
        read = {*self.still, *self.streams, *p.carried}
        for node in self.nodes:
            if node in read:
                lines.append(f"{self.names[node]} = {self.at(self.row[node])}{' != 0.0' if node.truth else ''}")
            elif node.op == "running" and node.own:
                lines += [
                    f"{self.names[node]} = {self.at(self.row[node])} * {number(node.args[0], self.names)}",
                    f"{self.at(self.row[node])} = {self.names[node]}",
                ]
            elif node.own and node.moves:
                lines.append(f"{self.names[node]} = {formula(node, self.names)}")
        *new, loss = p.outputs
        lines += [f"{self.at(self.before + i)} = {self.at(i)}" for i in range(p.coordinates)]
        lines += [f"o{i} = {number(value, self.names)}" for i, value in enumerate(new)] + [f"loss = {number(loss, self.names)}"]
        lines += [f"{self.at(i)} = o{i}" for i in range(len(new))]
        at = range(p.coordinates)
        lines += [
            f"{self.at(self.loss + 1)} = {self.at(self.loss)}",
            f"{self.at(self.loss)} = loss",
            f"fine = {' & '.join([*(f'(abs(o{i}) <= {BOUND})' for i in at), '(abs(loss) < np.inf)'])}",
            f"best = {self.at(self.loss + 2)}",
            f"{self.at(self.loss + 2)} = loss if fine & (loss < best) else best",
            f"since = {self.at(self.loss + 3)}",
            f"there = abs(loss - {self.at(self.level)}) <= {self.at(self.level + 1)}",
            f"inside = {' & '.join(f'(low{i} <= o{i}) & (o{i} <= high{i})' for i in at)}",
            "here = (since if since < step else step) if there & inside else np.inf",
            f"{self.at(self.loss + 3)} = here if fine else since",
            "gone += 0 if fine else 1",
        ]
        return lines


def needed(outputs: Iterable[Node]) -> list[Node]:
    """The nodes that these need, in the order in which they are worked out."""
    found: dict[Node, None] = {}
    waiting = [(node, False) for node in list(outputs)[::-1]]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            found[node] = None
        elif node not in found:
            waiting.append((node, True))
            waiting += [(a, False) for a in node.args[::-1] if isinstance(a, Node) and a not in found]
    return list(found)


def source(program: Program) -> str:
    """The module with the kernel of this program."""
    t = Text(program)
    at, end = range(program.coordinates), t.loss + 4
    column = {node: f"columns[{int(node.args[0] != 'factor')}, ids[i]]" for node in t.streams}
    fills = [f"{t.at(t.row[node])} = {t.given(node, column[node])}" for node in t.streams]
    return f'''"""Made by runs/compiled/source.py."""
import numpy as np
from numba import njit

@njit("{SIGNATURE}", cache=True, nogil=True, error_model="numpy")
def kernel(runs, steps, settings, swept, factor, noise, columns, box, tail):
    w = np.empty({t.rows * BLOCK})
    ids = np.empty({BLOCK}, np.int64)
    {indented([f"low{i}, high{i} = box[{2 * i}], box[{2 * i + 1}]" for i in at], 4)}
    {indented(t.settings(), 4)}
    table = np.empty((steps + 1) * {max(len(t.table), 1)})
    for k in range(2, steps + 1):
        {indented(t.tabled(), 8)}
    for begin in range(0, runs.shape[1], {BLOCK}):
        m = 0
        for j in range(begin, min(begin + {BLOCK}, runs.shape[1])):
            if runs[{end}, j] < 0:
                for row in range({end}):
                    w[row * {BLOCK} + m] = runs[row, j]
                for row in range({2 + len(program.swept)}):
                    w[({t.level} + row) * {BLOCK} + m] = swept[row, j]
                ids[m] = j
                m += 1
        for i in range(m):
            {indented(t.prelude(), 12)}
        for k in range(2, steps + 1):
            step = float(k)
            {indented([f"{t.names[node]} = table[k * {len(t.table)} + {j}]{' != 0.0' if node.truth else ''}" for j, node in enumerate(t.table)], 12)}
            {indented(["for i in range(m):", *(f"    {line}" for line in fills)] if fills else [], 12)}
            gone = 0
            for i in range(m):
                {indented(t.step(), 16)}
            if gone > 0:
                i = 0
                while i < m:
                    loss = {t.at(t.loss)}
                    finite = {" & ".join([*(f"(abs({t.at(i)}) < np.inf)" for i in at), "(abs(loss) < np.inf)"])}
                    if finite & {" & ".join(f"(abs({t.at(i)}) <= {BOUND})" for i in at)}:
                        i += 1
                        continue
                    if finite & (loss < {t.at(t.loss + 2)}):
                        {t.at(t.loss + 2)} = loss
                    for row in range({end}):
                        runs[row, ids[i]] = w[row * {BLOCK} + i]
                    runs[{end}, ids[i]] = k
                    m -= 1
                    for row in range({t.rows}):
                        w[row * {BLOCK} + i] = w[row * {BLOCK} + m]
                    ids[i] = ids[m]
                if m == 0:
                    break
            if k > steps - tail.shape[0]:
                for i in range(m):
                    tail[k - 1 - steps + tail.shape[0], ids[i]] = {t.at(t.loss)}
        for i in range(m):
            for row in range({end}):
                runs[row, ids[i]] = w[row * {BLOCK} + i]
'''


def indented(lines: list[str], by: int) -> str:
    return ("\n" + " " * by).join(lines or ["pass"])
