"""Room for more people: every connection is an open file, and the system limits how many of those a program may have."""

from __future__ import annotations

from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

WANTED = 8192  # macOS starts programs with 256, and lets them ask for 10 240
OWN = 40  # files that the program itself has open
SESSION = 4  # a visitor's websocket, and three of the script's event loop, which stay open two minutes longer
LOADING = 6  # a browser's connections while it loads the page's files


def make_room() -> str:
    """Raise the limit to WANTED, or as far as the system allows; returns a line that says what it is now, or "" where there is none."""
    if resource is None:
        return ""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = WANTED if hard == unlimited else min(WANTED, hard)
    if soft != unlimited and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):  # some systems allow less than they say
            pass
    if soft == unlimited:
        return "Open files: no limit."
    present, arriving = ((soft - OWN) // each for each in (SESSION, SESSION + LOADING))
    more = "" if soft >= WANTED else " `ulimit -Hn` is the limit that only an administrator raises."
    return f"Open files: {soft}, enough for {max(present, 0)} people, {max(arriving, 0)} of them arriving at the same moment.{more}"
