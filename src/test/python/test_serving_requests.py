"""Requests to TensorFlow Serving that stand beside a model, read with its own protos and answered as it answers them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from google.protobuf.unknown_fields import UnknownFieldSet
from tensorflow_serving.apis import predict_pb2, prediction_log_pb2

from exported import ExportedModel
from launcher import run_slope
from rows import read_csv, write_csv
from test_classes_and_counts import BINARY, POISSON, SOFTMAX, made_rows
from test_typed_columns import CONFIG as TYPED
from test_typed_columns import made_cells

WARMUP_ROWS = 5
TOLERANCE = 1e-5
"""Scores of a few units from a few terms: float32 rounds them by less than 1e-6."""

SVM = {"type": "linear_svm"}
KINDS = {"typed": None, "counts": POISSON, "binary": BINARY, "softmax": SOFTMAX, "margin": SVM}


@dataclass(frozen=True)
class Served:
    """An export with requests.

    Attributes:
        model: the export.
        predicted: the numbers that `slope predict` wrote for the first rows, shape [rows, numbers].
    """

    model: ExportedModel
    predicted: np.ndarray

    @property
    def signatures(self) -> dict:
        """The loaded signatures; the object keeps the variables alive."""
        loaded = tf.saved_model.load(str(self.model.path))
        signatures = dict(loaded.signatures)
        for signature in signatures.values():
            signature.model = loaded
        return signatures

    @property
    def example_signature(self) -> str | None:
        """The signature that takes examples."""
        return next((name for name in ("classify", "regress") if name in self.signatures), None)

    def extra(self, name: str) -> Path:
        """A file beside the model."""
        return self.model.path / "assets.extra" / name

    def numbers(self, answer: dict[str, tf.Tensor]) -> np.ndarray:
        """What `slope predict` writes of an answer: shape [rows, numbers]."""
        name = next(name for name in ("prediction", "probabilities", "logits") if name in answer)
        values = answer[name].numpy()
        return values.reshape(len(values), -1)


@pytest.fixture(scope="module", params=KINDS)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Each kind of model, trained with rows to warm up with."""
    folder = tmp_path_factory.mktemp(request.param)
    model = KINDS[request.param]
    if model is None:
        cells = made_cells()
        lines = [",".join(f'"{cell}"' for cell in row) for row in [list(cells), *zip(*cells.values(), strict=True)]]
        (folder / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        config = TYPED
    else:
        rows = made_rows({"type": "logistic_regression"} if model is SVM else model)
        write_csv(rows, folder / "rows.csv")
        config = {"data": {"train": "rows.csv"}, "label": "y", "model": model, "report": {"plots": False}}
        config["training"] = {"optimizer": {"type": "gradient_descent", "learning_rate": 0.1}, "epochs": 50}
        if "exposure" in rows:
            config["offset_column"] = "exposure"
    config = config | {"name": "served", "export": {"warmup_rows": WARMUP_ROWS}}
    (folder / "served.json").write_text(json.dumps(config), encoding="utf-8")
    run_slope("train", folder / "served.json", "--models", folder / "models")
    run_slope("predict", folder / "models/served", folder / "rows.csv", "-o", folder / "predictions.csv")
    predicted = read_csv(folder / "predictions.csv")
    numbers = [values[:WARMUP_ROWS] for name, values in predicted.items() if name != "class"]
    return Served(ExportedModel(folder / "models/served/1"), np.column_stack(numbers))


def logs(served: Served) -> list[prediction_log_pb2.PredictionLog]:
    """The requests to warm up with; TensorFlow checks the sums of the records."""
    records = tf.data.TFRecordDataset(str(served.extra("tf_serving_warmup_requests")))
    return [prediction_log_pb2.PredictionLog.FromString(record.numpy()) for record in records]


def check_known(message) -> None:
    """Fails where a message or one within it has a field that its proto does not know."""
    assert len(UnknownFieldSet(message)) == 0, message
    for field, value in message.ListFields():
        if field.message_type is None or field.message_type.GetOptions().map_entry:
            continue
        for each in [value] if hasattr(value, "ListFields") else value:
            check_known(each)


def predict(served: Served, request: predict_pb2.PredictRequest) -> np.ndarray:
    """Answers as the server does: tensors by the keys of the signature, all of them and no other."""
    assert request.model_spec.name == "served"
    signature = served.signatures[request.model_spec.signature_name]
    inputs = {key: tf.constant(tf.make_ndarray(tensor)) for key, tensor in request.inputs.items()}
    return served.numbers(signature(**inputs))


def test_warmup_requests_are_those_of_the_first_rows(served: Served) -> None:
    requests = logs(served)
    assert len(requests) == WARMUP_ROWS * (2 if served.example_signature else 1)
    for log in requests:
        check_known(log)
    predictions = [predict(served, log.predict_log.request) for log in requests if log.HasField("predict_log")]
    np.testing.assert_allclose(np.concatenate(predictions), served.predicted, atol=TOLERANCE, rtol=TOLERANCE)


def test_warmup_requests_of_examples_are_accepted(served: Served) -> None:
    kind = served.example_signature
    requests = [getattr(log, f"{kind}_log").request for log in logs(served) if log.HasField(f"{kind}_log")] if kind else []
    assert len(requests) == (WARMUP_ROWS if kind else 0)
    answers = []
    for request in requests:
        assert (request.model_spec.name, request.model_spec.signature_name) == ("served", kind)
        examples = [example.SerializeToString() for example in request.input.example_list.examples]
        accepted = accepted_classification if kind == "classify" else accepted_regression
        answers.append(accepted(served, examples))
    if answers:
        np.testing.assert_allclose(np.concatenate(answers), served.predicted, atol=TOLERANCE, rtol=TOLERANCE)


def run_examples(served: Served, kind: str, examples: list[bytes]) -> dict[str, np.ndarray]:
    """Runs a signature of examples by what its SignatureDef says, as the server does."""
    from tensorflow.python.tools.saved_model_utils import get_meta_graph_def

    definition = get_meta_graph_def(str(served.model.path), "serve").signature_def[kind]
    assert definition.method_name == f"tensorflow/serving/{kind}"
    assert list(definition.inputs) == ["inputs"]
    answer = served.signatures[kind](inputs=tf.constant(examples))
    assert set(answer) == set(definition.outputs)
    return {name: tensor.numpy() for name, tensor in answer.items()}


def accepted_classification(served: Served, examples: list[bytes]) -> np.ndarray:
    """What `PostProcessClassificationResult` of TensorFlow Serving's classifier.cc demands; the scores."""
    answer = run_examples(served, "classify", examples)
    classes, scores = answer.pop("classes"), answer.pop("scores")
    assert not answer, "there must be no outputs besides classes and scores"
    assert classes.dtype == np.object_ and classes.ndim == 2 and len(classes) == len(examples)
    assert scores.dtype == np.float32 and scores.ndim == 2 and len(scores) == len(examples)
    assert classes.shape == scores.shape
    return scores


def accepted_regression(served: Served, examples: list[bytes]) -> np.ndarray:
    """What `PostProcessRegressionResult` of TensorFlow Serving's regressor.cc demands; the values."""
    answer = run_examples(served, "regress", examples)
    values = answer.pop("outputs")
    assert not answer, "there must be no output besides outputs"
    assert values.dtype == np.float32 and len(values) == len(examples)
    assert values.ndim == 1 or (values.ndim == 2 and values.shape[1] == 1)
    return values.reshape(len(values), 1)


def rest_tensors(served: Served, body: dict) -> dict[str, tf.Tensor]:
    """The tensors of a body of either form, typed by the signature as the server types them."""
    specs = served.signatures[body["signature_name"]].structured_input_signature[1]
    if "instances" in body:
        columns = {key: [row[key] for row in body["instances"]] for key in body["instances"][0]}
    else:
        columns = body["inputs"]
    assert set(columns) == set(specs)
    return {key: tf.constant(values, specs[key].dtype) for key, values in columns.items()}


def test_sample_requests_of_both_forms_and_of_grpc_agree(served: Served) -> None:
    samples = json.loads(served.extra("requests.json").read_text(encoding="utf-8"))
    answers = []
    for name in ("predict_rows", "predict_columns"):
        request = samples["rest"][name]
        assert (request["method"], request["path"]) == ("POST", "/v1/models/served:predict")
        signature = served.signatures[request["body"]["signature_name"]]
        answers.append(served.numbers(signature(**rest_tensors(served, request["body"]))))
    assert samples["grpc"]["method"] == "tensorflow.serving.PredictionService/Predict"
    answers.append(predict(served, text_format.Parse(samples["grpc"]["request"], predict_pb2.PredictRequest())))
    assert np.all(np.isfinite(answers[0])) and len(answers[0]) == 1
    np.testing.assert_array_equal(answers[1], answers[0])
    np.testing.assert_array_equal(answers[2], answers[0])


def test_sample_request_of_examples_agrees(served: Served) -> None:
    samples = json.loads(served.extra("requests.json").read_text(encoding="utf-8"))["rest"]
    kind = served.example_signature
    assert set(samples) == {"predict_rows", "predict_columns"} | ({kind} if kind else set())
    if kind:
        request = samples[kind]
        assert request["path"] == f"/v1/models/served:{kind}"
        examples = [example_of(example).SerializeToString() for example in request["body"]["examples"]]
        accepted = accepted_classification if kind == "classify" else accepted_regression
        rows = rest_tensors(served, samples["predict_rows"]["body"])
        expected = served.numbers(served.signatures["serving_default"](**rows))
        np.testing.assert_allclose(accepted(served, examples), expected, atol=TOLERANCE, rtol=TOLERANCE)


def example_of(features: dict) -> tf.train.Example:
    """The server's own rule: texts are bytes, numbers with a point floats, and those without int64."""

    def feature(value: object) -> dict:
        match value:
            case str():
                return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value.encode()]))
            case float():
                return tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
            case int() if not isinstance(value, bool):
                return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))
        raise ValueError(f"no feature of an example can be {value!r}")

    return tf.train.Example(features=tf.train.Features(feature={name: feature(each) for name, each in features.items()}))
