"""Where something is from, in fields: BibTeX is made of it."""

from __future__ import annotations

from dataclasses import dataclass

PLACES = {
    "article": "journal",
    "inproceedings": "booktitle",
    "book": "publisher",
    "techreport": "institution",
    "misc": "howpublished",
}  # BibTeX's words


@dataclass(frozen=True)
class Citation:
    """A work: `authors` as BibTeX has them, "Kingma, Diederik P. and Ba, Jimmy", `where` its journal, its proceedings or whoever published it.

    `kind` is one of PLACES. Of an `edited` book the names are the editors'. Letters are written as they are, é and ü; what is not known is empty.
    """

    key: str
    kind: str
    authors: str
    title: str
    year: int
    where: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    edited: bool = False
