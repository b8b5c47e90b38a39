"""Takes settings out of what a link says, or out of values that are set now, one by one, and complains about what it cannot use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from core import Catalogue, InputError, N_, Range, Text, parameters, texts
from core.number import short


class Reader:
    """`given` holds what nobody has asked for yet, `flat` the settings that were taken, `complaints` a sentence for each value that was ignored."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = dict(given)
        self.flat: dict[str, Any] = {}
        self.complaints: list[InputError] = []

    def take(self, key: str, default: Any, convert: Callable[[Any], Any], allowed: Callable[[], str]) -> Any:
        """Take the setting `key`, converted, or its default where nothing is given or what is given has no meaning, and return it.

        `convert` raises ValueError, TypeError or OverflowError for a value without meaning; `allowed` then says, for the complaint, which have one.
        """
        self.flat[key] = default
        if key in self.given:
            value = self.given.pop(key)
            try:
                self.flat[key] = convert(value)
            except (ValueError, TypeError, OverflowError):
                shown = default if isinstance(default, str) else short(default, 6)
                template = N_("{name}={value} was ignored: allowed is {allowed}; {used} is used instead.")
                if not shown:
                    template = N_("{name}={value} was ignored: allowed is {allowed}.")
                self.complaints.append(InputError(template, name=key, value=str(value)[:40], allowed=allowed(), used=shown))
        return self.flat[key]

    def choice(self, key: str, default: str, options: Mapping[str, Any]) -> str:
        """One of the options."""

        def convert(value: Any) -> str:
            if value not in options:
                raise ValueError
            return value

        return self.take(key, default, convert, lambda: ", ".join(options))

    def number(self, key: str, default: float, allowed: Range) -> float:
        """A number that the range accepts; an int where the range has whole numbers only."""

        def convert(value: Any) -> float:
            number = float(value)
            if not allowed.holds(number):
                raise ValueError
            return int(number) if allowed.whole else number

        return self.take(key, default, convert, lambda: allowed.allowed)

    def switch(self, key: str) -> int:
        """0 for off, 1 for on; off where nothing is said."""
        return self.take(key, 0, lambda value: ("0", "1").index(str(int(value))), lambda: "0, 1")

    def text(self, key: str, default: str, allowed: Text) -> None:
        """A typed text; the complaint says what is wrong with it."""
        text = self.flat[key] = str(self.given.pop(key, default))
        try:
            allowed.check(text)
        except InputError as reason:
            self.flat[key] = default
            template = N_("{name}={value} was ignored: {reason} {used} is used instead.")
            self.complaints.append(InputError(template, name=key, value=text[:40], reason=reason, used=default))

    def parts(self, key: str, options: Collection[str]) -> list[str]:
        """Several of the options, which a link names with commas between them; stored as such a text in the options' order, and returned as a list.

        A name that is no option is complained about, and the others are taken.
        """
        given = [name.strip() for name in str(self.given.pop(key, "")).split(",") if name.strip()]
        for name in [name for name in given if name not in options][:3]:
            template = N_("{name}={value} was ignored: allowed is any of {allowed}.")
            self.complaints.append(InputError(template, name=key, value=name[:40], allowed=", ".join(options)))
        taken = [name for name in options if name in given]
        self.flat[key] = ",".join(taken)
        return taken

    def entry(self, key: str, prefix: str, default: str, options: Catalogue[Any] | Mapping[str, Any]) -> type:
        """A catalogue's entry under `key`, and its parameters and texts under `prefix` + name; returns the entry's class.

        The learning rate is left out: its default is not the entry's own but the suggested one.
        """
        cls = options[self.choice(key, default, options)]
        for name, typed in texts(cls).items():
            self.text(prefix + name, getattr(cls, name), typed)
        for name, allowed in parameters(cls).items():
            if name != "lr":
                self.number(prefix + name, getattr(cls, name), allowed)
        return cls
