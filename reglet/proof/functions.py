"""A function of a PDF and what goes into it in, what comes of it out (ISO 32000-1 §7.10)."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

from reglet.proof.calculator import calculate


class UnknownFunctionError(Exception):
    """A function that is broken, or of a kind that there is not; its words say which."""


Values = Sequence[float]

_WIDEST = 8  # values between whose samples there is time to look


def evaluate(function: Any, values: Values) -> list[float]:
    """Return the values of a function, or those of several, one each."""
    import pikepdf  # heavy

    if isinstance(function, pikepdf.Array):
        return [value for each in function for value in evaluate(each, values)]
    kind = int(function.get("/FunctionType", -1))
    if kind not in _KINDS:
        raise UnknownFunctionError(f"there is no function of type {kind}")
    try:
        given = _clipped(values, _pairs(function.Domain))
        found = _KINDS[kind](function, given)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnknownFunctionError(f"a function is broken: {error}") from error
    return _clipped(found, _pairs(function.Range)) if "/Range" in function else found


def _sampled(function: Any, values: Values) -> list[float]:
    """Type 0: between the samples next to the place, by how near they are."""
    sizes = [int(size) for size in function.Size]
    bits, ranges = int(function.BitsPerSample), _pairs(function.Range)
    domain = _pairs(function.Domain)
    encode = _pairs(function.get("/Encode", [n for size in sizes for n in (0, size - 1)]))
    decode = _pairs(function.get("/Decode", function.Range))
    places = [
        min(max(_mapped(value, *span, *into), 0), size - 1)
        for value, span, into, size in zip(values, domain, encode, sizes, strict=True)
    ]
    if len(places) > _WIDEST:
        raise ValueError(f"samples of {len(places)} values")
    data, most, count = function.read_bytes(), (1 << bits) - 1, len(ranges)
    found = [0.0] * count
    for corner in product((0, 1), repeat=len(places)):
        share, index, step = 1.0, 0, 1
        for place, up, size in zip(places, corner, sizes, strict=True):
            low = min(int(place), max(size - 2, 0))
            share *= place - low if up else 1 - (place - low)
            index, step = index + min(low + up, size - 1) * step, step * size
        for output in range(count) if share else ():
            sample = _bits(data, (index * count + output) * bits, bits)
            found[output] += share * _mapped(sample, 0, most, *decode[output])
    return found


def _exponential(function: Any, values: Values) -> list[float]:
    """Type 2: from one colour to another."""
    first = [float(value) for value in function.get("/C0", (0,))]
    last = [float(value) for value in function.get("/C1", (1,))]
    share = float(values[0]) ** float(function.N)
    return [low + share * (high - low) for low, high in zip(first, last, strict=True)]


def _stitched(function: Any, values: Values) -> list[float]:
    """Type 3: functions one after the other."""
    (low, high), value = _pairs(function.Domain)[0], values[0]
    edges = [low, *(float(bound) for bound in function.Bounds), high]
    piece = sum(value >= bound for bound in edges[1:-1])
    span = list(pairwise(edges))[piece]
    into = _pairs(function.Encode)[piece]
    return evaluate(function.Functions[piece], [_mapped(value, *span, *into)])


def _calculated(function: Any, values: Values) -> list[float]:
    """Type 4: a little program."""
    return calculate(function.read_bytes().decode("latin-1"), values)[-len(function.Range) // 2 :]


_KINDS: Mapping[int, Callable[[Any, Values], list[float]]] = {
    0: _sampled,
    2: _exponential,
    3: _stitched,
    4: _calculated,
}


def _mapped(value: float, low: float, high: float, first: float, last: float) -> float:
    if high == low:
        return first
    return first + (value - low) * (last - first) / (high - low)


def _pairs(numbers: Any) -> list[tuple[float, float]]:
    flat = [float(number) for number in numbers]
    return list(zip(flat[::2], flat[1::2], strict=True))


def _clipped(values: Values, ranges: Sequence[tuple[float, float]]) -> list[float]:
    pairs = zip(values, ranges, strict=True)
    return [min(max(value, low), high) for value, (low, high) in pairs]


def _bits(data: bytes, start: int, count: int) -> int:
    """Return a whole number of some bits, the first at `start`."""
    first, last = start // 8, (start + count + 7) // 8
    if last > len(data):
        raise ValueError("samples are missing")
    whole = int.from_bytes(data[first:last], "big")
    return whole >> (last * 8 - start - count) & ((1 << count) - 1)
