"""T5: 1,000,000 rows x 33 float32 columns from a file to a matrix, row by row in memory. Files in the page cache."""
from pathlib import Path

import numpy as np

from common import COLS, ROWS, case, main, timed

NAMES = ["y"] + [f"x{i}" for i in range(COLS)]


def loader(name, peer, note=""):
    """Registers make(path) -> (load() -> matrix, version)."""
    def add(make):
        def run(args):
            load, version = make(str(Path(args.data) / f"dense.{name.split('-')[0]}"))
            shape = load().shape
            assert shape == (ROWS, COLS + 1), shape
            return {"times": timed(load, args.runs), "version": version, "per": ROWS}
        case(name, peer, note=note)(run)
        return make
    return add


def stack(columns, block=4096):
    """Columns to rows, a block of rows at a time: quicker than whole columns, so that it hardly burdens the peer."""
    columns = [c.to_numpy() if hasattr(c, "to_numpy") else np.asarray(c) for c in columns]
    matrix = np.empty((ROWS, len(NAMES)), np.float32)
    for at in range(0, ROWS, block):
        for j, column in enumerate(columns):
            matrix[at:at + block, j] = column[at:at + block]
    return matrix


@loader("csv-pandas", "pandas", "read_csv(engine='c', dtype=float32)")
def pandas_csv(path):
    import pandas as pd
    return lambda: np.ascontiguousarray(pd.read_csv(path, engine="c", dtype=np.float32).to_numpy(np.float32)), pd.__version__


@loader("csv-polars", "polars", "read_csv with a Float32 schema")
def polars_csv(path):
    import polars as pl
    return lambda: pl.read_csv(path, schema={n: pl.Float32 for n in NAMES}).to_numpy(order="c"), pl.__version__


@loader("parquet-pyarrow", "pyarrow")
def arrow_parquet(path):
    import pyarrow as pa
    import pyarrow.parquet as pq
    return lambda: stack(pq.read_table(path).columns), pa.__version__


def duck(sql):
    def make(path):
        import duckdb
        return lambda: stack(duckdb.sql(sql.format(path=path)).fetchnumpy().values()), duckdb.__version__
    return make


COLUMNS = "{{" + ",".join(f"'{n}':'FLOAT'" for n in NAMES) + "}}"
loader("csv-duckdb", "DuckDB", "read_csv with FLOAT columns, fetchnumpy")(
    duck(f"select * from read_csv('{{path}}', header=true, columns={COLUMNS})"))
loader("parquet-duckdb", "DuckDB", "fetchnumpy")(duck("select * from '{path}'"))


if __name__ == "__main__":
    main("T5")
