"""Reads IDX files, the form in which MNIST and its kin are spread; compressed ones (.gz) too."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np

from core import Array, InputError, N_

BYTES = 0x08  # the type that all these files have
MOST = 2**30  # bytes of a file, unpacked
KINDS = {1: N_("labels"), 3: N_("images")}  # by the number of axes
NAMES = {  # as these files are spread, without what compressing adds to the name
    "training": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}


def read_idx(path: Path, axes: int) -> Array:
    """The file's array of bytes, with so many axes: 3 for images (N, height, width), 1 for labels (N,).

    Raises InputError where it is not there, cannot be unpacked, is no such file or another one, ends too early or goes on after its end.
    """
    raw = content(path)
    if len(raw) < 4 or raw[:2] != b"\0\0" or raw[2] != BYTES:
        raise InputError(N_("{file}: this is no IDX file of bytes; it begins with {value}."), file=path.name, value=raw[:4].hex(" ") or "–")
    if raw[3] != axes:
        template = N_("{file}: these are {kind}, and {wanted} were looked for; the files may be swapped.")
        named, wanted = (InputError(KINDS.get(each, N_("arrays of another shape"))) for each in (raw[3], axes))
        raise InputError(template, file=path.name, kind=named, wanted=wanted)
    begin = 4 + 4 * axes
    shape = tuple(int.from_bytes(raw[i : i + 4], "big") for i in range(4, begin, 4))
    wanted = begin + int(np.prod(shape, dtype=object))
    if len(raw) < begin or len(raw) != wanted:
        template = N_("{file}: {value} bytes, where its head speaks of {wanted}: it is torn, or not what it says.")
        raise InputError(template, file=path.name, value=len(raw), wanted=wanted)
    return np.frombuffer(raw, np.uint8, offset=begin).reshape(shape)


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked where its name says so."""
    try:
        if not path.name.endswith(".gz"):
            with path.open("rb") as plain:
                raw = plain.read(MOST + 1)
        else:
            with gzip.open(path) as packed:
                raw = packed.read(MOST + 1)
    except FileNotFoundError:
        raise InputError(N_("{file} is not there."), file=path.name) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputError(N_("{file} cannot be unpacked: it is torn, or no gzip file."), file=path.name) from None
    except OSError as problem:
        raise InputError(N_("{file} cannot be read: {reason}."), file=path.name, reason=problem.strerror or str(problem)) from None
    if len(raw) > MOST:
        raise InputError(N_("{file} is larger than {most} bytes."), file=path.name, most=MOST)
    return raw


def read_pair(images: Path, labels: Path) -> tuple[Array, Array]:
    """Images (N, height, width) and as many labels (N,), as `read_idx` reads them; raises InputError too where there are not as many of both."""
    seen, named = read_idx(images, 3), read_idx(labels, 1)
    if len(seen) != len(named):
        template = N_("{file} has {value} images, and {other} has {n} labels.")
        raise InputError(template, file=images.name, value=len(seen), other=labels.name, n=len(named))
    if not seen.size:
        raise InputError(N_("{file} holds no images."), file=images.name)
    return seen, named


def read_folder(folder: Path, part: str) -> tuple[Array, Array]:
    """Images and labels of a part, "training" or "test", from the files that have their usual names in a folder, compressed or not."""
    found = [path if path.exists() else path.with_name(f"{name}.gz") for name in NAMES[part] for path in [folder / name]]
    return read_pair(*found)
