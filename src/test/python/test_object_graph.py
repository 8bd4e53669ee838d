"""The export as a TF2 object: `tf.saved_model.load`, its functions, signatures and variables, and what they allow."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from product import Product, assert_agree

VARIABLE_NAMES = ["weights", "intercepts"]
"""The attributes of the loaded object that hold the parameters."""


def call_arguments(product: Product) -> Any:
    """What the loaded object is called with: the tensor of its one column, or a dict of tensors by signature key."""
    tensors = {key: tf.constant(values) for key, values in product.model.tensors(product.rows).items()}
    return tensors if len(tensors) > 1 else next(iter(tensors.values()))


def serving_default(loaded: Any, product: Product) -> np.ndarray:
    """All rows through the default signature."""
    tensors = {key: tf.constant(values) for key, values in product.model.tensors(product.rows).items()}
    return loaded.signatures["serving_default"](**tensors)["prediction"].numpy()


def test_serving_default(product: Product) -> None:
    product.check(serving_default(tf.saved_model.load(product.model.path), product))


@pytest.mark.parametrize("function", ["__call__", "serve"])
def test_function(product: Product, function: str) -> None:
    loaded = tf.saved_model.load(product.model.path)
    product.check(getattr(loaded, function)(call_arguments(product)).numpy())


def test_dense_signature_takes_the_matrix_of_columns(product: Product) -> None:
    loaded = tf.saved_model.load(product.model.path)
    outputs = loaded.signatures["dense"](x=tf.constant(product.model.matrix(product.rows)))
    product.check(outputs["prediction"].numpy())


def test_regress_signature_takes_serialized_examples(product: Product) -> None:
    loaded = tf.saved_model.load(product.model.path)
    if len(product.model.labels) > 1:
        assert "regress" not in loaded.signatures
        return
    outputs = loaded.signatures["regress"](inputs=tf.constant(serialized_examples(product)))["outputs"].numpy()
    product.check(outputs.reshape(product.prediction_shape))


def serialized_examples(product: Product) -> list[bytes]:
    """One tf.Example a row, its features under the original names of the columns."""
    columns = product.model.columns
    return [
        tf.train.Example(
            features=tf.train.Features(
                feature={
                    name: tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
                    for name, value in zip(columns, row, strict=True)
                }
            )
        ).SerializeToString()
        for row in product.model.matrix(product.rows)
    ]


def test_no_rows_give_no_predictions(product: Product) -> None:
    loaded = tf.saved_model.load(product.model.path)
    tensors = {key: tf.zeros([0]) for key in product.model.signature_keys.values()}
    prediction = loaded.signatures["serving_default"](**tensors)["prediction"]
    assert prediction.shape == (0, *product.prediction_shape[1:])


def test_parameters_are_trainable_variables_by_name(product: Product) -> None:
    loaded = tf.saved_model.load(product.model.path)
    parameters = [getattr(loaded, name) for name in VARIABLE_NAMES]
    assert [parameter.name for parameter in parameters] == [f"{name}:0" for name in VARIABLE_NAMES]
    assert all(parameter.trainable and parameter.dtype == tf.float32 for parameter in parameters)
    assert [tuple(parameter.shape) for parameter in parameters] == [
        (len(product.model.columns), len(product.model.labels)),
        (len(product.model.labels),),
    ]
    for tracked in (loaded.variables, loaded.trainable_variables):
        assert {id(variable) for variable in tracked} == {id(parameter) for parameter in parameters}


def test_gradient_step_changes_predictions_as_calculus_says_and_survives_saving_again(
    product: Product, tmp_path: Path
) -> None:
    """One step of gradient descent towards targets that the model can reach, then export from Python and load again.

    The targets are the predictions plus one unit of each label's scale, so that the least loss is 0 and the gradient on
    the intercept is never small. With the step `loss / 1000 / |gradient|^2`, first-order calculus says that the loss
    falls by a thousandth; what remains is of second order, below 1e-6 * L / 8 of the loss for a curvature L, which is
    some tens for the shipped configs: within the 1e-4 allowed here.
    """
    loaded = tf.saved_model.load(product.model.path)
    before = serving_default(loaded, product)
    targets = before + np.abs(before).max(axis=0)

    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(loaded(call_arguments(product)) - targets))
    gradients = tape.gradient(loss, loaded.trainable_variables)
    squared_norm = sum(tf.reduce_sum(tf.square(gradient)) for gradient in gradients)
    step = loss / 1000 / squared_norm
    for variable, gradient in zip(loaded.trainable_variables, gradients, strict=True):
        variable.assign_sub(step * gradient)

    after = serving_default(loaded, product)
    assert np.mean(np.square(after - targets)) == pytest.approx(0.999 * loss.numpy(), rel=1e-4)

    tf.saved_model.save(loaded, tmp_path, signatures=loaded.signatures)
    again = tf.saved_model.load(tmp_path)
    assert_agree(serving_default(again, product), after.reshape(product.count, -1))
    assert_agree(again(call_arguments(product)).numpy(), after.reshape(product.count, -1))
