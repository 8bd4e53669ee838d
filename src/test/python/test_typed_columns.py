"""A model with strings, integers, truths, dates and texts: every loader, signature and method against `slope predict`."""

import csv
import datetime
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from exported import ExportedModel
from launcher import run_slope
from test_saved_model_cli import saved_model_cli

v1 = tf.compat.v1

ROWS = 300
TOLERANCE = 1e-5
"""Scores of a few units from some ten terms: float32 rounds them by less than 1e-6."""

EPOCH = datetime.date(1970, 1, 1)
MISSING_INTEGER = -(2**63)

CONFIG = {
    "data": {"train": "rows.csv", "split": {"method": "none"}},
    "label": "y",
    "features": {
        "carat": {"type": "numeric", "missing": "mean", "missing_indicator": True},
        "depth": {"type": "numeric", "quantiles": 4},
        "cut": {"type": "categorical", "min_count": 5},
        "lot": {"type": "categorical"},
        "city": {"type": "hashed", "buckets": 16},
        "cut x lot": {"type": "crossed", "columns": ["cut", "lot"], "buckets": 32},
        "sold": {"type": "boolean"},
        "day": {"type": "datetime", "parts": ["year", "month"]},
        "the note": {"type": "text", "buckets": 8, "ngrams": 2},
    },
    "model": "linear_regression",
    "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.05}, "epochs": 200},
    "report": {"plots": False},
}


@dataclass(frozen=True)
class Typed:
    """A training and its rows.

    Attributes:
        model: the export.
        cells: the raw columns as the CSV has them, "" where a cell is missing.
        predicted: what `slope predict` answered, in its order.
    """

    model: ExportedModel
    cells: dict[str, list[str]]
    predicted: np.ndarray

    def tensors(self, rows: int = ROWS) -> dict[str, np.ndarray]:
        """What `serving_default` is fed with: signature key to typed values of shape [rows]."""
        return {
            column["signature_key"]: typed(column, self.cells[column["name"]][:rows])
            for column in self.model.description["columns"]
        }

    def check(self, predictions: np.ndarray) -> None:
        """Compares a runtime's predictions of the first rows with `slope predict`."""
        assert predictions.dtype == np.float32
        np.testing.assert_allclose(predictions, self.predicted[: predictions.size], atol=TOLERANCE, rtol=0)


def typed(column: dict, cells: list[str]) -> np.ndarray:
    """Cells in the type of a column's tensor."""
    match column["dtype"]:
        case "float32":
            return np.asarray([float(cell) if cell else np.nan for cell in cells], np.float32)
        case "string":
            return np.asarray([cell.encode() for cell in cells], object)
        case "bool":
            return np.asarray([cell == "true" for cell in cells])
        case "int64" if (column.get("transform") or {}).get("type") == "datetime":
            return np.asarray([seconds(cell) for cell in cells], np.int64)
        case "int64":
            return np.asarray([int(cell) if cell else MISSING_INTEGER for cell in cells], np.int64)
        case unknown:
            raise ValueError(f"dtype must be float32, string, bool or int64, but was {unknown!r}")


def seconds(date: str) -> int:
    """From 1970-01-01 to a day."""
    return (datetime.date.fromisoformat(date) - EPOCH).days * 86_400


