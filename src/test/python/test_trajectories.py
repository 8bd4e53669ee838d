"""The loss of every epoch against two other implementations of the same training, from the same start.

Each is full-batch gradient descent on the mean squared error in float32, from weights of zero, at the rate of the
effective config. The loss of an epoch is that of the weights it starts from.

The tolerance is 1e-5 relative. Descent contracts: an error in the weights shrinks by the factor 1 - rate * curvature
from epoch to epoch, so rounding does not pile up over a training but stays at a few units in the last place (6e-8) of
the labels, which enter the loss through residuals that are not much smaller. Two float32 trainings that sum in
different orders differ by at most 3.2e-7 here (measured, both configs); a loss of another epoch, or a coarser rate, by
far more.
"""

from collections.abc import Callable

import keras
import numpy as np
import pytest

from product import Product

LOSS_TOLERANCE = 1e-5

Losses = Callable[[np.ndarray, np.ndarray, float, int], list[float]]
"""Trains on inputs [rows, columns] and labels [rows, 1] at a rate for a number of epochs; returns each epoch's loss."""


def encode(product: Product) -> np.ndarray:
    """The model's inputs: every column shifted and scaled by statistics of all rows, in population form.

    The statistics are taken in float64 and rounded to float32, in which the columns are then encoded.
    """
    return np.column_stack([_scale(product.rows[name], product.model.scaling(name)) for name in product.model.columns])


def _scale(values: np.ndarray, scaling: str) -> np.ndarray:
    exact = values.astype(np.float64)
    match scaling:
        case "none":
            return values
        case "standard":
            return (values - np.float32(exact.mean())) / np.float32(exact.std())
        case "min_max":
            return (values - np.float32(exact.min())) / np.float32(np.ptp(exact))
        case unknown:
            raise ValueError(f"scaling must be none, standard or min_max, but was {unknown!r}")


def targets(product: Product) -> np.ndarray:
    """The label, float32 of shape [rows, 1]."""
    (label,) = product.model.labels
    return product.rows[label][:, np.newaxis]


def keras_losses(inputs: np.ndarray, labels: np.ndarray, learning_rate: float, epochs: int) -> list[float]:
    """The losses that Keras reports for a dense layer, every row in every batch."""
    keras.backend.clear_session()
    dense = keras.layers.Dense(1, kernel_initializer="zeros", bias_initializer="zeros")
    model = keras.Sequential([keras.Input(inputs.shape[1:]), dense])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse", run_eagerly=False)
    losses = []
    for _ in range(epochs):
        model.reset_metrics()  # else the mean of all epochs so far is reported
        losses.append(float(model.train_on_batch(inputs, labels)))
    return losses


def numpy_losses(inputs: np.ndarray, labels: np.ndarray, learning_rate: float, epochs: int) -> list[float]:
    """The losses of gradient descent written out: gradients 2/n X'r and 2/n sum(r) of mean(r^2)."""
    rate = np.float32(learning_rate)
    factor = np.float32(2 / inputs.shape[0])
    weights = np.zeros((inputs.shape[1], 1), np.float32)
    intercept = np.zeros(1, np.float32)
    losses = []
    for _ in range(epochs):
        residuals = inputs @ weights + intercept - labels
        losses.append(float(np.mean(np.square(residuals))))
        weights -= rate * factor * (inputs.T @ residuals)
        intercept -= rate * factor * residuals.sum(axis=0)
    return losses


@pytest.mark.parametrize("implementation", [keras_losses, numpy_losses])
def test_loss_of_every_epoch(trained_from_zeros: Product, implementation: Losses) -> None:
    model = trained_from_zeros.model
    inputs, labels = encode(trained_from_zeros), targets(trained_from_zeros)
    expected = implementation(inputs, labels, model.learning_rate, model.epochs)
    losses = np.asarray(model.history["loss"], np.float64)
    assert losses.shape == (model.epochs,)
    np.testing.assert_allclose(losses, expected, rtol=LOSS_TOLERANCE, atol=0)


def test_history_counts_epochs_from_one_at_the_rate_of_the_config(trained_from_zeros: Product) -> None:
    model = trained_from_zeros.model
    assert [int(epoch) for epoch in model.history["epoch"]] == list(range(1, model.epochs + 1))
    assert {np.float32(rate) for rate in model.history["learning_rate"]} == {np.float32(model.learning_rate)}


def test_first_loss_is_the_mean_square_of_the_labels(trained_from_zeros: Product) -> None:
    """With weights of zero the residuals are the labels; for the line (1 + 9 + ... + 441) / 11 = 161."""
    expected = np.mean(np.square(targets(trained_from_zeros), dtype=np.float64))
    assert float(trained_from_zeros.model.history["loss"][0]) == pytest.approx(expected, rel=1e-6)
