"""The words of a figure: its caption with all settings, in plain text and in the markup of notes, and BibTeX of the works behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core import InputError, N_
from export.address import Asked
from export.words import bibtex, markup
from export.words.caption import caption, entries
from links.entries import named, surface_of
from locales import speaking

__all__ = ["FORMS", "file", "words"]

Form = Callable[[Asked, str], str]


def text(asked: Asked, _file: str) -> str:
    return f"{markup.plain(caption(asked))}\n{asked.link}\n"


def latex(asked: Asked, file: str) -> str:
    return markup.figure(caption(asked), file, asked.link)


def markdown(asked: Asked, file: str) -> str:
    return markup.markdown(caption(asked), file, asked.link)


def quarto(asked: Asked, file: str) -> str:
    return markup.quarto(caption(asked), file, asked.link)


def works(asked: Asked, _file: str) -> str:
    return bibtex.of(entries(asked))


FORMS: Mapping[str, tuple[str, Form]] = {  # by its name the end of its file's name, and what makes it
    "text": (".txt", text),
    "latex": (".tex", latex),
    "markdown": (".md", markdown),
    "quarto": (".qmd", quarto),
    "bibtex": (".bib", works),
}


def words(asked: Asked, form: str, name: str = "", language: str = "") -> str:
    """The figure's words in a form of FORMS. `name` is the picture's file without its ending, `language` the caption's where it is not the link's.

    Raises InputError for another form.
    """
    if form not in FORMS:
        raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="form", value=form, allowed=", ".join(FORMS))
    with speaking(language or asked.flat["lang"]):
        return FORMS[form][1](asked, name or file(asked))


def file(asked: Asked) -> str:
    """A name for the figure, without an ending."""
    if asked.page == "train":
        return "train"
    rules = "-".join(asked.flat[f"{i}.rule"] for i in range(1, asked.flat.get("lanes", 1) + 1))
    first = f"{asked.page}_{named(surface_of(asked.flat))}" if asked.page == "explore" else named(surface_of(asked.flat))
    return f"{first}_{rules}" + (f"_step{asked.flat['at']}" if "at" in asked.flat else "")