def made_cells() -> dict[str, list[str]]:
    """Rows drawn by NumPy from a fixed seed, the label among them."""
    generator = np.random.default_rng(3)
    choose = lambda values: generator.choice(values, ROWS).tolist()  # noqa: E731
    cells = {
        "carat": [f"{value:.4f}" if value > -1 else "" for value in generator.normal(size=ROWS)],
        "depth": [f"{value:.3f}" for value in generator.normal(60, 2, ROWS)],
        "cut": choose(["Ideal", "Good", "Fair", "Größe 1", ""]),
        "lot": choose(["7", "-3", "12"]),
        "city": choose([f"city {i}" for i in range(40)] + [""]),
        "sold": choose(["true", "false"]),
        "day": [str(EPOCH + datetime.timedelta(days=int(day))) for day in generator.integers(-9000, 30000, ROWS)],
        "the note": choose(["red RED, blue!", "no words -- at all", "blue", "", "Ünï çode 東京"]),
    }
    cells["y"] = [
        f"{float(carat or 0) + 2 * (cut == 'Ideal') - (sold == 'true') + noise:.5f}"
        for carat, cut, sold, noise in zip(
            cells["carat"], cells["cut"], cells["sold"], generator.normal(size=ROWS) / 10, strict=True
        )
    ]
    return cells


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """The model, trained and asked for its predictions once."""
    folder = tmp_path_factory.mktemp("typed")
    cells = made_cells()
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(cells)
        writer.writerows(zip(*cells.values(), strict=True))
    (folder / "typed.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    run_slope("train", folder / "typed.json", "--models", folder / "models")
    run_slope("predict", folder / "models" / "typed", folder / "rows.csv", "-o", folder / "predictions.csv")
    with (folder / "predictions.csv").open(newline="", encoding="utf-8") as file:
        predicted = [float(row["prediction"]) for row in csv.DictReader(file)]
    return Typed(ExportedModel(folder / "models" / "typed" / "1"), cells, np.asarray(predicted))


def constants(tensors: dict[str, np.ndarray]) -> dict[str, tf.Tensor]:
    """Arrays as tensors."""
    return {key: tf.constant(values) for key, values in tensors.items()}


def test_serving_default_and_predict(product: Typed) -> None:
    loaded = tf.saved_model.load(product.model.path)
    for signature in ("serving_default", "predict"):
        product.check(loaded.signatures[signature](**constants(product.tensors()))["prediction"].numpy())


def test_the_object_is_called_with_a_dictionary(product: Typed) -> None:
    product.check(tf.saved_model.load(product.model.path)(constants(product.tensors())).numpy())


def test_a_session_fills_the_tables(product: Typed) -> None:
    with v1.Session(graph=tf.Graph()) as session:
        signature = v1.saved_model.load(session, ["serve"], str(product.model.path)).signature_def["serving_default"]
        feeds = {signature.inputs[key].name: values for key, values in product.tensors().items()}
        product.check(session.run(signature.outputs["prediction"].name, feeds))


def test_examples_lack_what_is_missing(product: Typed) -> None:
    columns = product.model.description["columns"]
    examples = []
    for row in range(ROWS):
        features = {
            column["name"]: feature(column, product.cells[column["name"]][row])
            for column in columns
            if product.cells[column["name"]][row]
        }
        examples.append(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())
    loaded = tf.saved_model.load(product.model.path)
    product.check(loaded.signatures["regress"](inputs=tf.constant(examples))["outputs"].numpy())


def feature(column: dict, cell: str) -> tf.train.Feature:
    """A cell as a tf.Example has it: no boolean, which is an int64 there."""
    value = typed(column, [cell])[0]
    match column["dtype"]:
        case "float32":
            return tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
        case "string":
            return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))
        case _:
            return tf.train.Feature(int64_list=tf.train.Int64List(value=[int(value)]))


def test_contributions_sum_to_the_score(product: Typed) -> None:
    loaded = tf.saved_model.load(product.model.path)
    explained = loaded.signatures["explain"](**constants(product.tensors()))
    contributions = explained["contributions"].numpy()
    assert contributions.shape == (ROWS, len(product.model.description["features"]))
    product.check(explained["score"].numpy())
    product.check(contributions.sum(axis=1) + explained["intercept"].numpy())


