"""The models of the matrix: trained by the launcher, with rows and with what `slope predict` says of them."""

import csv
import json
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import environments
import tensors
from tensors import Tensor

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = Path(os.environ.get("SLOPE_LAUNCHER", ROOT / "slope"))
"""The launcher under test; the environment variable points the matrix at an unpacked distribution instead."""

PYTHON = Path(__file__).resolve().parent / "python"

CONFIGS = sorted((Path(__file__).parent / "models").glob("*.json"))
"""A config for each kind of model; its file's name is the kind's."""

TOLERANCE = 1e-6
"""How far a number may be from that of `slope predict`, in units of the largest magnitude of its column.

float32 rounds each operation by at most 6e-8 of its result, and a few operations make a prediction. Relative to the
largest of a column and not to each number, since one that happens to be near zero has the same absolute error.
"""


@dataclass(frozen=True)
class Case:
    """One kind of model.

    Attributes:
        kind: the config's name.
        description: the config's own.
        model: the SavedModel's folder.
        inputs: the file of the rows' tensors for each signature.
        expected: the columns of numbers that `slope predict` wrote, NaN where a row has no prediction.
        classes: the class that it wrote for each row; of classifiers.
        class_names: every class by its id; of classifiers.
    """

    kind: str
    description: str
    model: Path
    inputs: dict[str, Path]
    expected: list[list[float]]
    classes: list[str] | None
    class_names: list[str] | None

    @property
    def answer(self) -> str:
        """The output that holds the expected numbers: `prediction`, `probabilities` or, of a margin, `logits`."""
        if self.classes is None:
            return "prediction"
        return "probabilities" if len(self.expected) > 1 else "logits"

    def check(self, outputs: dict[str, Tensor]) -> float:
        """The largest difference of a runtime's outputs from what `slope predict` wrote, in units of the tolerance's.

        `regress` calls its output `outputs`, `classify` calls probabilities `scores` and gives all classes by name.

        Raises:
            Failure: where the difference is above the tolerance, or a shape or a class is another one.
        """
        names = {"outputs": "prediction", "scores": "probabilities"}
        answers = {names.get(name, name): tensor for name, tensor in outputs.items()}
        if self.answer not in answers:
            raise environments.Failure(f"answers {', '.join(outputs) or 'nothing'}, but no {self.answer}")
        if self.classes is not None:
            self._check_classes(answers)
        return self._check_numbers(answers[self.answer])

    def _check_numbers(self, tensor: Tensor) -> float:
        rows, columns = len(self.expected[0]), len(self.expected)
        shape = (rows,) if columns == 1 else (rows, columns)
        if tensor.type != "float32" or tensor.shape != shape:
            raise environments.Failure(f"{self.answer} must be float32 {shape}, but is {tensor.type} {tensor.shape}")
        largest = 0.0
        for column, expected in enumerate(self.expected):
            scale = max(abs(value) for value in expected if not math.isnan(value))
            if scale == 0:
                raise environments.Failure("expected are zeros alone, which prove nothing")
            for row, value in enumerate(expected):
                found = tensor.values[row * columns + column]
                if math.isnan(value) and not math.isfinite(found):
                    continue
                difference = abs(found - value) / scale
                if not difference <= TOLERANCE:
                    raise environments.Failure(
                        f"{self.answer} of row {row}, column {column}, must be {value} to {TOLERANCE} of {scale},"
                        f" but is {found}"
                    )
                largest = max(largest, difference)
        return largest

    def _check_classes(self, answers: dict[str, Tensor]) -> None:
        ids, names = answers.get("class_id"), answers.get("classes")
        if not ids and not names:
            raise environments.Failure("answers neither class_id nor classes")
        if ids and ids.values != [self.class_names.index(name) for name in self.classes]:
            raise environments.Failure("class_id has other classes than slope predict")
        if names:
            expected = self.classes if len(names.shape) == 1 else self.class_names * len(self.classes)
            if [name.decode() for name in names.values] != expected:
                raise environments.Failure("classes has other classes than slope predict")


