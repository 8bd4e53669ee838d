"""The rows of a config's training data, read or made again without the product."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Rows = dict[str, np.ndarray]
"""Column name to its values, float32 of shape [rows]: the precision in which the product reads every number."""

DRAWN_ROWS = 100
"""How many rows stand in for a source that draws its rows at random."""


def training_rows(source: Mapping[str, Any], folder: Path) -> Rows:
    """The rows of a `data.train` source of an effective config.

    Distributions are drawn by NumPy, so those rows are not the ones the model learnt from, only rows like them, and
    the label is among the columns of a synthetic source only as the product's equation, which is not computed here.

    Args:
        source: the source, shorthands written out.
        folder: what the source's path is relative to.
    """
    match source["type"]:
        case "file":
            return read_csv(folder / source["path"])
        case "inline":
            return {name: np.asarray(values, np.float32) for name, values in source["columns"].items()}
        case "synthetic":
            return _synthetic_inputs(source["variables"])
        case unknown:
            raise ValueError(f"data.train.type must be file, inline or synthetic, but was {unknown!r}")


def read_csv(path: Path) -> Rows:
    """Every column of a CSV file of numbers that has a header."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *records = csv.reader(file)
    table = np.asarray(records, np.float64).astype(np.float32)
    return {name: table[:, column] for column, name in enumerate(header)}


def write_csv(rows: Rows, path: Path) -> None:
    """Writes columns with nine significant digits, with which every float32 reads back as itself."""
    table = np.column_stack(list(rows.values()))
    np.savetxt(path, table, fmt="%.9g", delimiter=",", header=",".join(rows), comments="")


def _synthetic_inputs(variables: Mapping[str, Mapping[str, Any]]) -> Rows:
    """The grid of all ranges, the last variable varying fastest; a distribution has one draw for each row of it."""
    ranges = {name: _range(variable) for name, variable in variables.items() if variable["type"] == "range"}
    grid = np.meshgrid(*ranges.values(), indexing="ij")
    rows = {name: values.ravel() for name, values in zip(ranges, grid, strict=True)}
    count = grid[0].size if grid else DRAWN_ROWS
    generator = np.random.default_rng(0)
    for name, variable in variables.items():
        match variable["type"]:
            case "range":
                pass
            case "uniform":
                rows[name] = generator.uniform(variable["low"], variable["high"], count)
            case "normal":
                rows[name] = generator.normal(variable["mean"], variable["standard_deviation"], count)
            case unknown:
                raise ValueError(f"a variable's type must be range, uniform or normal, but was {unknown!r}")
    return {name: rows[name].astype(np.float32) for name in variables}


def _range(variable: Mapping[str, Any]) -> np.ndarray:
    """`from, from + step, ...` up to and including `to`, which is reached to within a millionth of a step."""
    steps = int((variable["to"] - variable["from"]) / variable["step"] + 1e-6)
    return variable["from"] + variable["step"] * np.arange(steps + 1)
