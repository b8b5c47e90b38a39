"""One test over many files, which says which of them fail: thousands of small tests would cost more than they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest


def each_of(paths: Iterable[Path], root: Path) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """Makes one test of a test of a single file."""

    def over(test: Callable[[Path], None]) -> Callable[[], None]:
        def whole() -> None:
            failed = []
            for path in paths:
                try:
                    test(path)
                except AssertionError as reason:
                    failed.append(f"{path.relative_to(root)}: {reason}")
            if failed:
                pytest.fail("\n".join(failed), pytrace=False)

        whole.__name__, whole.__doc__ = test.__name__, test.__doc__
        return whole

    return over
