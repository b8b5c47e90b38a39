"""Writes a function anew: the text as it stands, but for what is called otherwise in the program."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from typing import Any, TYPE_CHECKING

from export.code.function import Function, OPTION, of_self
from export.code.points import pointed

if TYPE_CHECKING:
    from export.code.source import Section

ALONE = re.compile(r"[\w.]+(\([^()]*\))?")  # an expression that needs no parentheses


class Writer:
    """Writes a function anew: the text as it stands, but for what is called otherwise in the program."""

    def __init__(self, section: Section, function: Function) -> None:
        self.section, self.function = section, function
        self.points = pointed(function.tree, function.points)
        self.starts = [0]  # of each line, in characters
        for line in function.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = function.text.splitlines()

    def place(self, line: int, column: int) -> int:
        """The character at a line and a column that is counted in bytes, as syntax trees do."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def span(self, node: Any) -> tuple[int, int]:
        return self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)

    def statements(self) -> str:
        """All of the body but its docstring, with the comments that stand before its first line."""
        head, *rest = self.function.tree.body
        documented = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
        begin = self.starts[head.end_lineno or 0] if documented else self.after_head(head)
        body = ast.Module(rest if documented else [head, *rest], [])
        return textwrap.dedent(self.between(begin, len(self.function.text), body)).rstrip()

    def after_head(self, first: ast.stmt) -> int:
        """The line after the one in which the function's head ends with a colon."""
        line = first.lineno
        while line > 1 and not self.lines[line - 2].rstrip().endswith(":"):
            line -= 1
        return self.starts[line - 1]

    def between(self, begin: int, end: int, node: ast.AST) -> str:
        """The text between two characters, with what is written otherwise among a node's parts."""
        pieces = []
        for part, new in sorted(self.changes(node), key=lambda change: self.span(change[0])):
            first, last = self.span(part)
            if isinstance(part, ast.BinOp) and ALONE.fullmatch(new):
                first, last = self.with_parentheses(first, last)
            pieces += [self.function.text[begin:first], new]
            begin = last
        return "".join([*pieces, self.function.text[begin:end]])

    def with_parentheses(self, first: int, last: int) -> tuple[int, int]:
        """The same span with parentheses about it, if those are there that group and do not call."""
        text = self.function.text
        grouped = text[first - 1] == "(" and text[last] == ")" and not (text[first - 2].isalnum() or text[first - 2] == "_")
        return (first - 1, last + 1) if grouped else (first, last)

    def write(self, node: ast.AST) -> str:
        """A node's text."""
        new = self.change(node)
        return self.between(*self.span(node), node) if new is None else new

    def changes(self, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
        """The outermost parts of a node that are written otherwise, and how."""
        for part in ast.iter_child_nodes(node):
            new = self.change(part)
            if new is not None:
                yield part, new
            else:
                yield from self.changes(part)

    def change(self, node: ast.AST) -> str | None:
        """How a node is written where that is not as it stands."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and self.is_nothing(node.right):
            return self.write(node.left)
        if isinstance(node, ast.Attribute) and of_self(node):
            return self.section.names[node.attr]
        if isinstance(node, ast.Name) and node.id not in self.function.own and node.id in self.section.names:
            return self.section.names[node.id]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "copy":
            return f"{self.write(node.func.value)}.{self.section.dialect.copy}()"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            if node.func.value.id == "surface":
                return self.section.asked[node.func.attr].format(at=self.write(node.args[0]))
            if node.func.value.id == "np":
                return self.section.dialect.call(node, self.points, self.write)
        return None

    def is_nothing(self, node: ast.AST) -> bool:
        """Whether this is a product with a weight decay of 0."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            return self.is_nothing(node.left) or self.is_nothing(node.right)
        return isinstance(node, ast.Attribute) and of_self(node) and node.attr == OPTION and self.section.is_folded(OPTION)
