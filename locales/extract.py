"""What Babel collects from a catalogue entry's file: the marked strings, and what pages show of the entry without a mark.

That is each paragraph of its docstring, and the remarks in its formula.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, IO

from babel.messages.extract import extract_python

from locales.translate import REMARK


def paragraphs(docstring: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in docstring.split("\n\n")]


def is_entry(node: ast.ClassDef) -> bool:
    """Whether the class is a catalogue entry and not a helper beside it: an entry has a title."""
    return any(isinstance(target, ast.Name) and target.id == "title" for line in node.body if isinstance(line, ast.Assign) for target in line.targets)


def remarks(node: ast.ClassDef) -> list[str]:
    """The words in a formula that is written as a text."""
    formulas = [line.value for line in node.body if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "formula"]
    return [words for f in formulas if isinstance(f, ast.Constant) for _before, words in REMARK.findall(str(f.value))]


def docstrings(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """A Babel extraction method; yields (line, function, message, comments) for all of these."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef) and is_entry(node) and (docstring := ast.get_docstring(node)):
            for shown in (*paragraphs(docstring), *remarks(node)):
                yield node.lineno, None, shown, []
    fileobj.seek(0)
    yield from extract_python(fileobj, keywords, comment_tags, options)
