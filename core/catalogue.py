"""A folder read as a table: one file is one entry, and its key is the file's name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, ClassVar, TypeVar

from core.citation import Citation
from core.message import N_, UnknownName
from core.parameter import check


@dataclass(frozen=True)
class Entry:
    """What every catalogue entry has. Its parameters are its fields, and they are checked when it is made; raises InputError."""

    title: ClassVar[str]
    formula: ClassVar[str]
    reference: ClassVar[str]
    citations: ClassVar[tuple[Citation, ...]] = ()  # the works that the reference names, in fields
    uncited: ClassVar[str] = ""  # why there are none

    def __post_init__(self) -> None:
        check(self)


E = TypeVar("E")


class Catalogue(dict[str, type[E]]):
    """A dict from an entry's name to its class; an unknown name raises UnknownName, which lists the known ones."""

    def __missing__(self, name: str) -> type[E]:
        raise UnknownName(N_("name = {value}: allowed is one of {allowed}."), value=repr(name), allowed=", ".join(self))


def catalogue(package: str, base: type[E], by: Callable[[type[E]], Any] = lambda entry: entry.__module__) -> Catalogue[E]:
    """Import every module of `package` and return its one subclass of `base` under the module's name, sorted by `by`.

    A module that does not hold exactly one such class raises TypeError: a broken entry breaks loudly.
    """
    folder = importlib.import_module(package)
    entries: dict[str, type[E]] = {}
    for info in pkgutil.iter_modules(folder.__path__):
        if info.ispkg or info.name == "base":
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        found = [c for c in vars(module).values() if isinstance(c, type) and issubclass(c, base) and c.__module__ == module.__name__]
        if len(found) != 1:
            raise TypeError(f"{module.__name__} must define one {base.__name__}, found {[c.__name__ for c in found]}")
        entries[info.name] = found[0]
    return Catalogue(sorted(entries.items(), key=lambda item: by(item[1])))


def paragraphs(entry: type) -> list[str]:
    """The paragraphs of a catalogue entry's docstring: first the sentence that a student keeps, then which variant this is."""
    return [" ".join(paragraph.split()) for paragraph in cleandoc(entry.__doc__ or "").split("\n\n")]


def idea(entry: type) -> str:
    """The sentence that a student keeps."""
    return paragraphs(entry)[0]
