"""One message to the browser: a JSON header in which every array is a reference, then the arrays' bytes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

KINDS = ("f4", "f8", "u1", "u2")  # floats of 4 and 8 bytes, whole numbers of 1 and 2


def pack(value: Any) -> bytes:
    """Bytes that `unpack.js` turns back into `value`: nested dicts, lists, texts and numbers, and arrays of any shape of `KINDS`.

    Layout: the header's length (8 bytes, little endian), the header, the arrays; each part begins at a multiple of 8, and the arrays' places
    count from the first of them. Equal arrays are there once.
    Raises ValueError for a number that JSON cannot say and TypeError for any other kind of array.
    """
    arrays: list[dict[str, Any]] = []
    blocks: list[bytes] = []
    places: dict[tuple[Any, ...], int] = {}  # by kind, shape and bytes

    def refer(node: Any) -> Any:
        if isinstance(node, np.ndarray):
            kind = f"{node.dtype.kind}{node.dtype.itemsize}"
            if kind not in KINDS:
                raise TypeError(f"an array of {node.dtype} cannot be packed; allowed are float32 and float64, uint8 and uint16")
            block = np.asarray(node, dtype=f"<{kind}", order="C").tobytes()
            place = places.setdefault((kind, node.shape, block), len(arrays))
            if place == len(arrays):
                blocks.append(block)
                arrays.append({"type": kind, "shape": node.shape})
            return {"$array": place}
        if isinstance(node, dict):
            return {key: refer(child) for key, child in node.items()}
        if isinstance(node, (list, tuple)):
            return [refer(child) for child in node]
        return node

    body = refer(value)
    at = 0
    for array, block in zip(arrays, blocks, strict=True):
        array["at"] = at
        at += padded(len(block))
    header = json.dumps({"value": body, "arrays": arrays}, allow_nan=False).encode()
    parts = [len(header).to_bytes(8, "little") + header, *blocks]
    return b"".join(part.ljust(padded(len(part)), b"\0") for part in parts)


def padded(length: int) -> int:
    """The next multiple of 8."""
    return -(-length // 8) * 8
