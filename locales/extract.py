"""What Babel collects from a catalogue entry: its marked strings, and the first paragraph of its docstring."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, IO

from babel.messages.extract import extract_python


def first_paragraph(docstring: str) -> str:
    """Everything before the first blank line, on one line."""
    return " ".join(docstring.partition("\n\n")[0].split())


def docstrings(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """A Babel extraction method: (line, function, message, comments) of every class docstring and of every marked string."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef) and (docstring := ast.get_docstring(node)):
            yield node.lineno, None, first_paragraph(docstring), []
    fileobj.seek(0)
    yield from extract_python(fileobj, keywords, comment_tags, options)
