"""The export in TensorFlow's own command line tool, a process of its own."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from product import Product, assert_agree

SAVED_MODEL_CLI = Path(sys.executable).with_name("saved_model_cli")
TYPED_ROWS = 5
"""How many rows are written out in the command, as a person would."""


def saved_model_cli(*arguments: str | Path) -> str:
    """Runs the tool and returns its standard output; any exit code but 0 fails."""
    done = subprocess.run(
        [SAVED_MODEL_CLI, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_show_lists_signatures_and_their_inputs(product: Product) -> None:
    shown = saved_model_cli("show", "--all", "--dir", product.model.path)
    signatures = ["serving_default", "predict", "dense", "explain"] + (["regress"] if len(product.model.labels) == 1 else [])
    for signature in signatures:
        assert f"signature_def['{signature}']" in shown
    for key in product.model.signature_keys.values():
        assert f"inputs['{key}'] tensor_info" in shown
    assert "outputs['prediction'] tensor_info" in shown
    assert "Function Name: '__call__'" in shown


def test_run_predicts_the_rows_it_is_given(product: Product, tmp_path: Path) -> None:
    typed = {key: values[:TYPED_ROWS].tolist() for key, values in product.model.tensors(product.rows).items()}
    saved_model_cli(
        *("run", "--dir", product.model.path, "--tag_set", "serve", "--signature_def", "serving_default"),
        *("--input_exprs", ";".join(f"{key}={values}" for key, values in typed.items())),
        *("--outdir", tmp_path),
    )
    predictions = np.load(tmp_path / "prediction.npy")
    assert predictions.dtype == np.float32
    rows = {column: values[:TYPED_ROWS] for column, values in product.rows.items()}
    assert_agree(predictions, product.model.numpy_predictions(rows))
    assert_agree(predictions, np.column_stack(list(product.predicted.values()))[:TYPED_ROWS])
