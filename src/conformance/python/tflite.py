"""TFLite through TensorFlow's converter, in the interpreter that the first argument names: tf.lite or litert."""

import sys

import program
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter as LiteRtInterpreter
from importlib.metadata import version

interpreter, title = {
    "tf.lite": (tf.lite.Interpreter, f"TensorFlow {tf.__version__}"),
    "litert": (LiteRtInterpreter, f"LiteRT {version('ai-edge-litert')}, converter of TensorFlow {tf.__version__}"),
}[sys.argv.pop(1)]


def predict(model, signature, inputs, folder):
    converter = tf.lite.TFLiteConverter.from_saved_model(str(model), signature_keys=[signature])
    (folder / "model.tflite").write_bytes(converter.convert())
    run = interpreter(str(folder / "model.tflite")).get_signature_runner(signature)
    return run(**inputs)


program.run(title, predict)
