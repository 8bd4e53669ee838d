"""`slope predict` against NumPy on the coefficients of model.json."""

import numpy as np

from product import Product, assert_agree


def test_one_prediction_for_each_row_and_label(product: Product) -> None:
    table = np.column_stack(list(product.predicted.values()))
    assert table.shape == (product.count, len(product.model.labels))


def test_single_label_is_named_prediction(product: Product) -> None:
    if len(product.model.labels) == 1:
        assert list(product.predicted) == ["prediction"]
    else:
        assert len(set(product.predicted)) == len(product.model.labels)


def test_labels_are_those_of_the_config(product: Product) -> None:
    label = product.model.config["label"]
    assert product.model.labels == ([label] if isinstance(label, str) else label)


def test_predictions_are_intercept_plus_coefficients_times_columns(product: Product) -> None:
    table = np.column_stack(list(product.predicted.values()))
    assert_agree(table, product.model.numpy_predictions(product.rows))
