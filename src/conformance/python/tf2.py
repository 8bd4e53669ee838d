"""TensorFlow 2: `tf.saved_model.load` and a call of the signature."""

import program
import tensorflow as tf


def predict(model, signature, inputs, _):
    loaded = tf.saved_model.load(str(model))
    return loaded.signatures[signature](**{name: tf.constant(values) for name, values in inputs.items()})


program.run(f"TensorFlow {tf.__version__}", predict)
