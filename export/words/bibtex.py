"""Citations as BibTeX, in ASCII: letters with accents as LaTeX writes them, capitals that are to stay in braces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from core import Citation, Entry
from core.citation import PLACES

ACCENTS = {
    "\N{COMBINING ACUTE ACCENT}": "'",
    "\N{COMBINING GRAVE ACCENT}": "`",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "^",
    "\N{COMBINING DIAERESIS}": '"',
    "\N{COMBINING TILDE}": "~",
    "\N{COMBINING CEDILLA}": "c ",
    "\N{COMBINING CARON}": "v ",
}
LETTERS = {"Ł": r"{\L}", "ł": r"{\l}", "ø": r"{\o}", "Ø": r"{\O}", "ß": r"{\ss}", "æ": r"{\ae}", "²": "$^2$", "–": "--", "’": "'", "&": r"\&"}
CAPITALS = re.compile(r"\b[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b|(?<=\()[A-Z](?=\()|\bO(?=\()")  # SGDR, AdaBelief: styles lower a title's letters
NAMES = ("Adam", "Adan", "Rprop", "Nesterov", "Newton", "Hessian", "ImageNet", "Muon")  # of people and things in titles


def bibtex(citations: Iterable[Citation]) -> str:
    """An entry for each work, each work once, in the order in which they come."""
    return "\n".join(entry(citation) for citation in dict.fromkeys(citations))


def of(entries: Iterable[type[Entry]]) -> str:
    """The BibTeX of what a figure shows; a comment says which of it nobody wrote a paper on."""
    entries = list(dict.fromkeys(entries))
    without = [f"% {ascii_of(each.title)}: {ascii_of(each.uncited)}\n" for each in entries if not each.citations and each.uncited]
    return bibtex(citation for each in entries for citation in each.citations) + ("\n" + "".join(dict.fromkeys(without)) if without else "")


def entry(work: Citation) -> str:
    """A work's entry."""
    fields = {
        "editor" if work.edited else "author": ascii_of(work.authors),
        "title": title(work.title),
        PLACES[work.kind]: ascii_of(work.where),
        "volume": work.volume,
        "number": work.number,
        "pages": work.pages,
        "year": str(work.year),
        "doi": work.doi,
        "eprint": work.arxiv,
        "archiveprefix": "arXiv" if work.arxiv else "",
        "url": work.url or (f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv and not work.doi else ""),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{work.kind}{{{work.key},\n{''.join(lines)}}}\n"


def title(text: str) -> str:
    """A title whose names and abbreviations keep their capitals."""
    kept = re.sub(rf"\b({'|'.join(NAMES)})\b", r"{\1}", CAPITALS.sub(r"{\g<0>}", text))
    return ascii_of(kept.replace("{{", "{").replace("}}", "}"))


def ascii_of(text: str) -> str:
    """The text in ASCII, accents as LaTeX has them."""
    return "".join(letter(each) for each in text)


def letter(each: str) -> str:
    if each in LETTERS:
        return LETTERS[each]
    base, *marks = unicodedata.normalize("NFD", each)
    if not marks or marks[0] not in ACCENTS:
        return each
    return rf"{{\{ACCENTS[marks[0]]}{base}}}"
