"""TensorFlow 1: `compat.v1.saved_model.load` into a session, which feeds and fetches tensors by their names."""

import program
import tensorflow.compat.v1 as tf


def predict(model, signature, inputs, _):
    with tf.Session(graph=tf.Graph()) as session:
        definition = tf.saved_model.load(session, ["serve"], str(model)).signature_def[signature]
        fetches = {name: tensor.name for name, tensor in definition.outputs.items()}
        return session.run(fetches, {definition.inputs[name].name: values for name, values in inputs.items()})


program.run(f"TensorFlow {tf.__version__}", predict)
