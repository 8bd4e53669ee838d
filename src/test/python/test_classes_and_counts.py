"""Classifiers and a count model with an offset: what each signature answers, against NumPy on model.json."""

import json
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
import tensorflow as tf

from exported import ExportedModel
from launcher import run_slope
from rows import Rows, read_csv, write_csv

ROWS = 200
TOLERANCE = 1e-5
"""Scores of a few units from two columns: float32 rounds them by less than 1e-6, and no slope here exceeds 10."""

BINARY = {"type": "logistic_regression"}
PROBIT = {"type": "logistic_regression", "link": "probit"}
CLOGLOG = {"type": "logistic_regression", "link": "cloglog"}
SOFTMAX = {"type": "softmax_regression"}
POISSON = {"type": "poisson_regression"}


def made_rows(model: dict) -> Rows:
    """Rows that the model fits, drawn by NumPy from a fixed seed."""
    generator = np.random.default_rng(7)
    rows = {name: generator.normal(size=ROWS) for name in ("a", "b")}
    score = 1.5 * rows["a"] - rows["b"] + 0.5
    match model["type"]:
        case "logistic_regression":
            rows["y"] = (generator.random(ROWS) < 1 / (1 + np.exp(-score))).astype(float)
        case "softmax_regression":
            scores = np.column_stack([score, -score, np.zeros(ROWS)]) + generator.gumbel(size=(ROWS, 3))
            rows["y"] = scores.argmax(axis=1) * 10.0
        case "poisson_regression":
            rows["exposure"] = generator.normal(size=ROWS) / 2
            rows["y"] = generator.poisson(np.exp(score / 2 + rows["exposure"])).astype(float)
    return {name: values.astype(np.float32) for name, values in rows.items()}


def trained(model: dict, folder: Path) -> tuple[ExportedModel, Rows, Path]:
    """Trains a model on its rows; the model, the rows and the file that `slope predict` wrote of them."""
    rows = made_rows(model)
    write_csv(rows, folder / "rows.csv")
    config = {
        "data": {"train": "rows.csv"},
        "label": "y",
        "model": model,
        "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.1}, "epochs": 200},
        "report": {"plots": False},
    }
    if "exposure" in rows:
        config["offset_column"] = "exposure"
    (folder / "model.json").write_text(json.dumps(config), encoding="utf-8")
    run_slope("train", folder / "model.json", "--models", folder / "models")
    run_slope("predict", folder / "models" / "model", folder / "rows.csv", "-o", folder / "predictions.csv")
    return ExportedModel(folder / "models" / "model" / "1"), rows, folder / "predictions.csv"


def scores(model: ExportedModel, rows: Rows) -> np.ndarray:
    """`intercept + sum of value * column (+ offset)` in float64: shape [rows, outputs]."""
    offset = model.description.get("offset_column")
    return model.numpy_predictions(rows) + (rows[offset].astype(np.float64)[:, None] if offset else 0)


def examples(model: ExportedModel, rows: Rows) -> tf.Tensor:
    """Each row as a serialized tf.Example whose features have the names of the raw columns."""
    return tf.constant(
        [
            tf.train.Example(
                features=tf.train.Features(
                    feature={
                        name: tf.train.Feature(float_list=tf.train.FloatList(value=[rows[name][row]]))
                        for name in model.columns
                    }
                )
            ).SerializeToString()
            for row in range(ROWS)
        ]
    )


@pytest.fixture(scope="module", params=[BINARY, PROBIT, CLOGLOG, SOFTMAX], ids=lambda model: model.get("link", model["type"]))
def classifier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    return trained(request.param, tmp_path_factory.mktemp("classifier"))


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory):
    return trained(POISSON, tmp_path_factory.mktemp("counts"))


def expected_probabilities(model: ExportedModel, rows: Rows) -> np.ndarray:
    """Softmax of the scores; one score stands beside a zero for the other class, or has another link."""
    raw = scores(model, rows)
    match model.description["link"]:
        case "probit":
            positive = np.array([NormalDist().cdf(score) for score in raw[:, 0]])
            return np.column_stack([1 - positive, positive])
        case "cloglog":
            positive = -np.expm1(-np.exp(raw[:, 0]))
            return np.column_stack([1 - positive, positive])
    if raw.shape[1] == 1:
        raw = np.column_stack([np.zeros(ROWS), raw])
    exponentials = np.exp(raw - raw.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def test_classifier_answers_probabilities_logits_and_the_class(classifier) -> None:
    model, rows, _ = classifier
    signatures = tf.saved_model.load(str(model.path)).signatures
    answer = {key: value.numpy() for key, value in signatures["serving_default"](**model.tensors(rows)).items()}
    names = model.description["classification"]["classes"]
    raw = scores(model, rows)
    np.testing.assert_allclose(answer["logits"], raw[:, 0] if raw.shape[1] == 1 else raw, atol=TOLERANCE)
    np.testing.assert_allclose(answer["probabilities"], expected_probabilities(model, rows), atol=TOLERANCE)
    np.testing.assert_array_equal(answer["class_id"], answer["probabilities"].argmax(axis=1))
    assert [name.decode() for name in answer["classes"]] == [names[place] for place in answer["class_id"]]
    assert len(set(answer["class_id"])) > 1, "rows of one class alone prove nothing"


def test_dense_answers_the_same_without_strings(classifier) -> None:
    model, rows, _ = classifier
    signatures = tf.saved_model.load(str(model.path)).signatures
    named = signatures["serving_default"](**model.tensors(rows))
    dense = signatures["dense"](x=model.matrix(rows))
    assert set(dense) == {"logits", "probabilities", "class_id"}
    for key, value in dense.items():
        np.testing.assert_array_equal(value, named[key])


def test_classify_gives_every_class_its_probability(classifier) -> None:
    model, rows, _ = classifier
    answer = tf.saved_model.load(str(model.path)).signatures["classify"](inputs=examples(model, rows))
    names = [name.encode() for name in model.description["classification"]["classes"]]
    assert answer["classes"].numpy().tolist() == [names] * ROWS
    np.testing.assert_allclose(answer["scores"], expected_probabilities(model, rows), atol=TOLERANCE)


def test_predict_command_writes_what_is_served(classifier) -> None:
    model, rows, predictions = classifier
    written = read_csv(predictions)
    names = model.description["classification"]["classes"]
    assert list(written) == ["class", *(f"probability_{name}" for name in names)]
    table = np.column_stack([written[f"probability_{name}"] for name in names])
    np.testing.assert_allclose(table, expected_probabilities(model, rows), atol=TOLERANCE)
    np.testing.assert_array_equal(written["class"], [float(names[place]) for place in table.argmax(axis=1)])


def test_counts_are_the_exponential_of_score_and_offset(counts) -> None:
    model, rows, predictions = counts
    assert model.columns[-1] == "exposure"
    expected = np.exp(scores(model, rows)[:, 0])
    signatures = tf.saved_model.load(str(model.path)).signatures
    tensors = model.tensors(rows)
    np.testing.assert_allclose(signatures["predict"](**tensors)["prediction"], expected, rtol=TOLERANCE)
    np.testing.assert_allclose(signatures["dense"](x=model.matrix(rows))["prediction"], expected, rtol=TOLERANCE)
    np.testing.assert_allclose(
        signatures["regress"](inputs=examples(model, rows))["outputs"], expected, rtol=TOLERANCE
    )
    np.testing.assert_allclose(read_csv(predictions)["prediction"], expected, rtol=TOLERANCE)
