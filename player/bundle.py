"""The browser's modules as one script, for a page of a single file and for a program without a browser: each becomes a function that is called once.

A module can be part of one script if its exports never change (functions, classes, constants), it waits for nothing while it is read, no circle leads
back to it, and no text in it goes over the end of a line; tests/test_bundle.py holds the player's to that.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from player.assets import FILES

IMPORT = re.compile(r"""^import\s*(?:\{([^}]*)\}\s*from\s*)?["']([^"']+)["'];?[ \t]*$""", re.MULTILINE)
NAMED = re.compile(r"^export ((?:async )?function\*? |class |const )(\w+)", re.MULTILINE)
PARTS = re.compile(r"^export const [\[{]([^\]}=]*)[\]}] =", re.MULTILINE)
LIST = re.compile(r"(?:^|(?<=[;}]))export\s*\{([^}]*)\};?[ \t]*$", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*$|\bimport\s*\(.*$", re.MULTILINE)
REMARK = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)?\n|^[ \t]+", re.MULTILINE)  # lines that only speak to people, and indentation
CLOSING = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def bundle(entry: str, name: str = "", files: Mapping[str, bytes] = FILES) -> str:
    """A script that does what the module `entry`, "player/hosts/…", does when it is imported; of use inside <script>, of either kind.

    With a `name`, the script's only variable, it holds what the entry exports. Two bundles of the same files are the same text.
    Raises ValueError for a module that cannot be written so, and KeyError for one that is missing.
    """
    order: list[str] = []
    gather(entry, files, order)
    numbers = {module: f"m{i}" for i, module in enumerate(order)}
    modules = "\n".join(f"const {numbers[module]} = (() => {{\n{rewritten(module, files, numbers)}}})();" for module in order)
    returned = f"return {numbers[entry]};\n" if name else ""
    script = f'{f"var {name} = " if name else ""}(() => {{\n"use strict";\n{modules}\n{returned}}})();\n'
    return CLOSING.sub(r"\\x3C", script)


def gather(module: str, files: Mapping[str, bytes], order: list[str]) -> None:
    """Put a module behind all that it imports, each once, in the order in which a browser runs them."""
    if module in order:
        return
    for match in IMPORT.finditer(files[module].decode()):
        gather(beside(module, match[2]), files, order)
    order.append(module)


def beside(module: str, path: str) -> str:
    """The module that another one imports by this path."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), path))


def rewritten(module: str, files: Mapping[str, bytes], numbers: Mapping[str, str]) -> str:
    """A module's text as a function's body, which returns what it exports."""
    exported: dict[str, str] = {}

    def taken(match: re.Match[str]) -> str:
        names = ", ".join(f"{given}: {own}" if given != own else own for given, own in pairs(match[1] or "").items())
        return f"const {{ {names} }} = {numbers[beside(module, match[2])]};" if names else ""

    def given(match: re.Match[str]) -> str:
        exported[match[2]] = match[2]
        return match[1] + match[2]

    def several(match: re.Match[str]) -> str:
        exported.update({own: own for own in pairs(match[1]).values()})
        return match[0].removeprefix("export ")

    def listed(match: re.Match[str]) -> str:
        exported.update({other: own for own, other in pairs(match[1]).items()})
        return ""

    text = REMARK.sub("", IMPORT.sub(taken, files[module].decode()))
    text = LIST.sub(listed, PARTS.sub(several, NAMED.sub(given, text))).replace("import.meta.url", "document.baseURI")
    if left := LEFT.search(text):
        raise ValueError(f"{module}: {left[0]!r} cannot be part of one script")
    names = ", ".join(f"{other}: {own}" if other != own else own for other, own in exported.items())
    return f"{text}return {{ {names} }};\n"


def pairs(names: str) -> dict[str, str]:
    """{"a": "a", "b": "c"} of "a, b as c", of "a, b: c" too."""
    found = [re.split(r"\s+as\s+|\s*:\s*", name.strip()) for name in names.split(",") if name.strip()]
    return {parts[0]: parts[-1] for parts in found}
