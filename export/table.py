"""A table of numbers with what is said of it: as CSV, which pandas reads with `comment="#"`, and as arrays in an NPZ file. Both are read back here to
the last digit.

The CSV begins with lines after a #: a title, the link, the settings as JSON, and a line for each column with its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from core import Array, InputError, N_

FIRST = (1980, 1, 1, 0, 0, 0)  # the date of all files in an archive, the earliest there is: the same numbers are the same bytes
LINK, SETTINGS = "link", "settings"  # the lines of the header that are no column
TITLE = "title"


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length, of integers, floats or words, by their names; NaN stands for no number.

    `meanings` has a sentence for each column, units in it; `settings` is the whole of what the numbers were worked out from, as links have it.
    """

    title: str
    link: str
    settings: Mapping[str, Any]
    columns: Mapping[str, Array]
    meanings: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values())))

    def about(self) -> dict[str, Any]:
        """All but the numbers, as JSON has it."""
        return {TITLE: self.title, LINK: self.link, SETTINGS: dict(self.settings), "columns": dict(self.meanings)}


def csv(table: Table) -> str:
    """The table as text. A float has as many digits as tell it from all others; what is no number is empty."""
    head = [table.title, f"{LINK}: {table.link}", f"{SETTINGS}: {json.dumps(dict(table.settings))}"]
    head += [f"{name}: {meaning}" for name, meaning in table.meanings.items()]
    rows = zip(*map(written, table.columns.values()), strict=True)
    return "".join(f"# {line}\n" for line in head) + "".join(f"{','.join(row)}\n" for row in (table.columns, *rows))


def written(column: Array) -> list[str]:
    """The cells of a column."""
    values = column.tolist()
    return [repr(v) if v == v else "" for v in values] if column.dtype.kind == "f" else list(map(str, values))


def read_csv(text: str) -> Table:
    """The table that `csv` wrote; raises InputError for a text that is none."""
    lines = text.removesuffix("\n").split("\n")
    head = [line[1:].strip() for line in takewhile(lambda line: line.startswith("#"), lines)]
    said = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    if LINK not in said or SETTINGS not in said or len(lines) <= len(head):
        raise InputError(N_("This is no table that was saved here: its first lines do not name a link, settings and columns."))
    names, *rows = (line.split(",") for line in lines[len(head) :])
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    meanings = {name: said[name] for name in names if name in said}
    return Table(head[0], said[LINK], json.loads(said[SETTINGS]), dict(zip(names, map(numbers, cells), strict=True)), meanings)


def numbers(cells: tuple[str, ...]) -> Array:
    """A column's cells as integers, as floats, or as the words that they are."""
    for convert in (int, lambda cell: float(cell or "nan")):
        try:
            return np.array([convert(cell) for cell in cells])
        except ValueError:
            continue
    return np.array(cells)


def npz(table: Table) -> bytes:
    """An array for each column, and all else as JSON in the array `about`; `numpy.load` reads it. The same table is the same bytes."""
    about = np.array(json.dumps(table.about()))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, column in {**table.columns, "about": about}.items():
            array = BytesIO()
            np.lib.format.write_array(array, np.asarray(column), allow_pickle=False)
            file = ZipInfo(f"{name}.npy", FIRST)
            file.compress_type = ZIP_DEFLATED
            file.create_system = 3  # the same on every machine
            archive.writestr(file, array.getvalue())
    return packed.getvalue()


def read_npz(data: bytes) -> Table:
    """The table that `npz` wrote."""
    with np.load(BytesIO(data)) as archive:
        columns = {name: archive[name] for name in archive.files}
    about = json.loads(str(columns.pop("about")))
    return Table(about[TITLE], about[LINK], about[SETTINGS], columns, about["columns"])
