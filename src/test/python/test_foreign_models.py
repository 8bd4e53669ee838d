"""SavedModels that Keras and TensorFlow for Python write: `slope inspect` and `slope predict` on them."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.tools.saved_model_utils import get_meta_graph_def

from launcher import run_slope
from rows import read_csv

ROWS = {"a": [1.0, -2.5, 0.125], "b": [0.5, 3.0, -4.0], "n": [1, 2**53 + 1, -7], "s": ["red", "Größe", ""]}


class Scorer(tf.Module):
    """A table, a variable and columns of every type."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = tf.Variable([2.0, -1.0], name="weight")
        initializer = tf.lookup.KeyValueTensorInitializer(["red", "Größe"], [10, 20], value_dtype=tf.int64)
        self.table = tf.lookup.StaticHashTable(initializer, -1)

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.float32, name="a"),
            tf.TensorSpec([None, 1], tf.float64, name="b"),
            tf.TensorSpec([None], tf.int64, name="n"),
            tf.TensorSpec([None], tf.string, name="s"),
        ]
    )
    def score(self, a, b, n, s):
        """Answers of several types and shapes."""
        pair = tf.stack([a, tf.cast(b[:, 0], tf.float32)], axis=1) * self.weight
        return {"pair": pair, "third": b / 3, "place": self.table.lookup(s), "next": n + 1, "shout": s + "!"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rows as CSV."""
    lines = [",".join(ROWS), *(",".join(map(str, row)) for row in zip(*ROWS.values(), strict=True))]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def text_columns(path: Path) -> dict[str, list[str]]:
    """The columns of a CSV file without quotes."""
    header, *records = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    return dict(zip(header, map(list, zip(*records, strict=True)), strict=True))


def test_predict_asks_a_module_of_tensorflow(tmp_path: Path, data: Path) -> None:
    module = Scorer()
    tf.saved_model.save(module, tmp_path / "module", signatures={"serving_default": module.score})
    run_slope("predict", tmp_path / "module", data, "-o", tmp_path / "out.csv")
    answered = text_columns(tmp_path / "out.csv")
    assert list(answered) == ["next", "pair_0", "pair_1", "place", "shout", "third"]
    assert answered["next"] == ["2", str(2**53 + 2), "-6"]
    assert [float(value) for value in answered["pair_0"]] == [2 * value for value in ROWS["a"]]
    assert [float(value) for value in answered["pair_1"]] == [-value for value in ROWS["b"]]
    assert answered["place"] == ["10", "20", "-1"]
    assert answered["shout"] == ["red!", "Größe!", "!"]
    assert [float(value) for value in answered["third"]] == [value / 3 for value in ROWS["b"]]


def keras_model() -> keras.Model:
    """Two columns, a hidden layer and two outputs."""
    inputs = {name: keras.Input((1,), name=name) for name in ("a", "b")}
    hidden = keras.layers.Dense(3, activation="relu")(keras.layers.Concatenate()(list(inputs.values())))
    outputs = {"mean": keras.layers.Dense(1)(hidden), "shares": keras.layers.Dense(2, activation="softmax")(hidden)}
    return keras.Model(inputs, outputs)


def test_predict_asks_a_model_of_keras(tmp_path: Path, data: Path) -> None:
    model = keras_model()
    model.export(tmp_path / "keras", verbose=False)
    run_slope("predict", tmp_path / "keras", data, "--keep", "b", "-o", tmp_path / "out.csv")
    answered = read_csv(tmp_path / "out.csv")
    assert list(answered) == ["b", "mean", "shares_0", "shares_1"]
    expected = model.predict({name: np.asarray(ROWS[name], np.float32)[:, None] for name in "ab"}, verbose=0)
    np.testing.assert_allclose(answered["mean"], expected["mean"][:, 0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(answered["shares_0"], expected["shares"][:, 0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(answered["shares_1"], expected["shares"][:, 1], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", ["module", "keras"])
def test_inspect_shows_what_the_meta_graph_says(tmp_path: Path, kind: str) -> None:
    """`saved_model_cli show` prints the same fields of the same message."""
    folder = tmp_path / kind
    model = Scorer() if kind == "module" else keras_model()
    if kind == "module":
        tf.saved_model.save(model, folder, signatures={"serving_default": model.score})
    else:
        model.export(folder, verbose=False)
    graph = get_meta_graph_def(str(folder), "serve")
    shown = json.loads(run_slope("inspect", folder, "--json"))["saved_model"]
    assert shown["tags"] == list(graph.meta_info_def.tags)
    assert shown["tensorflow_version"] == tf.__version__
    signatures = {name: each for name, each in graph.signature_def.items() if not name.startswith("__")}
    assert set(shown["signatures"]) == set(signatures)
    for name, signature in signatures.items():
        assert shown["signatures"][name]["method"] == signature.method_name
        for side in ("inputs", "outputs"):
            tensors = getattr(signature, side)
            assert set(shown["signatures"][name][side]) == set(tensors)
            for key, info in tensors.items():
                text = shown["signatures"][name][side][key]
                assert text["dtype"] == tf.dtypes.as_dtype(info.dtype).name
                assert text["shape"] == [dimension.size for dimension in info.tensor_shape.dim]
                assert shown["tensors"][name][side][key] == info.name
    assert set(shown["functions"]) >= ({"score"} if kind == "module" else {"serve"})
    for variable in model.variables:
        entry = {"dtype": "float32", "shape": list(variable.shape)}
        assert any(each["value"] == entry for each in shown["variables"])
