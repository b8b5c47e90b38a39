"""What the server remembers of a visit from one rerun to the next, and how a page comes to its settings: the same for every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar, cast
from uuid import uuid4

import streamlit as st

from core import InputError
from links import Flat, Table
from locales import speak
from serving import private
from views.language import carried, preferred
from views.tied import keep_keys

ON_THE_WAY = ""  # no page's name


class Remembered:
    """What outlives a rerun, and is written only by the newest one: Streamlit begins a rerun while the one that it overtook is still under way."""

    def __setattr__(self, name: str, value: object) -> None:
        private.stop_where_overtaken()
        super().__setattr__(name, value)


@dataclass
class Memory(Remembered):
    """What a visit remembers of one page; a page that remembers more adds fields of its own.

    The settings' values stand in `st.session_state` too, each under its key, where the widgets find and change them.
    """

    page: ClassVar[str]  # the page's name
    table: ClassVar[Table]  # what its address may hold

    settings: Flat = field(default_factory=dict)  # complete, as they were read last; none before the page has been shown
    asked: Flat = field(default_factory=dict)  # what the link asked for that is no setting of the page, such as a step to stand at
    complaints: list[InputError] = field(default_factory=list)  # what the link said that was ignored

    def arrived(self) -> bool:
        """Whether this rerun shows the page anew, first in a visit, from another page, or by Back or Forward: what is set is then in the address."""
        return visit().page != self.page or private.went_back_or_forward()

    def read(self) -> Flat:
        """The settings of this rerun, complete, and put where the widgets will find them.

        They come from the address when the page is arrived at, and from the widgets otherwise.
        """
        if self.arrived():
            self.leave()
            self.forget()
            self.settings, self.complaints = self.table.read_link(private.query(), preferred())
            self.asked = {key: self.settings.pop(key) for key in self.table.passing if key in self.settings}
        else:
            given = {key: st.session_state.get(key, value) for key, value in self.settings.items()}
            self.settings, _ignored = self.table.read(self.fitting(given, self.settings), preferred())
        st.session_state.update(self.settings)
        speak(self.settings["lang"])
        return self.settings

    def leave(self) -> None:
        """From here on the page that was shown before is left, also where this rerun is overtaken by one that comes back to it."""
        if visit().page not in (None, self.page):
            visit().page = ON_THE_WAY

    def fitting(self, given: Flat, before: Flat) -> Flat:
        """What of the settings `given` still holds, after those `before`; the rest comes from the defaults."""
        return given

    def put(self, flat: Flat) -> None:
        """Replace all settings (in a callback)."""
        self.forget()
        self.settings = flat
        st.session_state.update(flat)

    def forget(self) -> None:
        """Let go of every setting, so that none outlives what it belonged to."""
        for key in self.settings:
            if key in st.session_state:
                del st.session_state[key]

    def to_address(self) -> None:
        """Write what differs from the opening to the address bar, as one entry of the history: the last that a page does.

        Before that it has been arrived at. What overtakes this rerun later brings the address that it was sent with, and is to be read no more.
        """
        visit().page = self.page
        wanted = self.table.short(self.settings, preferred())
        if st.query_params.to_dict() != wanted:
            st.query_params.from_dict(wanted)

    def address(self) -> dict[str, str]:
        """The parameters of a link to the page as it was left, or as it opens."""
        return self.table.short(self.settings | {"lang": st.session_state["lang"]}, preferred()) if self.settings else carried()


M = TypeVar("M", bound=Memory)


@dataclass
class Visit(Remembered):
    """The memory of a visit; the browser is told its name, and sees by it that the server has forgotten the visit before."""

    name: str = field(default_factory=lambda: uuid4().hex)
    page: str | None = None  # the page that was shown last as a whole; ON_THE_WAY once it is left for another one
    memories: dict[str, Memory] = field(default_factory=dict)  # of each page, by its name


def visit() -> Visit:
    """The visit that this rerun belongs to."""
    if "visit" not in st.session_state:
        st.session_state.visit = Visit()
    return st.session_state.visit


def memory_of(kind: type[M]) -> M:
    """What this visit remembers of a page."""
    return cast(M, visit().memories.setdefault(kind.page, kind()))  # whose class, while one works on the program, may have been loaded anew


@contextmanager
def whole_page() -> Iterator[None]:
    """While a page is drawn as a whole.

    The server may have forgotten the visit of a page that is still open (it was started anew, or the browser was away for minutes). The first
    that it hears of it then is a change, which means nothing before the page stands here as well: it is drawn from its address and shown to
    nobody, and then the change is heard.
    """
    unheard = private.told() if visit().page is None else []
    if unheard:
        keep_keys(private.key_of(state) for state in unheard)
    with private.unseen(unheard) if unheard else nullcontext():
        yield
