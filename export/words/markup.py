"""A caption in the markup of notes: plain text, LaTeX, Markdown, Quarto.

A caption is text in which single characters of the private area stand for what each markup writes in its own way: a formula, or works that are cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from core.symbol import GREEK

FIRST = 0xE000  # of the private area
MARK = re.compile("[\ue000-\uf8ff]")


@dataclass
class Caption:
    """A caption on its way: `marked` puts a formula or citations into it."""

    text: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)  # ("formula", LaTeX) or ("cite", keys with commas between them)

    def marked(self, kind: str, what: str) -> str:
        """The character that stands for this; nothing for nothing."""
        self.marks.append((kind, what))
        return chr(FIRST + len(self.marks) - 1) if what else ""

    def written(self, write: Callable[[str], str], marks: dict[str, Callable[[str], str]]) -> str:
        """The caption with its text, and each kind of mark, written so."""
        pieces, at = [], 0
        for found in MARK.finditer(self.text):
            kind, what = self.marks[ord(found[0]) - FIRST]
            pieces += [write(self.text[at : found.start()]), marks[kind](what)]
            at = found.end()
        return "".join([*pieces, write(self.text[at:])])


# LaTeX

RAISED = dict(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {each: f"\\{each}" for each in "{}$&#_%"}
GREEKS = {letter: rf"\{name}" for name, letter in GREEK.items()}
SIGNS = GREEKS | {
    "−": "-", "∇": r"\nabla", "≤": r"\le", "≥": r"\ge", "≈": r"\approx", "×": r"\times", "·": r"\cdot", "∞": r"\infty", "√": r"\surd", "→": r"\to",
    "‖": r"\|", "°": r"^\circ", "½": r"\tfrac12", "ℓ": r"\ell", "⁺": "^+", "★": r"\star", "²": "^2", "³": "^3", "ᵀ": r"^{\mathsf T}",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "",
}  # fmt: skip
PLAIN = {"…": r"\dots{}", "–": "--", "—": "---", "“": "``", "”": "''", "’": "'", "‘": "`", "\u00a0": "~", "<": r"\textless{}", ">": r"\textgreater{}"}
NUMBER = re.compile(r"(−?(\d[\d.]*\d|\d)(?:e(−?\d+))?)|.", re.DOTALL)
JOINED = re.compile(r"(?<!\\)\$\$")  # what follows each other in mathematics mode is one formula


def latex(text: str) -> str:
    """The text for LaTeX: signs and Greek letters in mathematics mode, what has a meaning to it escaped."""
    return JOINED.sub("", "".join(number(found) if found[1] else character(found[0]) for found in NUMBER.finditer(text)))


def number(found: re.Match[str]) -> str:
    """A number; in mathematics mode where it has a minus or an exponent."""
    minus, digits, exponent = found[1].startswith("−"), found[2], (found[3] or "").replace("−", "-")
    if not (minus or exponent):
        return digits
    power = rf"10^{{{exponent}}}" if exponent else ""
    shown = power if digits == "1" and power else rf"{digits} \cdot {power}" if power else digits
    return f"${'-' if minus else ''}{shown}$"


def character(each: str) -> str:
    if each in RAISED:
        return f"$^{{{RAISED[each]}}}$"
    if each in LOWERED:
        return f"$_{{{LOWERED[each]}}}$"
    return f"${SIGNS[each]}$" if each in SIGNS else SPECIAL.get(each, PLAIN.get(each, each))


def cited(keys: str) -> str:
    return rf"~\cite{{{keys}}}"


def in_latex(caption: Caption) -> str:
    return caption.written(latex, {"formula": lambda it: rf", $f(x, y) = {it}$", "cite": cited})


def figure(caption: Caption, file: str, link: str) -> str:
    """A figure environment; LaTeX finds the file's ending by itself."""
    return (
        f"% {link}\n\\begin{{figure}}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{{{file}}}\n"
        f"  \\caption{{{in_latex(caption)}}}\n  \\label{{fig:{file}}}\n\\end{{figure}}\n"
    )


# Markdown


def escaped(text: str) -> str:
    """The text for Markdown."""
    return re.sub(r"([\\`*_\[\]<>$~^])", r"\\\1", text)


def address(link: str) -> str:
    """A link between parentheses."""
    return quote(link, safe="/:?&=%#[]!$'*+,;@~-._")


def markdown(caption: Caption, file: str, link: str) -> str:
    """A picture with its caption, which leads to the page."""
    said = caption.written(escaped, {"formula": lambda it: f", $f(x, y) = {it}$", "cite": lambda _: ""})
    return f"[![{alternative(caption)}]({file}.svg)]({address(link)})\n\n*{said}* [Descent Lab]({address(link)})\n"


def quarto(caption: Caption, file: str, link: str) -> str:
    """A figure that Quarto numbers, and whose works it cites."""
    marks = {"formula": lambda it: f", $f(x, y) = {it}$", "cite": lambda keys: " [" + "; ".join(f"@{key}" for key in keys.split(",")) + "]"}
    label = re.sub(r"[^a-z0-9]+", "-", file.lower()).strip("-")
    said = caption.written(escaped, marks)
    return f'![{said} [Descent Lab]({address(link)})]({file}.svg){{#fig-{label} fig-alt="{alternative(caption)}"}}\n'


def plain(caption: Caption) -> str:
    return caption.written(lambda text: text, {"formula": lambda _: "", "cite": lambda _: ""})


def alternative(caption: Caption) -> str:
    """The first sentence, for those who do not see the picture."""
    return re.sub(r'[\[\]"]', "", plain(caption).partition(". ")[0])
