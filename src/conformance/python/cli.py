"""TensorFlow's command line tool: `saved_model_cli run` with NumPy files, its flags and its command in this process."""

import contextlib
import io

import numpy as np
import program
import tensorflow as tf
from absl import flags
from tensorflow.python.tools import saved_model_cli


def predict(model, signature, inputs, folder):
    for name, values in inputs.items():
        np.save(folder / f"{name}.npy", values)
    arguments = [
        *("run", "--dir", str(model), "--tag_set", "serve", "--signature_def", signature),
        *("--inputs", ";".join(f"{name}={folder / name}.npy" for name in inputs)),
        *("--outdir", str(folder / "outputs")),
    ]
    flags.FLAGS(["saved_model_cli", *arguments])
    with contextlib.redirect_stdout(io.StringIO()):
        saved_model_cli.run()
    return {path.stem: np.load(path, allow_pickle=True) for path in (folder / "outputs").glob("*.npy")}


program.run(f"TensorFlow {tf.__version__}", predict)
