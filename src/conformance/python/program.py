"""What every program of the matrix in Python does around its prediction."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

# Before TensorFlow is imported: it reads both once.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np  # noqa: E402
import tensors  # noqa: E402

Arrays = dict[str, np.ndarray]
TYPES = {"float32": np.float32, "int64": np.int64, "bool": np.bool_, "string": np.object_}


def run(version: str, predict: Callable[[Path, str, Arrays, Path], Arrays]) -> None:
    """Predicts the cases of the command line, `MODEL SIGNATURE INPUTS FOLDER` each, and prints the runtime's version.

    Args:
        version: of what predicts.
        predict: answers the outputs by name for a model, a signature, its inputs by name and a folder to work in.
    """
    words = iter(sys.argv[1:])
    for model, signature, inputs, folder in zip(words, words, words, words, strict=True):
        outputs = predict(Path(model), signature, _arrays(tensors.read(Path(inputs))), Path(folder))
        tensors.write(Path(folder) / "outputs.txt", {name: _tensor(np.asarray(out)) for name, out in outputs.items()})
    print(version)


def _arrays(read: dict[str, tensors.Tensor]) -> Arrays:
    return {name: np.array(each.values, TYPES[each.type]).reshape(each.shape) for name, each in read.items()}


def _tensor(array: np.ndarray) -> tensors.Tensor:
    kind = "string" if array.dtype.kind in "OSU" else array.dtype.name
    return tensors.Tensor(kind, array.shape, array.ravel().tolist())
