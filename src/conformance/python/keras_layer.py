"""Keras 3: the signature as a layer of a model that `predict` runs."""

import keras
import program
import tensorflow as tf


class SignatureLayer(keras.layers.TFSMLayer):
    """A layer over a signature of one tensor a column: `TFSMLayer` itself passes one argument on."""

    def call(self, inputs):
        return self.call_endpoint_fn(**inputs)


def predict(model, signature, inputs, _):
    rows = {name: tf.constant(values) for name, values in inputs.items()}
    columns = {name: keras.Input((), name=name, dtype=values.dtype.name) for name, values in rows.items()}
    layer = SignatureLayer(str(model), call_endpoint=signature)
    return keras.Model(columns, layer(columns)).predict(rows, verbose=0)


program.run(f"Keras {keras.__version__}", predict)
