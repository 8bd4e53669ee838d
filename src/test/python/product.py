"""An export together with what it must answer, and the one rule by which answers are compared."""

from dataclasses import dataclass

import numpy as np

from exported import ExportedModel
from rows import Rows

PREDICTION_TOLERANCE = 1e-6
"""How far a prediction may be from the expected one, in units of the label's largest prediction.

A float32 runtime rounds each of its operations by at most u = 2^-24 = 6e-8 of its result. A prediction from d columns
is a chain of d + 3 of them (shift, divide, d products summed, intercept), so its error is bounded by (d + 3) u times
the sum of its terms' magnitudes. For ten columns whose terms don't cancel that is 8e-7 of the largest prediction
(measured: 8e-8); a wrong coefficient, scale or row is far outside. Relative to the largest prediction, and not to each
one, because a prediction that happens to be near zero has the same absolute error.
"""


@dataclass(frozen=True)
class Product:
    """What one training left.

    Attributes:
        model: the export.
        rows: rows to predict, every raw column among them.
        predicted: the columns of the CSV that `slope predict` wrote for those rows, in its order.
    """

    model: ExportedModel
    rows: Rows
    predicted: Rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return next(iter(self.rows.values())).size

    @property
    def prediction_shape(self) -> tuple[int, ...]:
        """The shape of the `prediction` tensor for all rows: flat for one label, a column each for several."""
        labels = len(self.model.labels)
        return (self.count,) if labels == 1 else (self.count, labels)

    def check(self, predictions: np.ndarray) -> None:
        """Compares a runtime's predictions of all rows with `slope predict` and with NumPy on the coefficients."""
        assert predictions.dtype == np.float32
        assert predictions.shape == self.prediction_shape
        assert_agree(predictions, np.column_stack(list(self.predicted.values())))
        assert_agree(predictions, self.model.numpy_predictions(self.rows))


def assert_agree(predictions: np.ndarray, expected: np.ndarray) -> None:
    """Fails unless every prediction is within the tolerance of the expected one, label by label.

    Args:
        predictions: one value a row, or a row of values each, one a label.
        expected: shape [rows, labels].
    """
    largest = np.abs(expected).max(axis=0)
    assert np.all(largest > 0), "a label whose predictions are all zero proves nothing"
    error = np.abs(predictions.reshape(expected.shape).astype(np.float64) - expected) / largest
    row, label = np.unravel_index(error.argmax(), error.shape)
    assert error.max() <= PREDICTION_TOLERANCE, (
        f"row {row}, label {label}: {predictions.reshape(expected.shape)[row, label]!r} must be"
        f" {expected[row, label]!r} to {PREDICTION_TOLERANCE} of {largest[label]!r}, but is {error.max():.2e} off"
    )
