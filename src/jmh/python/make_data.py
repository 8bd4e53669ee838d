"""Draws the peers' rows, seeds fixed: make_data.py DIR writes
x.npy (1,000,000 x 32), y.npy (linear and noise), c.npy (0/1); y and x as dense.csv and dense.parquet;
categories.csv (900,000 rows) and categories-test.csv (100,000): y of 0/1, 8 columns of strings, 8 of numbers."""
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS, COLS = 1_000_000, 32
HELD_OUT = ROWS // 10
CARDINALITIES = [10, 30, 100, 1_000, 5_000, 10_000, 50_000, 100_000]


def numbers(folder):
    rng = np.random.default_rng(20)
    x = rng.standard_normal((ROWS, COLS), dtype=np.float32).round(6)
    w = rng.normal(size=COLS).astype(np.float32)
    y = (x @ w + 0.5 + 0.1 * rng.standard_normal(ROWS, dtype=np.float32)).astype(np.float32).round(6)
    p = 1 / (1 + np.exp(-0.5 * (x @ w) - 0.25))
    c = (rng.random(ROWS) < p).astype(np.float32)
    for name, values in (("x", x), ("y", y), ("c", c)):
        np.save(folder / f"{name}.npy", values)
    columns = {"y": y, **{f"x{i}": np.ascontiguousarray(x[:, i]) for i in range(COLS)}}
    pl.DataFrame(columns).write_csv(folder / "dense.csv", float_precision=6)
    pq.write_table(pa.table(columns), folder / "dense.parquet")


def categories(folder):
    """A category's first values are common, its last ones rare; each has a weight of its own in the true model."""
    rng = np.random.default_rng(21)
    logit = np.full(ROWS, -1.0)
    columns = {}
    for j, cardinality in enumerate(CARDINALITIES):
        place = (cardinality * rng.random(ROWS) ** 3).astype(np.int64)
        token = np.array([f"{chr(97 + j)}{(k * 2654435761) % 2**28:07x}" for k in range(cardinality)])
        columns[f"c{j}"] = token[place]
        logit += rng.normal(0, 0.5, cardinality)[place]
    for j in range(8):
        value = rng.normal(size=ROWS).round(4)
        columns[f"n{j}"] = value
        logit += rng.normal(0, 0.3) * value
    y = (rng.random(ROWS) < 1 / (1 + np.exp(-logit))).astype(np.int64)
    frame = pl.DataFrame({"y": y, **columns})
    frame[:-HELD_OUT].write_csv(folder / "categories.csv", float_precision=4)
    frame[-HELD_OUT:].write_csv(folder / "categories-test.csv", float_precision=4)


if __name__ == "__main__":
    numbers(Path(sys.argv[1]))
    categories(Path(sys.argv[1]))
