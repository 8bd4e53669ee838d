"""An exported model's documents (`assets.extra`), read as data, and its predictions computed from them by NumPy."""

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rows import Rows

HISTORY_HEADER = ["epoch", "loss", "validation_loss", "learning_rate", "seconds"]


@dataclass(frozen=True)
class ExportedModel:
    """One version of an exported model.

    Attributes:
        path: the SavedModel's folder, `<models>/<name>/<version>`.
    """

    path: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        """The effective config: every default filled in."""
        return self._document("config.json")

    @cached_property
    def description(self) -> dict[str, Any]:
        """model.json: columns, outputs and coefficients."""
        return self._document("model.json")

    @property
    def columns(self) -> list[str]:
        """The raw columns the model reads, in the order of the `dense` signature's matrix."""
        return [column["name"] for column in self.description["columns"]]

    @property
    def signature_keys(self) -> dict[str, str]:
        """Raw column to the key of its tensor in `serving_default`."""
        return {column["name"]: column["signature_key"] for column in self.description["columns"]}

    @property
    def labels(self) -> list[str]:
        """The predicted columns, in the order of the config."""
        return [output["label"] for output in self.description["outputs"]]

    @property
    def learning_rate(self) -> float:
        """The constant learning rate of the training."""
        return self.config["training"]["optimizer"]["learning_rate"]["value"]

    @property
    def epochs(self) -> int:
        """How many epochs the config asks for."""
        return self.config["training"]["epochs"]

    def scaling(self, column: str) -> str:
        """How a column is scaled: its own entry, else that of `*`, else standard."""
        features = self.config["features"]
        return features.get(column, features.get("*", {"scaling": "standard"}))["scaling"]

    def tensors(self, rows: Rows) -> dict[str, np.ndarray]:
        """What `serving_default` is fed with: signature key to float32 values of shape [rows]."""
        return {key: rows[column] for column, key in self.signature_keys.items()}

    def matrix(self, rows: Rows) -> np.ndarray:
        """What `dense` is fed with: float32 of shape [rows, columns]."""
        return np.column_stack([rows[column] for column in self.columns])

    def numpy_predictions(self, rows: Rows) -> np.ndarray:
        """`intercept + sum of value * column` on the original scale of the data: float64 of shape [rows, labels]."""
        predictions = []
        for output in self.description["outputs"]:
            terms = [entry["value"] * rows[entry["feature"]].astype(np.float64) for entry in output["coefficients"]]
            predictions.append(output["intercept"] + np.sum(terms, axis=0))
        return np.column_stack(predictions)

    @cached_property
    def history(self) -> dict[str, list[str]]:
        """history.csv by column, as written."""
        with (self.path / "assets.extra" / "history.csv").open(newline="", encoding="utf-8") as file:
            header, *records = csv.reader(file)
        assert header == HISTORY_HEADER
        return dict(zip(header, map(list, zip(*records, strict=True)), strict=True))

    def _document(self, name: str) -> dict[str, Any]:
        return json.loads((self.path / "assets.extra" / name).read_text(encoding="utf-8"))
