"""What a link names: a page, and settings of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from core import InputError, N_
from lessons import LESSONS
from lessons.parts.link import table as of_lessons
from links import Flat, Table
from links.data import DATA, is_data
from links.explore import EXPLORE
from links.race import RACE
from links.train import TRAIN

PAGES = {"race": RACE, "data": DATA, "explore": EXPLORE, "train": TRAIN}
LINKS = PAGES | {"lessons": of_lessons(LESSONS)}  # these too have files of their own
NOTHING = "catalogue"  # a page without anything to save


@dataclass(frozen=True)
class Asked:
    """What a link asks for: the page's name, its settings, and the address of the page as far as it is known, without the settings."""

    page: str
    flat: Flat
    base: str

    @property
    def table(self) -> Table:
        return LINKS[self.page]

    @property
    def link(self) -> str:
        """The whole link, with every setting, so that it says the same when a usual value changes, and with the step where it names one."""
        moment = {key: self.flat[key] for key in sorted(self.table.passing) if key in self.flat}
        return f"{self.base}?{urlencode(self.table.write(self.flat) | moment)}"

    @property
    def file(self) -> str:
        """What the page shows, as a file's name without its ending."""
        flat = self.flat
        if self.page == "lessons":
            return flat["lesson"] or self.page
        if self.page == "train":
            return "_".join(["train", flat["data"], flat["hidden"]])
        if self.page == "explore":
            return "_".join([flat["view"], flat["surface"], *([] if flat["view"] == "best" else [flat["1.rule"]])])
        return "_".join([flat["surface"], "-".join(flat[f"{i}.rule"] for i in range(1, flat["lanes"] + 1))])


def asked(link: str, language: str = "en") -> tuple[Asked, list[InputError]]:
    """What a link asks for, and a complaint for everything in it that was ignored.

    The link is a whole address, or a part of it: "explore?measure=final", or the settings alone, of a race. Raises InputError for the address of
    another page.
    """
    base, mark, query = link.partition("?")
    if not mark and "=" in base:
        base, query = "", base
    query = query.partition("#")[0]
    name = urlsplit(base).path.rstrip("/").rpartition("/")[2]
    if name == NOTHING:
        raise InputError(N_("{link}: the catalogue has nothing to save; links of {pages} have."), link=link[:80], pages=", ".join(LINKS))
    page = name if name in LINKS else "data" if not base and is_data(dict(parse_qsl(query))) else "race"
    flat, complaints = LINKS[page].read_link(query, language)
    return Asked(page, flat, base or ("" if page == "race" else page)), complaints