def test_places_in_the_vocabulary_need_no_strings(product: Typed) -> None:
    """The hashes and counts come from TensorFlow's own ops in Python, the places from model.json."""
    loaded = tf.saved_model.load(product.model.path)
    signature = loaded.signatures["indexed"]
    inputs = signature.structured_input_signature[1]
    assert all(spec.dtype != tf.string for spec in inputs.values())
    tensors = product.tensors()
    cut, lot, note = (column_of(product, name) for name in ("cut", "lot", "the note"))
    texts = {name: np.asarray(product.cells[name], object) for name in ("cut", "lot", "city")}
    tensors["cut"] = places(cut, product.cells["cut"])
    tensors["lot"] = places(lot, product.cells["lot"])
    tensors["city"] = tf.strings.to_hash_bucket_fast(texts["city"], 16)
    tensors["cut_x_lot"] = tf.strings.to_hash_bucket_fast(
        tf.strings.join([texts["cut"], texts["lot"]], separator="\x1f"), 32
    )
    tensors["the_note"] = words(product.cells["the note"], note["transform"])
    product.check(signature(**{key: tf.constant(values) for key, values in tensors.items()})["prediction"].numpy())


def column_of(product: Typed, name: str) -> dict:
    """A column's entry in model.json."""
    return next(column for column in product.model.description["columns"] if column["name"] == name)


def places(column: dict, cells: list[str]) -> np.ndarray:
    """The vocabulary's places, then missing where that is a level, then all others where they are."""
    transform = column["transform"]
    levels = {text: place for place, text in enumerate(transform["vocabulary"])}
    missing = len(levels) if transform["missing_level"] else -1
    other = len(levels) + transform["missing_level"] if transform["other_level"] else -1
    return np.asarray([levels.get(cell, other) if cell else missing for cell in cells], np.int64)


def words(cells: list[str], transform: dict) -> np.ndarray:
    """Counts of the hashed words and pairs of words of each text."""
    counts = np.zeros((len(cells), transform["buckets"]), np.float32)
    for row, cell in enumerate(cells):
        found = "".join(letter if letter.isalnum() else " " for letter in cell.lower()).split()
        found += [f"{first} {second}" for first, second in zip(found, found[1:], strict=False)]
        if found:
            for bucket in tf.strings.to_hash_bucket_fast(found, transform["buckets"]).numpy():
                counts[row, bucket] += 1
    return counts


def test_gradient_step_reaches_the_weights_of_levels(product: Typed, tmp_path: Path) -> None:
    """One step towards targets one unit off must lower the loss; the re-saved model answers as the stepped one."""
    loaded = tf.saved_model.load(product.model.path)
    inputs = constants(product.tensors())
    targets = loaded(inputs) + 1
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(loaded(inputs) - targets))
    gradients = [tf.convert_to_tensor(gradient) for gradient in tape.gradient(loss, loaded.trainable_variables)]
    assert np.count_nonzero(gradients[0]) > len(product.model.description["features"])
    squared_norm = sum(tf.reduce_sum(tf.square(gradient)) for gradient in gradients)
    for variable, gradient in zip(loaded.trainable_variables, gradients, strict=True):
        variable.assign_sub(loss / 1000 / squared_norm * gradient)
    stepped = loaded(inputs)
    assert tf.reduce_mean(tf.square(stepped - targets)).numpy() == pytest.approx(0.999 * loss.numpy(), rel=1e-4)

    tf.saved_model.save(loaded, tmp_path, signatures=loaded.signatures)
    again = tf.saved_model.load(tmp_path)
    np.testing.assert_allclose(again(inputs).numpy(), stepped.numpy(), atol=TOLERANCE, rtol=0)


def test_saved_model_cli_runs_typed_rows(product: Typed, tmp_path: Path) -> None:
    # Its literals have no NaN, so numbers go in as files.
    files, expressions = [], []
    for key, values in product.tensors(5).items():
        if values.dtype == np.float32:
            np.save(tmp_path / f"{key}.npy", values)
            files.append(f"{key}={tmp_path / key}.npy")
        else:
            shown = [value.decode() if isinstance(value, bytes) else value.item() for value in values]
            expressions.append(f"{key}={shown}")
    saved_model_cli(
        *("run", "--dir", product.model.path, "--tag_set", "serve", "--signature_def", "serving_default"),
        *("--inputs", ";".join(files)),
        *("--input_exprs", ";".join(expressions)),
        *("--outdir", tmp_path),
    )
    product.check(np.load(tmp_path / "prediction.npy"))
