"""TensorFlow.js's converter: leaves the signature as a graph model in `tfjs`, for js/predict.js.

The converter wants every table of a model to take part in the signature, so one that leaves them aside is first saved
alone. The package imports Flax, JAX and decision forests at once though none of them takes part; empty modules stand in.
"""

import importlib.machinery
import sys
import types
from pathlib import Path

import program  # noqa: F401  sets TensorFlow's log level
import keras  # noqa: F401  looks for JAX itself and must not find the stand-in
import tensorflow as tf

for name in ("jax", "jax.experimental", "jax.experimental.jax2tf", "tensorflow_decision_forests"):
    module = types.ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    sys.modules[name] = module
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]

from tensorflowjs.converters.tf_saved_model_conversion_v2 import convert_tf_saved_model  # noqa: E402


def alone(model, signature, folder):
    """Saves a signature with the variables, and nothing else of its model."""
    loaded = tf.saved_model.load(model)
    module = tf.Module()
    module.parameters = loaded.variables
    tf.saved_model.save(module, folder, signatures={signature: loaded.signatures[signature]})
    return folder


words = iter(sys.argv[1:])
for model, signature, _, folder in zip(words, words, words, words, strict=True):
    if signature == "indexed":
        model = alone(model, signature, str(Path(folder) / "alone"))
    output = str(Path(folder) / "tfjs")
    convert_tf_saved_model(model, output, signature_def=signature, use_structured_outputs_names=True)
