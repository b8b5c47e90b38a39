"""What Babel collects from a catalogue entry's file: the marked strings, and each paragraph of the entry's docstring, which pages show too."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, IO

from babel.messages.extract import extract_python


def paragraphs(docstring: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in docstring.split("\n\n")]


def is_entry(node: ast.ClassDef) -> bool:
    """Whether the class is a catalogue entry and not a helper beside it: an entry has a title."""
    return any(isinstance(target, ast.Name) and target.id == "title" for line in node.body if isinstance(line, ast.Assign) for target in line.targets)


def docstrings(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """A Babel extraction method; yields (line, function, message, comments) for each paragraph of an entry's docstring and each marked string."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef) and is_entry(node) and (docstring := ast.get_docstring(node)):
            for paragraph in paragraphs(docstring):
                yield node.lineno, None, paragraph, []
    fileobj.seek(0)
    yield from extract_python(fileobj, keywords, comment_tags, options)
