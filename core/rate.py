"""How often somebody may do something: so many times at once, then one each so many seconds."""

from __future__ import annotations

from collections.abc import Hashable

ROUNDED = 1e-6  # seconds: what thousands of sums may be off


class Rate:
    """A bucket a key, kept as one number: the moment at which it is full again. At most `keys` are remembered, the fullest forgotten first."""

    def __init__(self, burst: int, every: float, keys: int = 10_000) -> None:
        self.room, self.every, self.keys = (burst - 1) * every, every, keys
        self.full: dict[Hashable, float] = {}

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until `key` may; 0 where it may now."""
        wait = self.full.get(key, now) - now - self.room
        return wait if wait > ROUNDED else 0.0

    def spend(self, key: Hashable, now: float, part: float = 1.0) -> float:
        """The same, and where it may now this counts, or a part of it: a key that stands for n who may as much counts each time as 1/n."""
        wait = self.wait(key, now)
        return wait or self.book(key, now, part)

    def book(self, key: Hashable, now: float, part: float = 1.0) -> float:
        """The same, and this counts in any case: whoever books waits so long, and those who come later longer."""
        wait = self.wait(key, now)
        self.full[key] = max(self.full.get(key, now), now) + part * self.every
        if len(self.full) > self.keys:
            self.forget(now)
        return wait

    def forget(self, now: float) -> None:
        """Forget who has not done anything for long; where too many have, those who did least."""
        kept = sorted(((at, key) for key, at in self.full.items() if at > now), key=lambda pair: pair[0])
        self.full = {key: at for at, key in kept[-(self.keys // 2) :]}
