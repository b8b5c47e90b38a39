"""Sentences that are written in English here and translated where they are shown."""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:
    """Mark `text` for translation and return it unchanged."""
    return text


class InputError(ValueError):
    """Input that has no meaning. It keeps the template of its sentence and the values apart, so that the sentence can be said in another language."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.template, self.values)  # raised in another process, it arrives whole

    def __str__(self) -> str:
        return self.template.format(**self.values)


class UnknownName(InputError, KeyError):
    """A name under which a catalogue has no entry; a KeyError too, because a catalogue is a dictionary."""

    __str__ = InputError.__str__


def _restored(kind: type[InputError], template: str, values: dict[str, object]) -> InputError:
    return kind(template, **values)
