"""The file in which tensors pass between the matrix and its programs, simple enough to be read in any language.

A tensor is a line `name type dimension...`, then its values, one a line: numbers in decimal or `nan`, truth as 0 or 1,
strings percent-encoded, row after row.
"""

import math
import struct
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes


class Tensor(NamedTuple):
    """Values of one type, the last dimension varying fastest; strings are bytes."""

    type: str
    shape: tuple[int, ...]
    values: list


def float32(number: float) -> float:
    """The float32 that is nearest to a number."""
    return struct.unpack("f", struct.pack("f", number))[0]


_WRITE = {
    "float32": lambda value: f"{value:.9g}",  # nine digits tell every float32 from all others
    "int64": str,
    "bool": lambda value: str(int(value)),
    "string": lambda value: quote(value, safe=""),
}
_READ = {
    "float32": lambda text: float32(float(text)),
    "int64": int,
    "bool": lambda text: text != "0",
    "string": unquote_to_bytes,
}


def write(path: Path, tensors: dict[str, Tensor]) -> None:
    """Writes tensors by name."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        for name, tensor in tensors.items():
            assert len(tensor.values) == math.prod(tensor.shape), name
            print(name, tensor.type, *tensor.shape, file=file)
            file.writelines(f"{_WRITE[tensor.type](value)}\n" for value in tensor.values)


def read(path: Path) -> dict[str, Tensor]:
    """Reads tensors by name."""
    lines = iter(path.read_text(encoding="ascii").splitlines())
    tensors = {}
    for line in lines:
        name, kind, *dimensions = line.split(" ")
        shape = tuple(map(int, dimensions))
        tensors[name] = Tensor(kind, shape, [_READ[kind](next(lines)) for _ in range(math.prod(shape))])
    return tensors
