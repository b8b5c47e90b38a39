"""One message to the browser, as bytes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from player import pack

over_kinds = pytest.mark.parametrize("kind", [np.float32, np.float64])


def unpacked(message: bytes) -> Any:
    """What the browser reads: the header's length in 8 bytes, the header, the arrays; each part at a multiple of 8."""
    length = int.from_bytes(message[:8], "little")
    header = json.loads(message[8 : 8 + length])
    first = -(-(8 + length) // 8) * 8
    arrays = []
    for array in header["arrays"]:
        at = first + array["at"]
        assert at % 8 == 0
        count = int(np.prod(array["shape"]))
        arrays.append(np.frombuffer(message, f"<{array['type']}", count, at).reshape(array["shape"]))

    def restored(node: Any) -> Any:
        if isinstance(node, dict):
            return arrays[node["$array"]] if "$array" in node else {key: restored(child) for key, child in node.items()}
        return [restored(child) for child in node] if isinstance(node, list) else node

    return restored(header["value"])


def same(one: Any, other: Any) -> bool:
    """Equal, arrays bit by bit and of the same type."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@over_kinds
@pytest.mark.parametrize("shape", [(0,), (1,), (3,), (2, 5), (7, 3), (3, 1, 2)], ids=str)
def test_an_array_comes_back_bit_by_bit(kind: type, shape: tuple[int, ...]):
    array = np.random.default_rng(1).normal(size=shape).astype(kind)
    assert same(array, unpacked(pack({"a": array}))["a"])


@over_kinds
@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "학습률 η"])
def test_arrays_are_aligned_whatever_the_header_is_long(kind: type, text: str):
    odd = np.arange(3, dtype=kind)  # 12 bytes as float32: what comes after it must be moved
    value = {text: [odd, {"text": text, "more": odd * 2}], "last": odd[:1]}
    message = pack(value)
    assert len(message) % 8 == 0
    assert same(value, unpacked(message))


def test_texts_numbers_and_nothing_come_back():
    value = {"a": None, "b": True, "c": [1, -2.5, "‖∇f‖ <b>", {}], "d": {"e": []}}
    assert unpacked(pack(value)) == value


def test_nan_and_infinity_travel_in_arrays():
    array = np.array([np.nan, np.inf, -np.inf, -0.0])
    assert same(array, unpacked(pack({"a": array}))["a"])


def test_an_array_in_any_order_of_memory_comes_back_as_it_reads():
    array = np.arange(12.0).reshape(3, 4)
    for view in (array.T, array[::-1], array[:, ::2], np.asfortranarray(array)):
        assert (unpacked(pack({"a": view}))["a"] == view).all()


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_number_that_json_cannot_say_is_refused(number: float):
    with pytest.raises(ValueError, match="JSON"):
        pack({"a": [number]})


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.float16, np.complex128, np.bool_, object])
def test_other_kinds_of_arrays_are_refused(kind: type):
    with pytest.raises(TypeError, match="float32 and float64"):
        pack({"a": np.zeros(2, dtype=kind)})
