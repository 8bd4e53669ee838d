"""Shared by the peers' benchmarks: cases by name, timing, the rows, one JSON row a case.

Every case runs in a process of its own. `SCRIPT` alone lists its cases; `SCRIPT CASE --runs N --data DIR` prints one line
of JSON: the times of N runs after an untimed one, their `unit`, the peer's version, and in `per` how many rows were
visited in a run, counting a row once an epoch.
"""
import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
ROWS, COLS = 1_000_000, 32
CASES = {}


def case(name, peer, unit="s", note=""):
    """Registers a function(args) -> dict with 'times' (in `unit`) and maybe version, note, per."""
    def add(fn):
        CASES[name] = (fn, peer, unit, note)
        return fn
    return add


def timed(fn, runs, scale=1.0):
    """Wall times of `runs` calls after an untimed one, each multiplied by `scale`."""
    out = []
    for i in range(1 + runs):
        start = time.perf_counter()
        fn()
        if i >= 1:
            out.append((time.perf_counter() - start) * scale)
    return out


def load(args, *names):
    """The arrays that make_data.py wrote: x (1,000,000 x 32), y (regression), c (0/1 labels); all float32."""
    import numpy as np
    return [np.load(Path(args.data) / f"{n}.npy") for n in names]


def log_loss(y, p):
    import numpy as np
    p = np.clip(np.asarray(p, np.float64).ravel(), 1e-7, 1 - 1e-7)
    y = np.asarray(y, np.float64).ravel()
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def main(task):
    parser = argparse.ArgumentParser()
    parser.add_argument("case", nargs="?", help="one case; without it the names are listed")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data", help="the folder make_data.py filled")
    args = parser.parse_args()
    if not args.case:
        print("\n".join(CASES))
        return
    fn, peer, unit, note = CASES[args.case]
    row = fn(args)
    row = {"task": task, "case": args.case, "peer": peer, "unit": unit, **row}
    row["note"] = "; ".join(x for x in (note, row.get("note", "")) if x)
    print(json.dumps(row))
