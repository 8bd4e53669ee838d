"""The export as a layer of a Keras model."""

from typing import Any

import keras
import numpy as np

from product import Product


class ColumnsLayer(keras.layers.TFSMLayer):
    """A layer over a signature of one tensor a column.

    A plain `TFSMLayer` passes one argument on, so for a signature of several inputs Keras's documentation says to write
    this subclass; for one input it does what its base does.
    """

    def call(self, inputs: dict[str, Any]) -> Any:
        return self.call_endpoint_fn(**inputs)


def test_default_endpoint_in_a_model(product: Product) -> None:
    """`serve`: the layer takes the one column, or a dict of columns, and the model around it predicts."""
    layer = keras.layers.TFSMLayer(str(product.model.path))
    tensors = product.model.tensors(product.rows)
    inputs = {key: keras.Input(shape=(), name=key) for key in tensors}
    if len(tensors) == 1:
        key = next(iter(tensors))
        model = keras.Model(inputs[key], layer(inputs[key]))
        predictions = model.predict(tensors[key], verbose=0)
    else:
        model = keras.Model(inputs, layer(inputs))
        predictions = model.predict(tensors, verbose=0)
    product.check(predictions)
    assert len(layer.trainable_weights) == 2


def test_serving_default_endpoint(product: Product) -> None:
    layer = ColumnsLayer(str(product.model.path), call_endpoint="serving_default")
    product.check(np.asarray(layer(product.model.tensors(product.rows))["prediction"]))
    assert len(layer.trainable_weights) == 2


def test_serving_default_of_one_column_needs_no_subclass(product: Product) -> None:
    tensors = product.model.tensors(product.rows)
    layer = keras.layers.TFSMLayer(str(product.model.path), call_endpoint="serving_default")
    if len(tensors) == 1:
        product.check(np.asarray(layer(next(iter(tensors.values())))["prediction"]))
    else:
        assert set(layer.call_endpoint_fn.structured_input_signature[1]) == set(tensors)


def test_dense_endpoint(product: Product) -> None:
    layer = keras.layers.TFSMLayer(str(product.model.path), call_endpoint="dense")
    product.check(np.asarray(layer(product.model.matrix(product.rows))["prediction"]))
