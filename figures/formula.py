"""A rule's formula as MathML, and the same formula with places into which the browser writes the numbers of a step."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from latex2mathml.converter import convert

from core import parameters
from optimizers import Optimizer

OPAQUE = r"\\(?:text|mathrm|begin|end)\{[^}]*\}|\\[A-Za-z]+|\\."  # the letters in these are no symbols
CONDITION = re.compile(r"&(?!\s*\\)[^&]*?(?=\\\\|\\end\{cases\})")
RELATION = re.compile(r"\s*&?\s*(?:\\leftarrow|=)\s*")
OPEN, CLOSE = "\x00", "\x01"  # around the name of a place, until all of the LaTeX is put together


@lru_cache(maxsize=1024)
def mathml(latex: str) -> list[Any]:
    """LaTeX as MathML, which browsers draw themselves, as [tag, attributes, *children]: the browser makes elements of it and parses nothing."""
    return tree(ElementTree.fromstring(convert(latex).replace("<mo>&#x02016;", '<mo stretchy="false">&#x02016;')))


def tree(node: ElementTree.Element) -> list[Any]:
    return [node.tag.rpartition("}")[2], dict(node.attrib), *([node.text] if node.text else []), *map(tree, node)]


def lines(formula: str) -> list[str]:
    """The lines of a formula in LaTeX; the rows of `cases` belong to one line."""
    body = formula.replace(r"\begin{aligned}", "").replace(r"\end{aligned}", "")
    found, depth = [""], 0
    for piece in re.split(r"(\\\\|\\begin\{cases\}|\\end\{cases\})", body):
        depth += piece.startswith(r"\begin") - piece.startswith(r"\end")
        if piece == r"\\" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return [line.strip() for line in found]


def worked(rule: type[Optimizer], vectors: Collection[str], scalars: Collection[str]) -> list[tuple[str, str]]:
    """Each line of the rule's formula in LaTeX, together with the same line worked out: places for numbers instead of symbols, and its result.

    `vectors` and `scalars` name what is known of a step, "p" and "g" among them; any other symbol stays. A place is \\text{#name:when}, with :0 or :1
    for a coordinate of a vector. `when` is "before" if this line or a later one assigns the symbol, so that it still has the value from before the
    step, else "after". A hyperparameter's place is \\text{#name}.
    """
    known = {latex: name for name in (*vectors, *scalars) if (latex := rule.symbol(name).latex)}
    settings = {allowed.symbol: name for name, allowed in parameters(rule).items() if allowed.symbol}
    everything = {"t": "t"} | known | settings
    tokens = sorted(everything, key=len, reverse=True)
    ends = {token: r"(?![A-Za-z_])" if token.startswith("\\") else "(?!_)" for token in tokens}
    pattern = re.compile(f"(?P<known>{'|'.join(re.escape(token) + end for token, end in ends.items())})|{OPAQUE}")
    split = [[RELATION.split(part, maxsplit=1) for part in re.split(r",\s*\\quad", line)] for line in lines(rule.formula)]
    assigned: dict[str, int] = {}
    for row, parts in enumerate(split):
        for part in parts:
            if len(part) == 2:
                assigned.setdefault(part[0].strip(), row)

    def place(token: str, row: int | None) -> str:
        name = everything[token]
        if token in settings or name == "t":
            return f"{OPEN}{name}{CLOSE}"
        before = row is not None and (name == "p" or row <= assigned.get(token, -1))
        when = "before" if before else "after"
        if name in scalars:
            return f"{OPEN}{name}:{when}{CLOSE}"
        return rf"{{\begin{{pmatrix}} {OPEN}{name}:{when}:0{CLOSE} \\ {OPEN}{name}:{when}:1{CLOSE} \end{{pmatrix}}}}"

    def with_places(right: str, row: int) -> str:
        kept: list[str] = []  # the conditions of `cases`, which stay symbols

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"\x02{len(kept) - 1}\x02"

        right = CONDITION.sub(keep, right)
        right = pattern.sub(lambda match: place(match["known"], row) if match["known"] else match[0], right)
        right = re.sub(rf"([\d{CLOSE}])\s*(?:\\,)?\s*(?={OPEN})", r"\1 \\cdot ", right)  # 0.9 0.1 would read as one number
        return re.sub("\x02(\\d+)\x02", lambda match: kept[int(match[1])], right)

    result = []
    for row, (line, parts) in enumerate(zip(lines(rule.formula), split, strict=True)):
        done: set[str] = set()
        texts = []
        for part in parts:
            left = part[0].strip()
            if len(part) == 1 or left in done:  # a remark
                continue
            done.add(left)
            relation = r"\leftarrow" if re.match(rf"{re.escape(part[0])}\s*&?\s*\\leftarrow", line) else "="
            end = f" = {place(left, None)}" if left in known else ""
            texts.append(f"{left} {relation} {with_places(part[1], row)}{end}")
        text = r", \quad ".join(texts)
        plain = line.replace("&", "", 1 if "cases" in line else -1)
        result.append((plain, text.replace(OPEN, r"\text{#").replace(CLOSE, "}")))
    return result
