"""How many people there is room for: every connection is an open file, and a system lets a program have so many."""

from __future__ import annotations

from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows counts none
    resource = None

WANTED = 8192  # macOS starts programs with 256, and lets them ask for 10 240
OWN = 40  # of the program itself
SESSION, LOADING = 4, 6  # a websocket and the three of its script's event loop, which stay two minutes longer; a browser's connections for its files


def make_room() -> str:
    """Raise the limit as far as it is wanted and allowed; the line that says what it is, or nothing where there is none."""
    if resource is None:
        return ""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = WANTED if hard == unlimited else min(WANTED, hard)
    if soft != unlimited and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):  # what a system says and what it allows may differ
            pass
    if soft == unlimited:
        return "Open files: no limit."
    present, arriving = ((soft - OWN) // each for each in (SESSION, SESSION + LOADING))
    more = "" if soft >= WANTED else " `ulimit -Hn` is the limit that only an administrator raises."
    return f"Open files: {soft}, enough for {max(present, 0)} people, {max(arriving, 0)} of them arriving at the same moment.{more}"