def make(config: Path, folder: Path) -> Case:
    """Trains a config, predicts its own training rows and writes them as tensors, all under a folder."""
    settings = json.loads(config.read_text(encoding="utf-8"))
    kind, data = config.stem, config.parent / settings["data"]["train"]
    slope("train", config, "--models", folder / "models")
    model = folder / "models" / kind / "1"
    slope("predict", model, data, "-o", folder / f"{kind}.csv")
    header, predicted = read_csv(folder / f"{kind}.csv")
    description = json.loads((model / "assets.extra/model.json").read_text(encoding="utf-8"))

    inputs = {}
    named = named_tensors(description["columns"], read_rows(data))
    for signature, columns in signature_inputs(named).items():
        inputs[signature] = folder / f"{kind}.{signature}.txt"
        tensors.write(inputs[signature], columns)
    if needs_strings(description):
        inputs["indexed"] = folder / f"{kind}.indexed.txt"
        words = [PYTHON / "indexed.py", model, inputs["serving_default"], inputs["indexed"]]
        python = environments.python("tf218") / "bin/python"
        environments.command("indexed.py", [python, *words], PYTHONPATH=str(PYTHON.parent))
    is_classifier = header[0] == "class"
    numbers = [[number(cell) for cell in column] for column in predicted[1 if is_classifier else 0 :]]
    return Case(
        kind,
        settings["description"],
        model,
        inputs,
        numbers,
        predicted[0] if is_classifier else None,
        description["classification"]["classes"] if is_classifier else None,
    )


def slope(*words: object) -> str:
    """Runs a command of the product."""
    return environments.command(f"slope {words[0]} {words[1]}", [LAUNCHER, *words], folder=ROOT)


def number(cell: str) -> float:
    """A number as float32 holds it; an empty cell is NaN."""
    return tensors.float32(float(cell)) if cell else math.nan


def needs_strings(description: dict) -> bool:
    """Whether a model has the signature `indexed`: where a feature is looked up, hashed or made of words."""
    kinds = {(column.get("transform") or {}).get("type") for column in description["columns"]}
    return "crosses" in description or not kinds.isdisjoint({"categorical", "hashed", "text"})


def integer(cell: str) -> int:
    """An integer; the smallest int64 stands for a missing one."""
    return int(cell) if cell else -(2**63)


def seconds(cell: str) -> int:
    """From 1970-01-01 to a time in UTC."""
    return int(datetime.fromisoformat(cell).replace(tzinfo=UTC).timestamp())


# How a cell of text becomes a value of a column's type.
CELLS: dict[str, Callable[[str], object]] = {
    "float32": number,
    "int64": integer,
    "time": seconds,
    "bool": lambda cell: cell == "true",
    "string": str.encode,
}


def named_tensors(columns: list[dict], rows: dict[str, list[str]]) -> dict[str, Tensor]:
    """The rows as a tensor for each column, by its key.

    Args:
        columns: those of model.json, whose order is that of `dense`.
        rows: the data's cells, by the column's own name.
    """
    named = {}
    for column in columns:
        is_time = (column.get("transform") or {}).get("type") == "datetime"
        read = CELLS["time" if is_time else column["dtype"]]
        cells = [read(cell) for cell in rows[column["name"]]]
        named[column["signature_key"]] = Tensor(column["dtype"], (len(cells),), cells)
    return named


def signature_inputs(named: dict[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """The rows as tensors, for each signature that takes them as they are; the order is that of `dense`."""
    signatures = {name: named for name in ("serving_default", "predict", "regress", "classify")}
    if all(tensor.type == "float32" for tensor in named.values()):
        table = zip(*(tensor.values for tensor in named.values()), strict=True)
        values = [value for row in table for value in row]
        signatures["dense"] = {"x": Tensor("float32", (len(values) // len(named), len(named)), values)}
    return signatures


def read_rows(path: Path) -> dict[str, list[str]]:
    """The cells of each column of a CSV file, by its name."""
    return dict(zip(*read_csv(path), strict=True))


def read_csv(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header of a CSV file, and the cells of each column."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *records = csv.reader(file)
    return header, [list(column) for column in zip(*records, strict=True)]
