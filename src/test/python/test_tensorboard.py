"""The events of a run, read by TensorBoard's own code and compared with the other files that tell of the run.

A scalar of TensorBoard is a float32: it must be the one nearest to what history.csv, model.json or metrics.json has.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
from tensorboard.backend.event_processing.event_accumulator import STORE_EVERYTHING_SIZE_GUIDANCE, EventAccumulator
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.context import RequestContext
from tensorboard.plugins.base_plugin import TBContext
from tensorboard.plugins.hparams import api_pb2, backend_context, get_experiment, list_session_groups, metadata

from exported import ExportedModel
from launcher import ROOT, run_slope

RUNS = {
    "line": ("line",),
    "validated": ("line", '/data/split={"method": "random", "validation": 0.3}'),
    "several_labels": ("linnerud",),
    "several_classes": ("iris",),
    "zero_weights": ("diabetes", "/model/l1=40"),
    "second_order": ("breast_cancer", "/training/optimizer=lbfgs", "/model/l2=0.01"),
    "double_precision": ("line", "/training/precision=float64"),
}
"""A shipped config each, and what is set in it."""

CLOCK_RESOLUTION = 1e-6
"""Seconds since 1970 in float64 are 2.4e-7 apart."""


def trained(models: Path, config: str, *settings: str) -> ExportedModel:
    """The newest version of a config that was trained with events."""
    values = [part for setting in settings for part in ("--set", setting)]
    events = ["--set", "/report/tensorboard=true", "--set", "/report/plots=false", "--set", "/expect={}"]
    run_slope("train", ROOT / "configs" / f"{config}.json", *values, *events, "--models", models)
    return ExportedModel(max((models / config).iterdir(), key=lambda version: int(version.name)))


@dataclass(frozen=True)
class Run:
    """An export and what TensorBoard reads of it."""

    model: ExportedModel
    events: EventAccumulator

    def scalars(self, tag: str) -> dict[int, np.float32]:
        """The values of a tag by their steps, one each."""
        read = self.events.Scalars(tag)
        values = {event.step: np.float32(event.value) for event in read}
        assert len(values) == len(read)
        return values

    def history(self, column: str) -> dict[int, np.float32]:
        """A column of history.csv by its epochs."""
        values = np.asarray(self.model.history[column], np.float64).astype(np.float32)
        return dict(zip(map(int, self.model.history["epoch"]), values, strict=True))

    @property
    def epochs(self) -> int:
        """The last epoch of the history."""
        return int(self.model.history["epoch"][-1])

    def outputs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What ends the tags of each output, and the output in model.json."""
        outputs = self.model.description["outputs"]
        for output in outputs:
            yield "" if len(outputs) == 1 else "/" + output.get("label", output.get("class")), output

    def extra(self, name: str) -> dict[str, Any]:
        """A document beside the model."""
        return json.loads((self.model.path / "assets.extra" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=RUNS)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Each run, all of its events loaded."""
    model = trained(tmp_path_factory.mktemp(request.param), *RUNS[request.param])
    events = EventAccumulator(str(model.path / "assets.extra" / "tensorboard"), STORE_EVERYTHING_SIZE_GUIDANCE)
    events.Reload()
    return Run(model, events)


def equal(read: dict[int, np.float32], expected: dict[int, Any]) -> bool:
    """Whether steps and float32 values are the same."""
    return list(read) == list(expected) and all(read[step] == np.float32(expected[step]) for step in expected)


def test_every_epoch_of_the_history(run: Run) -> None:
    assert len(run.model.history["loss"]) > 1
    for column in ("loss", "learning_rate"):
        assert equal(run.scalars(column), run.history(column)), column
    if "" in run.model.history["validation_loss"]:
        assert "validation_loss" not in run.events.Tags()["scalars"]
    else:
        assert equal(run.scalars("validation_loss"), run.history("validation_loss"))


def test_some_run_has_validation_losses(run: Run, request: pytest.FixtureRequest) -> None:
    has_split = "validated" in request.node.name
    assert ("validation_loss" in run.events.Tags()["scalars"]) == has_split


def test_events_are_as_far_apart_as_their_epochs(run: Run) -> None:
    times = np.asarray([event.wall_time for event in run.events.Scalars("loss")])
    seconds = np.asarray(run.model.history["seconds"], np.float64)
    np.testing.assert_allclose(times - times[0], seconds - seconds[0], rtol=0, atol=CLOCK_RESOLUTION)


def test_weights_are_those_of_the_model(run: Run) -> None:
    count, zeros = 0, 0
    for suffix, output in run.outputs():
        weights = np.asarray([each["standardized"] for each in output["coefficients"]])
        for coefficient in output["coefficients"]:
            scalars = run.scalars(f"weights{suffix}/{coefficient['feature']}")
            assert list(scalars) == [0, run.epochs]
            assert scalars[run.epochs] == np.float32(coefficient["standardized"])
        assert run.scalars(f"intercept{suffix}")[run.epochs] == np.float32(output["standardized_intercept"])
        start, end = run.events.Histograms(f"weights{suffix}")
        assert (start.step, end.step) == (0, run.epochs)
        histogram = end.histogram_value
        assert (histogram.num, histogram.min, histogram.max) == (weights.size, weights.min(), weights.max())
        assert histogram.sum == pytest.approx(weights.sum(), rel=1e-12)
        assert histogram.sum_squares == pytest.approx(np.square(weights).sum(), rel=1e-12)
        # A value is counted in the first bucket whose limit is above it.
        buckets = np.searchsorted(histogram.bucket_limit, weights, side="right")
        np.testing.assert_array_equal(histogram.bucket, np.bincount(buckets, minlength=len(histogram.bucket_limit)))
        count, zeros = count + weights.size, zeros + np.count_nonzero(weights == 0)
    assert run.scalars("fraction_of_zero_weights")[run.epochs] == np.float32(zeros / count)


def test_a_penalty_of_magnitudes_makes_some_weights_zero(run: Run, request: pytest.FixtureRequest) -> None:
    fraction = run.scalars("fraction_of_zero_weights")[run.epochs]
    assert (0 < fraction < 1) if "zero_weights" in request.node.name else (fraction == 0)


def test_weights_begin_where_the_initializer_says(run: Run) -> None:
    zeros = run.model.config["model"]["initializer"]["type"] == "zeros"
    assert run.scalars("fraction_of_zero_weights")[0] == (1 if zeros else 0)


def test_metrics_are_those_of_the_model(run: Run) -> None:
    parts = {part: values for part, values in run.extra("metrics.json").items() if part in ("train", "validation", "test")}
    expected = {
        f"metrics/{part}.{name}": value for part, rows in parts.items() for name, value in rows["metrics"].items()
    }
    assert {tag for tag in run.events.Tags()["scalars"] if tag.startswith("metrics/")} == set(expected)
    for tag, value in expected.items():
        assert equal(run.scalars(tag), {run.epochs: value}), tag


def leaves(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Texts, numbers and truths by their JSON pointers; lists have none."""
    match value:
        case dict():
            for key, member in value.items():
                yield from leaves(f"{pointer}/{key}", member)
        case str() | bool() | int() | float():
            yield pointer, value


def hyperparameters(model: ExportedModel) -> dict[str, Any]:
    """What the config says of seed, model and training, but of no machine."""
    training = {key: value for key, value in model.config["training"].items() if key not in OF_THE_MACHINE}
    sections = {"seed": model.config["seed"], "model": model.config["model"], "training": training}
    return dict(leaves("", sections))


OF_THE_MACHINE = {"checkpoint", "device", "memory"}


def plain(value: Any) -> Any:
    """What a google.protobuf.Value holds."""
    return getattr(value, value.WhichOneof("kind"))


def test_hyperparameters_are_those_of_the_effective_config(run: Run) -> None:
    contents = run.events.PluginTagToContent(metadata.PLUGIN_NAME)
    start = metadata.parse_session_start_info_plugin_data(contents[metadata.SESSION_START_INFO_TAG])
    expected = hyperparameters(run.model)
    assert {"/model/l1", "/model/l2", "/training/epochs", "/training/optimizer/type", "/seed"} <= set(expected)
    assert {name: plain(value) for name, value in start.hparams.items()} == expected
    end = metadata.parse_session_end_info_plugin_data(contents[metadata.SESSION_END_INFO_TAG])
    assert end.status == api_pb2.STATUS_SUCCESS
    seconds = float(run.model.history["seconds"][-1])
    assert end.end_time_secs - start.start_time_secs == pytest.approx(seconds, abs=CLOCK_RESOLUTION)
    last = run.events.Scalars("loss")[-1]
    assert last.wall_time == end.end_time_secs


def test_the_tab_compares_runs_of_one_folder_of_models(tmp_path: Path) -> None:
    """Two versions of one model and another model: each a row, with a column for whatever any of them has."""
    rate = "/training/optimizer/learning_rate"
    exports = [
        trained(tmp_path, "line", f"{rate}=0.01", "/training/epochs=50"),
        trained(tmp_path, "line", f"{rate}=0.02", "/training/epochs=60"),
        trained(tmp_path, "iris", "/training/optimizer=lbfgs", "/model/l2=0.01"),
    ]
    multiplexer = EventMultiplexer()
    multiplexer.AddRunsFromDirectory(str(tmp_path))
    multiplexer.Reload()
    tensorboard = TBContext(data_provider=MultiplexerDataProvider(multiplexer, str(tmp_path)))
    context = backend_context.Context(tensorboard)

    experiment = get_experiment.Handler(RequestContext(), context, "", api_pb2.GetExperimentRequest()).run()

    infos = {info.name: info for info in experiment.hparam_infos}
    assert set(infos) == {name for model in exports for name in hyperparameters(model)}
    assert infos[f"{rate}/value"].differs
    assert (infos[f"{rate}/value"].domain_interval.min_value, infos[f"{rate}/value"].domain_interval.max_value) == (
        0.01,
        0.02,
    )
    assert set(infos["/training/optimizer/type"].domain_discrete) == {"gradient_descent", "lbfgs"}
    tags = {info.name.tag for info in experiment.metric_infos}
    assert {"loss", "metrics/train.mse", "metrics/train.accuracy"} <= tags

    request = api_pb2.ListSessionGroupsRequest(
        start_index=0,
        slice_size=10,
        allowed_statuses=[api_pb2.STATUS_SUCCESS],
        col_params=[api_pb2.ColParams(metric=info.name) for info in experiment.metric_infos],
    )
    answer = list_session_groups.Handler(RequestContext(), context, "", request).run()

    groups = {group.name: group for group in answer.session_groups}
    assert set(groups) == {
        f"{model.path.relative_to(tmp_path)}/assets.extra/tensorboard" for model in exports
    }
    for model in exports:
        group = groups[f"{model.path.relative_to(tmp_path)}/assets.extra/tensorboard"]
        assert {name: plain(value) for name, value in group.hparams.items()} == hyperparameters(model)
        values = {value.name.tag: np.float32(value.value) for value in group.metric_values}
        assert values["loss"] == np.float32(model.history["loss"][-1])
        metrics = json.loads((model.path / "assets.extra" / "metrics.json").read_text(encoding="utf-8"))
        for name, value in metrics["train"]["metrics"].items():
            assert values[f"metrics/train.{name}"] == np.float32(value), name
