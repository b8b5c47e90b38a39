"""A catalogue entry's own methods as functions of a short program.

Their text is the one that stands in the entry's file, comments and all, without `self`. What it names comes along: fields with the values that
they have, other methods, constants and functions of the file, and the tuples that hold a state.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np

from core import Entry
from export.code.dialect import Dialect
from export.code.function import Function, OPTION, of_self
from export.code.points import called, has, pointed
from export.code.writer import Writer


@cache
def parsed(function: FunctionType) -> tuple[str, ast.FunctionDef]:
    """A function's text and its tree."""
    text = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(text).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return text, tree


@cache
def constants_of(module: str) -> dict[str, str]:
    """What stands after the = of each constant of a module that is made of numbers alone."""
    text = inspect.getsource(sys.modules[module])
    found = {}
    for node in ast.parse(text).body:
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and names <= {"np"}:
            found[node.targets[0].id] = ast.get_source_segment(text, node.value) or ""
    return found


def literal(value: Any) -> str:
    """A number, a text, or an array or a tuple of numbers, as Python has it, to the last digit."""
    if isinstance(value, np.ndarray):
        return f"np.array({literal(value.tolist())})"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(literal, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    value = value.item() if isinstance(value, np.generic) else value
    return repr(value).replace("e-0", "e-") if isinstance(value, float) else repr(value)


class Section:
    """One entry's part of a program. `taken` are the names that the rest of it has: where one of them is met again, `kind` stands before it.

    `asked` says how a step asks for a derivative, such as {"gradient": "gradient({at})"}.
    """

    def __init__(self, entry: Any, kind: str, taken: set[str], dialect: Dialect, asked: Mapping[str, str] | None = None) -> None:
        self.entry, self.kind, self.taken, self.dialect, self.asked = entry, kind, taken, dialect, asked or {}
        self.values: dict[str, str] = {}
        self.parts: list[Section] = []  # of entries that this one is made of
        self.functions: dict[str, Function] = {}
        self.names: dict[str, str] = {}  # what is called what in the program

    def need(self, name: str, *points: str, called: str | None = None) -> None:
        """Take a method along, these of whose arguments are points, under another name if one is given."""
        self.names[name] = called or name
        self.function(name, getattr(type(self.entry), name), set(points))

    def function(self, name: str, function: FunctionType, points: set[str]) -> None:
        """Take a function along, and before it what it names."""
        known = self.functions.get(name)
        if known and points <= known.points:
            return
        text, tree = parsed(function)
        found = Function(text, tree, function.__globals__, points | (known.points if known else set()))
        for node in ast.walk(ast.Module(tree.body, [])):
            if isinstance(node, ast.Attribute) and of_self(node):
                self.attribute(node.attr, found)
            elif isinstance(node, ast.Name) and node.id not in found.own:
                self.name(node.id, found)
        self.functions[name] = found

    def attribute(self, name: str, within: Function) -> None:
        value = inspect.getattr_static(type(self.entry), name, None)
        if isinstance(value, FunctionType):
            self.function(name, value, self.passed(name, value, within))
        elif isinstance(part := getattr(self.entry, name), Entry):
            self.parts.append(Section(part, name, self.taken, self.dialect))
            self.parts[-1].need("__call__", called=name)
            self.names[name] = name
        else:
            self.values[name] = literal(part)

    def name(self, name: str, within: Function) -> None:
        value = within.space.get(name)
        if isinstance(value, type) and hasattr(value, "_fields"):
            self.values[name] = f'namedtuple("{name}", "{" ".join(value._fields)}")'
        elif isinstance(value, (int, float, tuple)):
            self.values[name] = constants_of(within.space["__name__"]).get(name, literal(value))
        elif callable(value) and isinstance(function := inspect.unwrap(value), FunctionType):
            self.function(name, function, self.passed(name, function, within))

    def passed(self, name: str, function: FunctionType, within: Function) -> set[str]:
        """The arguments of a function that are points where another calls it."""
        arguments = [a.arg for a in parsed(function)[1].args.args if a.arg != "self"]
        points = pointed(within.tree, within.points)
        calls = [node for node in ast.walk(within.tree) if isinstance(node, ast.Call) and called(node) == name]
        return {a for call in calls for a, given in zip(arguments, call.args, strict=False) if has(given, points)}

    def named(self) -> None:
        """Give everything a name that nothing else in the program has."""
        own: set[str] = set().union(*(f.own for f in self.functions.values()))
        for name in [*self.values, *self.functions]:
            if name not in self.names:
                taken = name in self.taken or name in own
                self.names[name] = name if not taken else f"{name}_of" if name in self.functions else f"{self.kind}_{name}"
        self.taken |= {*self.names.values(), *own}

    def written(self) -> tuple[list[str], list[str]]:
        """The lines of its constants, fields in their order first, and the texts of its functions."""
        parts = [part.written() for part in self.parts]
        self.named()
        order = [f.name for f in fields(self.entry)]
        found = sorted(self.values, key=lambda name: order.index(name) if name in order else len(order))
        values = [f"{self.names[name]} = {self.values[name]}" for name in found if not self.is_folded(name)]
        functions = [self.text(name, f) for name, f in self.functions.items()]
        return [*(line for part in parts for line in part[0]), *values], [*(text for part in parts for text in part[1]), *functions]

    def is_folded(self, name: str) -> bool:
        """Whether this is a weight decay of 0, which leaves no trace in the program."""
        return name == OPTION and not float(self.values[name])

    def text(self, name: str, function: Function) -> str:
        """A function's text."""
        writer = Writer(self, function)
        body = "\n".join(textwrap.indent(writer.statements(), "    ").splitlines())
        return f"def {self.names[name]}({', '.join(function.arguments)}):\n{body}"
