"""Draws the peers' rows, seed fixed: make_data.py DIR writes x.npy (1,000,000 x 32), y.npy (linear and noise), c.npy (0/1)."""
import sys
from pathlib import Path

import numpy as np

ROWS, COLS = 1_000_000, 32


def write(folder):
    rng = np.random.default_rng(20)
    x = rng.standard_normal((ROWS, COLS), dtype=np.float32).round(6)
    w = rng.normal(size=COLS).astype(np.float32)
    y = (x @ w + 0.5 + 0.1 * rng.standard_normal(ROWS, dtype=np.float32)).astype(np.float32).round(6)
    p = 1 / (1 + np.exp(-0.5 * (x @ w) - 0.25))
    c = (rng.random(ROWS) < p).astype(np.float32)
    for name, values in (("x", x), ("y", y), ("c", c)):
        np.save(folder / f"{name}.npy", values)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
