"""A page's settings as one flat table, read from anything that a link may say and written back as short as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from core import InputError, N_
from links.reader import Reader

Flat = dict[str, Any]

VERSION = "1"

# What Streamlit reads from the address by itself, in a page within another one; it keeps these from the page's script.
EMBEDDING = {
    "embed": ("true", "false"),
    "embed_options": (
        *("show_toolbar", "show_padding", "disable_scrolling", "light_theme", "dark_theme"),
        *("hide_loading_screen", "show_loading_screen_v1", "show_loading_screen_v2"),
    ),
}


@dataclass(frozen=True)
class Table:
    """What one page's address may hold.

    `take` takes the page's settings out of a reader, one by one: later defaults may follow from what was taken; the second argument is the
    language that the page speaks where the link says nothing. `usual` has the texts that would stand in the address bar anyway, for these
    settings and this language. A `passing` setting is read and never written. With a `version` the links say of which version they are.
    """

    take: Callable[[Reader, str], None]
    usual: Callable[[Flat, str], Mapping[str, str | None]]
    passing: frozenset[str] = frozenset()
    version: str | None = VERSION

    def read(self, given: Mapping[str, Any], language: str) -> tuple[Flat, list[InputError]]:
        """The complete settings from a link's parameters or from what is set now, and a complaint for everything that was ignored."""
        reader = Reader({key: value for key, value in given.items() if key.lower() not in EMBEDDING})
        if self.version and (version := reader.given.pop("v", self.version)) != self.version:
            reader.complaints.append(
                InputError(N_("v={value}: this link is of another version; what can be read of it is used."), value=str(version)[:40])
            )
        self.take(reader, language)
        return reader.flat, [*reader.complaints, *unknown(reader.given)]

    def read_link(self, query: str, language: str) -> tuple[Flat, list[InputError]]:
        """The same from a link's whole query, with a complaint too for what stands in it more than once and for what it says of an embedded page."""
        pairs = parse_qsl(query, keep_blank_values=True)
        flat, complaints = self.read(dict(pairs), language)
        return flat, [*complaints, *of_embedding(pairs), *repeated(pairs)]

    def write(self, flat: Flat) -> dict[str, str]:
        """The settings as a link's parameters, every value to its last digit."""
        return ({"v": self.version} if self.version else {}) | {key: text(value) for key, value in flat.items() if key not in self.passing}

    def short(self, flat: Flat, language: str) -> dict[str, str]:
        """The parameters of the address bar: what differs from what would stand there anyway, and the version where anything does."""
        usual = self.usual(flat, language)
        differing = {key: said for key, said in self.write(flat).items() if key != "v" and said != usual.get(key)}
        return {"v": self.version} | differing if self.version and differing else differing


def text(value: Any) -> str:
    """A setting as a link says it."""
    return repr(float(value)) if isinstance(value, float) else str(value)


def unknown(left: Mapping[str, Any]) -> list[InputError]:
    """A complaint for each of the first settings that nobody asked for, and one for the others together."""
    template = N_("{name}={value} was ignored: this page has no such setting.")
    complaints = [InputError(template, name=key[:40], value=str(value)[:40]) for key, value in list(left.items())[:5]]
    return complaints + ([InputError(N_("{count} more unknown settings were ignored."), count=len(left) - 5)] if len(left) > 5 else [])


def of_embedding(pairs: list[tuple[str, str]]) -> list[InputError]:
    """A complaint for what Streamlit does not understand of an embedded page's address."""
    template = N_("{name}={value} was ignored: allowed is any of {allowed}.")
    return [
        InputError(template, name=key, value=value[:40], allowed=", ".join(values))
        for key, values in EMBEDDING.items()
        for value in [value for name, value in pairs if name.lower() == key and value.lower() not in values][:3]
    ]


def repeated(pairs: list[tuple[str, str]]) -> list[InputError]:
    """A complaint for each of the first settings that stand in a link more than once."""
    template = N_("{name} stands in the link {count} times; the last one is read.")
    counts = Counter(name for name, _value in pairs if name.lower() != "embed_options")
    return [InputError(template, name=name[:40], count=count) for name, count in counts.items() if count > 1][:5]
