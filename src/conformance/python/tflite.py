"""TFLite through TensorFlow's converter, in the interpreter that the first argument names: tf.lite or litert."""

import sys
from importlib.metadata import version

import ai_edge_litert.interpreter as litert
import program
import tensorflow as tf

CONVERTER = f"TensorFlow {tf.__version__}"
interpreter, title = {
    "tf.lite": (tf.lite.Interpreter, CONVERTER),
    "litert": (litert.Interpreter, f"LiteRT {version('ai-edge-litert')}, converter of {CONVERTER}"),
}[sys.argv.pop(1)]


def predict(model, signature, inputs, folder):
    converter = tf.lite.TFLiteConverter.from_saved_model(str(model), signature_keys=[signature])
    (folder / "model.tflite").write_bytes(converter.convert())
    return interpreter(str(folder / "model.tflite")).get_signature_runner(signature)(**inputs)


program.run(title, predict)
