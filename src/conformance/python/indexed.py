"""What a model's `indexed` signature takes, made of what `serving_default` takes: a second implementation of both.

    indexed.py MODEL INPUTS OUTPUT

Vocabularies come from model.json, hashes and words from TensorFlow's own ops.
"""

import json
import sys
from pathlib import Path

import numpy as np
import program  # noqa: F401  sets TensorFlow's log level
import tensors
import tensorflow as tf

MISSING_INTEGER = -(2**63)
SEPARATOR = "\x1f"


def indexed(description, named):
    """The tensors by their keys.

    Args:
        description: of the model, model.json.
        named: those of `serving_default`.
    """
    columns = {column["name"]: column for column in description["columns"]}
    found = {}
    for column in columns.values():
        key = column["signature_key"]
        if column.get("transform"):
            found[key] = of_column(column, named[key])
        elif column["name"] == description.get("offset_column"):
            found[key] = named[key]
    for cross in description.get("crosses", []):
        parts = [texts(named[columns[part["column"]]["signature_key"]]) for part in cross["columns"]]
        joined = tf.strings.join(parts, separator=SEPARATOR)
        found[cross["signature_key"]] = places(tf.strings.to_hash_bucket_fast(joined, cross["buckets"]))
    return found


def of_column(column, tensor):
    """The tensor of a column's own feature."""
    transform = column["transform"]
    match transform["type"]:
        case "categorical":
            return places([level(transform, text) for text in texts(tensor)])
        case "hashed":
            return places(tf.strings.to_hash_bucket_fast(texts(tensor), transform["buckets"]))
        case "text":
            return counts(texts(tensor), transform)
        case _:
            return tensor


def texts(tensor):
    """Strings as they are, integers in decimal, truths as `true` and `false`; the empty one where a cell is missing."""
    match tensor.type:
        case "string":
            return tensor.values
        case "int64":
            return [b"" if value == MISSING_INTEGER else str(value).encode() for value in tensor.values]
        case "bool":
            return [b"true" if value else b"false" for value in tensor.values]
        case unknown:
            raise ValueError(f"a text must be of a string, an int64 or a bool, but was of {unknown}")


def level(transform, text):
    """The place in the vocabulary, then the level of a missing value, then that of all others; -1 where there is none."""
    vocabulary = transform["vocabulary"]
    if not text and transform["missing_level"]:
        return len(vocabulary)
    if text and text.decode() in vocabulary:
        return vocabulary.index(text.decode())
    return len(vocabulary) + transform["missing_level"] if transform["other_level"] else -1


def places(values):
    """Places or buckets as a tensor."""
    return tensors.Tensor("int64", (len(values),), [int(value) for value in values])


def counts(cells, transform):
    """How often the words of each bucket occur, and so many neighbouring ones together."""
    table = np.zeros((len(cells), transform["buckets"]), np.float32)
    for row, cell in enumerate(cells):
        words = "".join(letter if letter.isalnum() else " " for letter in cell.decode().lower()).split()
        for length in range(1, transform["ngrams"] + 1):
            grams = [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
            if grams:
                for bucket in tf.strings.to_hash_bucket_fast(grams, transform["buckets"]).numpy():
                    table[row, bucket] += 1
    return tensors.Tensor("float32", table.shape, table.ravel().tolist())


if __name__ == "__main__":
    model, inputs, output = map(Path, sys.argv[1:])
    model_json = json.loads((model / "assets.extra" / "model.json").read_text(encoding="utf-8"))
    tensors.write(output, indexed(model_json, tensors.read(inputs)))
