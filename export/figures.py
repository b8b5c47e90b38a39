"""What is to be made: figures, from the command line's links or from a TOML file, each with its options and where it was asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core import InputError
from export.address import Asked, asked
from export.options import Options, Refused, option

NAME = re.compile(r"[\w][\w.+ -]{0,99}")


@dataclass(frozen=True)
class Figure:
    """One link, what is to be made of it, under which name, and where that was said: "figures.toml, line 3: "."""

    asked: Asked
    options: Options
    name: str
    where: str = ""


def figure(link: Any, options: Options, name: str = "", where: str = "") -> Figure:
    """The figure of a link. Raises Refused for one that is wrong in anything."""
    if not isinstance(link, str):
        raise Refused(f"{where}link = {link!r}: not a text.")
    try:
        its, complaints = asked(link, options.language or "en")
    except InputError as reason:
        raise Refused(f"{where}{reason}") from None
    if complaints:
        raise Refused("\n".join(f"{where}{refusal(each)}" for each in complaints))
    if options.language and its.flat["lang"] != options.language:
        its = replace(its, flat=its.flat | {"lang": options.language})
    if not NAME.fullmatch(name or "a"):
        raise Refused(f"{where}name = {name!r}: allowed is a file's name without its ending, of letters, digits, and . + - _")
    last, lanes = its.flat.get("steps", 0), its.flat.get("lanes", 1)
    for key, value, most in [("step", options.step, last), *(("strip", k, last) for k in options.strip), ("lane", options.lane, lanes)]:
        if value is not None and value > most:
            raise Refused(f"{where}{key} = {value}: allowed is at most {most} with this link.")
    if options.step is not None and "at" in its.table.passing:
        its = replace(its, flat=its.flat | {"at": options.step})  # the link that stands in the files leads to what they show
    return Figure(its, options, name, where)


def refusal(complaint: InputError) -> str:
    """What is wrong with a setting of a link, where it is not ignored but refused."""
    said = complaint.values
    head = f"{said.get('name', '')}={said.get('value', '')}"
    if "allowed" in said:
        return f"{head}: allowed is {said['allowed']}."
    if "reason" in said:
        return f"{head}: {said['reason']}"
    return f"{head}: this page has no such setting." if set(said) == {"name", "value"} else str(complaint)


def from_file(path: Path, given: Mapping[str, Any]) -> list[Figure]:
    """The figures of a TOML file: a table each, [name] or [[figure]], with a link and options; options before all tables hold for all of them, and
    those given on the command line for everything that says nothing else. Raises Refused with the line.
    """
    try:
        text = path.read_text("utf-8")
        content = tomllib.loads(text)
    except OSError as reason:
        raise Refused(f"{path}: {reason.strerror or reason}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise Refused(f"{path}: {reason}.") from None
    common = {key: value for key, value in content.items() if not is_table(value)}
    usual = read(common, f"{path}", text, 0, dict(given))
    found = []
    for key, value in content.items():
        tables = value if isinstance(value, list) else [value]
        for k, table in enumerate(tables if is_table(value) else []):
            header = place(text, rf"\[\[?\s*[\"']?{re.escape(key)}[\"']?\s*\]\]?", k)
            own = {name: each for name, each in table.items() if name not in ("link", "name")}
            options = read(own, f"{path}", text, header, usual)
            where = f"{path}, line {line_of(text, 'link', header)}: "
            if "link" not in table:
                raise Refused(f"{path}, line {header or 1}: there is no link in this figure.")
            name = table.get("name", "" if isinstance(value, list) else key)
            found.append(figure(table["link"], Options(**options), str(name), where))
    if not found:
        raise Refused(f"{path}: there is no figure in it: a table [name] or [[figure]] with a link.")
    return found


def is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value))


def read(table: Mapping[str, Any], path: str, text: str, header: int, usual: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a table, over those that are usual."""
    found = dict(usual)
    for name, value in table.items():
        try:
            found[name] = option(name, value)
        except Refused as reason:
            raise Refused(f"{path}, line {line_of(text, name, header)}: {reason}") from None
    return found


def place(text: str, pattern: str, k: int) -> int:
    """The number of the k-th line that the pattern begins; 0 without one."""
    numbers = [i for i, line in enumerate(text.splitlines(), start=1) if re.match(rf"\s*{pattern}", line)]
    return numbers[k] if k < len(numbers) else 0


def line_of(text: str, key: str, header: int) -> int:
    """The number of the line on which a table, whose header stands on a line, sets a key; that of the header where it stands elsewhere."""
    lines = text.splitlines()
    for i, line in enumerate(lines[header:], start=header + 1):
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return i
        if line.lstrip().startswith("["):
            break
    return header or 1
