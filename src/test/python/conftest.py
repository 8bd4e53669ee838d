"""Trains every shipped config once with the product and hands the exports to the tests.

Environment:
    SLOPE_LAUNCHER: the launcher under test; by default the checkout's.
    SLOPE_CONFORMANCE_MODELS: a folder of exports shared by several runs of the suite: what is missing there is
        trained, what is there is used as it is. By default each run trains into a temporary folder of its own.
"""

import json
import os

# Before TensorFlow is imported: it reads both once.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

from importlib.util import find_spec  # noqa: E402
from pathlib import Path  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402
import tensorflow as tf  # noqa: E402

from exported import ExportedModel  # noqa: E402
from launcher import ROOT, run_slope  # noqa: E402
from product import Product  # noqa: E402
from rows import read_csv, training_rows, write_csv  # noqa: E402

collect_ignore = [] if find_spec("tensorboard") else ["test_tensorboard.py"]
"""TensorFlow 2.21 no longer brings TensorBoard, which reads the same whatever TensorFlow is beside it."""


def _predicts_numbers_from_numbers(config: Path) -> bool:
    """Whether the tests can read a config's rows themselves; texts and queries have tests of their own."""
    run = json.loads(config.read_text(encoding="utf-8"))
    model, source = run["model"], run["data"]["train"]
    kind = model if isinstance(model, str) else model["type"]
    return kind == "linear_regression" and (isinstance(source, str) or source["type"] != "sql")


CONFIGS = sorted(
    path
    for path in (ROOT / "configs").glob("*.json")
    if path.name != "slope.schema.json" and _predicts_numbers_from_numbers(path)
)
"""Every config the product ships whose rows are numbers."""

if not CONFIGS:
    raise pytest.UsageError(f"{ROOT / 'configs'} must hold the shipped configs, but has none")


def pytest_report_header() -> str:
    """Names what the exports are checked against."""
    return f"tensorflow {tf.__version__}, keras {keras.__version__}, numpy {np.__version__}"


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the exports."""
    shared = os.environ.get("SLOPE_CONFORMANCE_MODELS")
    return Path(shared).resolve() if shared else tmp_path_factory.mktemp("models")


def train(config: Path, models: Path, *overrides: str) -> ExportedModel:
    """The first version of a config's export under `models`; trained unless it is there (an export appears whole)."""
    version = models / config.stem / "1"
    if not version.is_dir():
        settings = [part for override in overrides for part in ("--set", override)]
        run_slope("train", config, *settings, "--models", models)
    return ExportedModel(version)


@pytest.fixture(scope="session", params=CONFIGS, ids=lambda config: config.stem)
def product(request: pytest.FixtureRequest, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Product:
    """Each shipped config's export with its training rows and what `slope predict` answers for them."""
    config: Path = request.param
    model = train(config, models / "shipped")
    source = model.config["data"]["train"]
    rows = training_rows(source, config.parent)
    folder = tmp_path_factory.mktemp(config.stem)
    if source["type"] == "file":
        data = config.parent / source["path"]
    else:
        data = folder / "rows.csv"
        write_csv(rows, data)
    run_slope("predict", model.path.parent, data, "-o", folder / "predictions.csv")
    return Product(model, rows, read_csv(folder / "predictions.csv"))


@pytest.fixture(scope="session", params=["line", "diabetes"])
def trained_from_zeros(request: pytest.FixtureRequest, models: Path) -> Product:
    """A config trained from weights of zero, with its training rows, labels included."""
    config = ROOT / "configs" / f"{request.param}.json"
    model = train(config, models / "zeros", "/model/initializer=zeros")
    rows = training_rows(model.config["data"]["train"], config.parent)
    if request.param == "line":
        rows["y"] = 2 * rows["x"] + 1
    return Product(model, rows, {})
