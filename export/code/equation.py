"""A formula of LaTeX as lines of text, for a comment: m ← β₁ m + (1 − β₁) g."""

from __future__ import annotations

import re
import unicodedata

from core.symbol import GREEK, HAT

WIDE, OPEN, CLOSE = "\u2003", "\ue000", "\ue001"  # a wide space; a fraction's ends
TOKEN = re.compile(r"\\begin\{\w+\}|\\end\{\w+\}|\\\\|\\[a-zA-Z]+|\\.|\s+|.")
RAISED = dict(zip("0123456789+-()nitkT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵗᵏᵀ", strict=True))
LOWERED = dict(zip("0123456789+-itkn", "₀₁₂₃₄₅₆₇₈₉₊₋ᵢₜₖₙ", strict=True))
SIGNS = {f"\\{name}": letter for name, letter in GREEK.items()} | {
    r"\leftarrow": "←", r"\cdot": "·", r"\times": "×", r"\nabla": "∇", r"\le": "≤", r"\ge": "≥", r"\infty": "∞", r"\lVert": "‖", r"\rVert": "‖",
    r"\|": "‖", r"\top": "T", r"\ell": "ℓ", r"\lfloor": "⌊", r"\rfloor": "⌋", r"\sum": "Σ", r"\prod": "Π", r"\dots": "…", r"\pm": "±",
    r"\sigma": "σ", r"\epsilon": "ε", r"\quad": WIDE, r"\bmod": "mod", r"\phi": "φ", r"\_": "_",
}  # fmt: skip
SILENT = {r"\left", r"\right", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\big", r"\Big", r"\,", r"\;", r"\!", r"\:", "&", r"\displaystyle"}
WORDS = {r"\text", r"\mathrm", r"\operatorname", r"\mathsf"}
PARTS = {("1", "2"): "½", ("1", "4"): "¼", ("1", "3"): "⅓", ("1", "5"): "⅕", ("1", "6"): "⅙"}
FUNCTIONS = {r"\sin", r"\cos", r"\tan", r"\tanh", r"\exp", r"\log"}
ATOM = re.compile(r"[\d.]*|[^\W\d][\u0302₀-₉₊₋ᵢₜₖₙ⁰¹²³⁴-⁹⁺⁻ⁿⁱᵗᵏᵀ]*(_\w+|_∞)?|∞|√?\([^()]*\)|√\w")
FACTOR = re.compile(r"\s*[^\s+−=←)\],;.}|\ue001\u2003\n\t]")  # what a fraction would be multiplied by


def lines(formula: str) -> list[str]:
    """The lines of a formula."""
    text = bracketed(Reader(re.sub(r"\\(begin|end)\{aligned\}", "", formula)).until()).replace("\t", "").replace("∇ ", "∇")
    text = re.sub(r"(⌊|‖) ([^⌊⌋‖\n]*) (⌋|‖)", r"\1\2\3", text)
    return [re.sub(r" +", " ", line).replace(WIDE, "  ").strip(" ,") for line in text.split("\n") if line.strip()]


def bracketed(text: str) -> str:
    """The text with its fractions between parentheses where something is multiplied by them."""
    while OPEN in text:
        begin = text.rindex(OPEN)
        end = text.index(CLOSE, begin)
        inner, after = text[begin + 1 : end], text[end + 1 :]
        text = text[:begin] + (f"({inner})" if FACTOR.match(after) else inner) + after
    return text


class Reader:
    """Reads tokens one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.at = 0

    def until(self, end: str = "") -> str:
        """The text up to this token, which is taken too."""
        found: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == end:
                break
            found.append(self.piece(token))
        return unicodedata.normalize("NFC", "".join(found))

    def piece(self, token: str) -> str:
        """What a token says, with what belongs to it."""
        if token == "{":
            return self.until("}")
        if token in (r"\frac", r"\dfrac", r"\tfrac"):
            over, under = self.argument(), self.argument()
            return PARTS.get((over, under)) or f"{OPEN}{grouped(over)} / {grouped(under)}{CLOSE}"
        if token in FUNCTIONS and self.following().startswith(r"\frac"):
            return f"{token[1:]}({bracketed(self.argument())})"
        if token == r"\sqrt":
            return f"√{grouped(self.argument())}"
        if token == r"\hat":
            return self.argument() + HAT
        if token in ("^", "_"):
            return placed(self.argument(), token)
        if token == r"\begin{cases}":
            return choice(self.until(r"\end{cases}"))
        if token in WORDS:
            return self.argument()
        if token == r"\\":
            return "\n"
        if token == "&":
            return "\t"
        if token in SILENT:
            return " " if token in (r"\,", r"\;") else ""
        if token in SIGNS:
            return SIGNS[token]
        if token == "-":
            return "−"
        return " " if token.isspace() else token.removeprefix("\\")

    def following(self) -> str:
        """The next token that is no space; empty at the end."""
        return next((token for token in self.tokens[self.at :] if not token.isspace()), "")

    def argument(self) -> str:
        """The next group, or the next token."""
        while self.tokens[self.at].isspace():
            self.at += 1
        self.at += 1
        return self.piece(self.tokens[self.at - 1]).strip()


def grouped(text: str) -> str:
    text = bracketed(text)
    return text if ATOM.fullmatch(text) else f"({text})"


def placed(text: str, sign: str) -> str:
    """An exponent or an index, in small figures where there are such."""
    small = RAISED if sign == "^" else LOWERED
    plain = text.replace("−", "-")
    if set(plain) <= set(small):
        return "".join(small[each] for each in plain)
    return f"{sign}{text if sign == '_' and text.isalpha() else grouped(text)}"


def choice(rows: str) -> str:
    """The rows of a choice in one line: "{ a if c; b otherwise }"."""
    said = []
    for row in rows.split("\n"):
        value, _, when = (bracketed(part).strip() for part in row.partition("\t"))
        said.append(f"{value} {when}" if when.startswith("otherwise") else f"{value} if {when.removeprefix('if ')}")
    return f"{{ {'; '.join(said)} }}"
