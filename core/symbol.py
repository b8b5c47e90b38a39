"""How the things that a rule remembers and shows are written: in a formula, and in a line of text."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
GREEK: dict[str, str] = dict(zip(f"{SMALL} {CAPITAL}".split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"


class Symbol(NamedTuple):
    """A symbol as LaTeX, and as text; what is words and no symbol has no LaTeX, and its text is marked with `N_`."""

    latex: str
    text: str


def spelled(name: str) -> Symbol:
    """The symbol that a name says: `m`, `m_hat` m̂, `v_max` max v, `rho` ρ; a longer word stands upright."""
    letter, _, mark = name.partition("_")
    latex = f"\\{letter}" if letter in GREEK else letter if len(letter) == 1 else rf"\mathrm{{{letter}}}"
    text = GREEK.get(letter, letter)
    if not mark:
        return Symbol(latex, text)
    if mark == "hat":
        return Symbol(rf"\hat {latex}", unicodedata.normalize("NFC", text + HAT))
    if mark in ("max", "min"):
        return Symbol(rf"{latex}_{{\{mark}}}", f"{mark} {text}")
    return Symbol(rf"{latex}_{{\mathrm{{{mark}}}}}", f"{text}_{mark}")
