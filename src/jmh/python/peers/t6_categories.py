"""T6: 1,000,000 rows of CSV with 8 columns of strings of 10 to 100,000 values and 8 of numbers; logistic loss, end to end.

Reads categories.csv (900,000 rows), encodes, trains one pass, reads categories-test.csv (100,000), gives its log-loss.
Imports are not in the time, but beside it in `imports`. Every run begins anew; none is left out.
"""
import tempfile
import time
from pathlib import Path

import numpy as np

from common import case, log_loss, main

CATEGORIES, NUMBERS = [f"c{j}" for j in range(8)], [f"n{j}" for j in range(8)]


def end_to_end(name, peer, note=""):
    """Registers make() -> (work(train.csv, test.csv, folder) -> (labels, probabilities) of the held-out rows, version)."""
    def add(make):
        def run(args):
            start = time.perf_counter()
            work, version = make()
            imports = time.perf_counter() - start
            times = []
            for _ in range(args.runs):
                with tempfile.TemporaryDirectory() as folder:
                    data, start = Path(args.data), time.perf_counter()
                    y, p = work(str(data / "categories.csv"), str(data / "categories-test.csv"), Path(folder))
                    loss = log_loss(y, p)
                    times.append(time.perf_counter() - start)
            return {"times": times, "imports": imports, "version": version, "log_loss": loss, "note": f"log-loss {loss:.4f}"}
        case(name, peer, note=note)(run)
        return make
    return add


def labels(path):
    with open(path) as f:
        next(f)
        return np.array([line[0] == "1" for line in f], np.float32)


@end_to_end("vw-csv", "Vowpal Wabbit", "-b 20; its own --csv reader; a Python loop turns label 0 into -1 and names it _label")
def vw_csv():
    import vowpalwabbit

    def convert(source, target):
        with open(source) as f, open(target, "w") as g:
            g.write("_label" + next(f)[1:])
            g.writelines("-" + "1" + line[1:] if line[0] == "0" else line for line in f)

    def work(train, test, folder):
        for source, target in ((train, folder / "train.csv"), (test, folder / "test.csv")):
            convert(source, target)
        model, predictions = str(folder / "model"), str(folder / "predictions")
        vowpalwabbit.Workspace(data=str(folder / "train.csv"), csv=True, loss_function="logistic", b=20, quiet=True,
                               final_regressor=model).finish()
        vowpalwabbit.Workspace(data=str(folder / "test.csv"), csv=True, testonly=True, initial_regressor=model,
                               link="logistic", predictions=predictions, quiet=True).finish()
        return labels(test), np.loadtxt(predictions)
    return work, vowpalwabbit.__version__


@end_to_end("sklearn-onehot", "scikit-learn",
            "OneHotEncoder, SGDClassifier(log_loss, constant eta0=0.02, 1 epoch); pandas read_csv")
def one_hot():
    import pandas as pd
    import sklearn
    from scipy import sparse
    from sklearn.linear_model import SGDClassifier
    from sklearn.preprocessing import OneHotEncoder

    def read(path):
        return pd.read_csv(path, dtype={**{c: str for c in CATEGORIES}, **{n: np.float32 for n in NUMBERS}})

    def work(train, test, folder):
        a, b = read(train), read(test)
        encoder = OneHotEncoder(handle_unknown="ignore", dtype=np.float32).fit(a[CATEGORIES])
        xa, xb = (sparse.hstack([encoder.transform(f[CATEGORIES]), sparse.csr_matrix(f[NUMBERS].to_numpy())], format="csr")
                  for f in (a, b))
        model = SGDClassifier(loss="log_loss", alpha=1e-6, learning_rate="constant", eta0=0.02, max_iter=1, tol=None,
                              random_state=0).fit(xa, a.y)
        return b.y, model.predict_proba(xb)[:, 1]
    return work, sklearn.__version__


@end_to_end("keras-stringlookup", "Keras", "StringLookup + Embedding(dim 1), SGD lr 2, batch 256, steps_per_execution=64")
def keras_lookup():
    import keras
    import pandas as pd
    import tensorflow as tf

    def work(train, test, folder):
        a, b = (pd.read_csv(f, dtype={**{c: str for c in CATEGORIES}, **{n: np.float32 for n in NUMBERS}})
                for f in (train, test))
        strings = [tf.constant(f[CATEGORIES].to_numpy(object).tolist()) for f in (a, b)]
        layer = keras.layers.StringLookup()
        layer.adapt(tf.data.Dataset.from_tensors(tf.reshape(strings[0], [-1])))
        ids = [np.asarray(layer(s), np.int32) for s in strings]
        i, n = keras.Input((8,), dtype="int32"), keras.Input((8,))
        out = keras.layers.Add()([keras.ops.sum(keras.layers.Embedding(layer.vocabulary_size(), 1,
                                                                        embeddings_initializer="zeros")(i), axis=1),
                                  keras.layers.Dense(1)(n)])
        model = keras.Model([i, n], out)
        model.compile(keras.optimizers.SGD(2.0), keras.losses.BinaryCrossentropy(from_logits=True), jit_compile=False,
                      steps_per_execution=64)
        model.fit([ids[0], a[NUMBERS].to_numpy()], a.y.to_numpy(np.float32)[:, None], batch_size=256, epochs=1, verbose=0)
        z = model.predict([ids[1], b[NUMBERS].to_numpy()], batch_size=8192, verbose=0)
        return b.y, 1 / (1 + np.exp(-z))
    return work, f"{keras.__version__} on TF {tf.__version__}"


if __name__ == "__main__":
    main("T6")
