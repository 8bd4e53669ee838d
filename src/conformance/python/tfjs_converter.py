"""TensorFlow.js's converter: leaves the signature as a graph model in `tfjs`, for js/predict.js.

The package imports Flax, JAX and decision forests at once though none of them takes part; empty modules stand in.
"""

import importlib.machinery
import sys
import types
from pathlib import Path

import program  # noqa: F401  sets TensorFlow's log level
import keras  # noqa: F401  looks for JAX itself and must not find the stand-in

for name in ("jax", "jax.experimental", "jax.experimental.jax2tf", "tensorflow_decision_forests"):
    module = types.ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    sys.modules[name] = module
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]

from tensorflowjs.converters.tf_saved_model_conversion_v2 import convert_tf_saved_model  # noqa: E402

words = iter(sys.argv[1:])
for model, signature, _, folder in zip(words, words, words, words, strict=True):
    output = str(Path(folder) / "tfjs")
    convert_tf_saved_model(model, output, signature_def=signature, use_structured_outputs_names=True)
