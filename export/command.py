"""The command line: links, or a TOML file with many figures, become files."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import InputError
from export import kinds
from export.figures import Figure, figure, from_file
from export.options import CAPTIONS, CODES, KINDS, Options, PAPERS, Refused, THEMES, option

WRONG = 2  # the exit code for what makes no sense, as that of argparse
DESCRIPTION = """\
Make files of what a page of Descent Lab shows: pictures, animations, pages that play by themselves, tables, code, captions.

A link is what the page's address bar has, or what follows the question mark in it; "lessons?lesson=zigzag" is a lesson, "lessons" are all.
A TOML file has many figures:

    theme = "print"                # holds for all figures
    width = "12cm"

    [valley]                       # makes valley.svg and valley.csv
    link = "surface=rosenbrock&lanes=2&steps=200"
    kinds = ["svg", "csv"]
"""
EPILOG = """\
The same links make the same bytes. What makes no sense is said with the line of the file, the exit code is then 2, and no file is touched.
Pictures need what requirements-export.txt names; tables, pages, code and captions need nothing more than the program.
"""
HELP = {
    "theme": f"the colours: {', '.join(THEMES)}; print is white with larger type and thicker lines",
    "width": "how wide pictures are: 12cm, 120mm, 5in, 340pt or 600px",
    "font": "the size of letters in pictures: 9pt",
    "step": "the step that is shown; the link's own, or the last, where nothing is said",
    "strip": "several steps of one lane beside each other: 1,5,20,100",
    "lane": "this lane alone, from 1",
    "curves": "whether the curves are in pictures: true or false",
    "scale": "PNG: pixels for each CSS pixel, from 0.5 to 8",
    "fps": "GIF: pictures in a second",
    "frames": "GIF: how many pictures at most, over all steps up to the one that is shown",
    "code": f"programs that make lane --lane's path: {', '.join(CODES)}, with commas between them",
    "caption": f"a caption with all settings: {', '.join(CAPTIONS)}, with commas between them",
    "language": "en or ko; the link's own where nothing is said",
}


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("python -m export", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("links", nargs="+", metavar="LINK", help="a link, or a file whose name ends in .toml")
    for kind in KINDS:
        found.add_argument(f"--{kind}", action="append_const", dest="kinds", const=kind, help=f"make {kind.upper()}")
    for kind in PAPERS:
        name, _dash, form = kind.partition("-")
        said = f"of a lesson, or of all: the {'teacher’s sheet' if name == 'sheet' else 'handout'} as {(form or 'html').upper()}"
        found.add_argument(f"--{kind}", action="append_const", dest="kinds", const=kind, help=said)
    for name, said in HELP.items():
        found.add_argument(f"--{name}", help=said)
    found.add_argument("--out", type=Path, default=Path("."), metavar="DIR", help="the folder that the files go into; it is made where it is missing")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is asked for; returns the exit code."""
    said = vars(parser().parse_args(arguments))
    try:
        figures = named_apart(asked_for(said))
        kinds.check(figures)
        for k, each in enumerate(figures, start=1):
            make(each, said["out"], f"[{k}/{len(figures)}]")
    except Refused as reason:
        print(reason, file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


def asked_for(said: dict[str, Any]) -> list[Figure]:
    """The figures of the command line."""
    given = {name: on_line(name, said[name]) for name in ("kinds", *HELP) if said[name] is not None}
    found = []
    for link in said["links"]:
        found += from_file(Path(link), given) if link.endswith(".toml") else [figure(link, Options(**given))]
    for each in found:
        if not (each.options.kinds or each.options.code or each.options.caption):
            raise Refused(f"{each.where}nothing is asked for: --{', --'.join(KINDS + PAPERS)}, --code or --caption say what is to be made.")
    return found


def on_line(name: str, value: Any) -> Any:
    try:
        return option(name, value)
    except Refused as reason:
        raise Refused(f"--{reason}") from None


def named_apart(figures: list[Figure]) -> list[Figure]:
    """The same figures, each with a name of its own: one that was given, or what it shows, with a number where that is there already."""
    taken: set[str] = set()
    found = []
    for each in figures:
        name = base = each.name or each.asked.file
        k = 1
        while name.casefold() in taken:
            if each.name:
                raise Refused(f"{each.where}name = {name!r}: another figure has this name.")
            k += 1
            name = f"{base}-{k}"
        taken.add(name.casefold())
        found.append(Figure(each.asked, each.options, name, each.where))
    return found


def make(figure: Figure, folder: Path, progress: str) -> None:
    """Make all files of a figure, and only then put them where they belong."""

    def tell(what: str) -> None:
        print(f"{progress} {figure.name}: {what}", file=sys.stderr)

    try:
        made = list(kinds.files(figure, tell))
    except InputError as reason:
        raise Refused(f"{figure.where}{reason}") from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as aside:
            for end, content in made:
                (Path(aside) / f"{figure.name}{end}").write_bytes(content)
            for end, content in made:
                os.replace(Path(aside) / f"{figure.name}{end}", folder / f"{figure.name}{end}")
                tell(f"{figure.name}{end}, {len(content) / 1000:.1f} kB")
    except OSError as reason:
        raise Refused(f"{folder}: {reason.strerror or reason}.") from None
