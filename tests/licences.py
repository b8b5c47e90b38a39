"""Writes LICENCES.md: the table of what is installed, from the standard input, and that of what browsers are served."""

from __future__ import annotations

import sys

from tests.conftest import ROOT

HEAD = """# What others wrote

`make licences` writes this page: what `requirements.lock` installs, and what browsers are served from here. What is only for tests and checks is
not shipped, and not here. `make sbom` writes the same for machines.

## Installed

"""


def served() -> str:
    """The table of player/vendor/README.md, without the hashes."""
    lines = (ROOT / "player" / "vendor" / "README.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")]
    return "\n".join(" | ".join(row.split(" | ")[:4]) + " |" for row in rows)


if __name__ == "__main__":
    installed = "\n".join(line.rstrip() for line in sys.stdin.read().strip().splitlines())
    fonts = "STIX Two Math, under the SIL Open Font License 1.1, stands in `player/browser/style`."
    (ROOT / "LICENCES.md").write_text(f"{HEAD}{installed}\n\n## Served to browsers\n\n{served()}\n\n{fonts}\n", "utf-8")
