"""Why a room does not do what it was asked for."""

from __future__ import annotations

from typing import Any

from core import InputError


class Refused(InputError):
    """A sentence, a word for programs (`why`), and after how many seconds the same may be asked again, where that helps."""

    def __init__(self, why: str, template: str, after: float = 0.0, **values: object) -> None:
        super().__init__(template, **values)
        self.why, self.after = why, after

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.why, self.template, self.after, self.values)  # raised in another process, it arrives whole


def _restored(why: str, template: str, after: float, values: dict[str, object]) -> Refused:
    return Refused(why, template, after, **values)
