"""Tests that go through many entries: `make test` takes some of them, `make test-all` all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

thorough = pytest.mark.thorough


def one_in(n: int, entries: Iterable[Any]) -> list[Any]:
    """The entries as parameters of a test, all but the first of every n marked `thorough`. An entry that is a tuple has several parameters."""
    return [each if k % n == 0 else pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=thorough) for k, each in enumerate(entries)]
