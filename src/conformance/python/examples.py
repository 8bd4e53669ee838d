"""Serialized `tf.Example`s, as TensorFlow Serving's classifiers and regressors are sent, in TensorFlow 2.

A feature has the name of the raw column, which the signature `serving_default` has under a key of its own.
"""

import json

import numpy as np
import program
import tensorflow as tf


def predict(model, signature, inputs, _):
    columns = json.loads((model / "assets.extra" / "model.json").read_text(encoding="utf-8"))["columns"]
    values = {column["name"]: inputs[column["signature_key"]] for column in columns}
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    serialized = tf.constant([example(row).SerializeToString() for row in rows])
    return tf.saved_model.load(str(model)).signatures[signature](inputs=serialized)


def example(row):
    return tf.train.Example(features=tf.train.Features(feature={name: feature(row[name]) for name in row}))


def feature(value):
    if isinstance(value, bytes):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))
    if isinstance(value, np.floating):
        return tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[int(value)]))


program.run(f"TensorFlow {tf.__version__}", predict)
