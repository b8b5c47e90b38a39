"""What Babel collects from a catalogue entry: its marked strings, and the first paragraph of its docstring."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, IO

from babel.messages.extract import extract_python


def first_paragraph(docstring: str) -> str:
    """Everything before the first blank line, on one line."""
    return " ".join(docstring.partition("\n\n")[0].split())


def is_entry(node: ast.ClassDef) -> bool:
    """Whether the class is a catalogue entry, not a helper beside it: it has a title."""
    return any(isinstance(target, ast.Name) and target.id == "title" for line in node.body if isinstance(line, ast.Assign) for target in line.targets)


def docstrings(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """A Babel extraction method: (line, function, message, comments) of every entry's docstring and of every marked string."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef) and is_entry(node) and (docstring := ast.get_docstring(node)):
            yield node.lineno, None, first_paragraph(docstring), []
    fileobj.seek(0)
    yield from extract_python(fileobj, keywords, comment_tags, options)
