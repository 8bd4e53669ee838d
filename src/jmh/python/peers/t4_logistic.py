"""T4: logistic regression, 1,000,000 x 32 float32, no penalty. Training only.

Mini-batch: 1 epoch of batch 256, shuffled, lr 0.01. Full batch: 100 epochs, lr 0.5; or a solver to its own tolerance.
"""
import numpy as np

from common import COLS, ROWS, case, load, log_loss, main, timed

BATCH, LR, FULL_LR, EPOCHS = 256, 0.01, 0.5, 100


def report(args, run, predict, c, version, epochs=1):
    """Times run(); predict() gives the trained model's probabilities of the rows."""
    times = timed(run, args.runs)
    return {"times": times, "version": version, "per": epochs * ROWS, "note": f"log-loss {log_loss(c, predict()):.4f}"}


def logistic(scores):
    return 1 / (1 + np.exp(-scores))


def torch_case(args, full):
    import torch
    x, c = map(torch.from_numpy, load(args, "x", "c"))
    model, loss = torch.nn.Linear(COLS, 1), torch.nn.BCEWithLogitsLoss()
    opt = torch.optim.SGD(model.parameters(), lr=FULL_LR if full else LR)

    def batches():
        if full:
            return ((x, c[:, None]) for _ in range(EPOCHS))
        return ((x[i], c[i, None]) for i in torch.randperm(ROWS).split(BATCH))

    def run():
        for p in model.parameters():
            torch.nn.init.zeros_(p)
        for a, b in batches():
            opt.zero_grad()
            loss(model(a), b).backward()
            opt.step()
    return report(args, run, lambda: torch.sigmoid(model(x)).detach().numpy(), c.numpy(), torch.__version__,
                  EPOCHS if full else 1)


case("minibatch-pytorch-sliced", "PyTorch", note="randperm and x[i]")(lambda args: torch_case(args, False))
case("fullbatch-pytorch", "PyTorch", note="100 epochs")(lambda args: torch_case(args, True))


def keras_case(args, batch, epochs, lr, **compile_args):
    import keras
    x, c = load(args, "x", "c")
    model = keras.Sequential([keras.Input((COLS,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(lr), keras.losses.BinaryCrossentropy(from_logits=True), **compile_args)
    zero = [np.zeros_like(v) for v in model.get_weights()]

    def run():
        model.set_weights(zero)
        model.fit(x, c, batch_size=batch, epochs=epochs, shuffle=batch < ROWS, verbose=0)
    return report(args, run, lambda: logistic(model.predict(x, batch_size=8192, verbose=0)), c, keras.__version__, epochs)


case("minibatch-keras-fit-steps", "Keras", note="jit_compile=True, steps_per_execution=64")(
    lambda args: keras_case(args, BATCH, 1, LR, jit_compile=True, steps_per_execution=64))
case("fullbatch-keras-fit", "Keras", note="100 epochs")(lambda args: keras_case(args, ROWS, EPOCHS, FULL_LR))


def tf_case(args, full, jit=True):
    import tensorflow as tf
    x, c = load(args, "x", "c")
    tx, tc = tf.constant(x), tf.constant(c)
    steps, lr = (EPOCHS, FULL_LR) if full else (ROWS // BATCH, LR)

    @tf.function(jit_compile=jit)
    def train(tx, tc, order):
        w, b = tf.zeros([COLS, 1]), tf.zeros([1])
        for s in tf.range(steps):
            a, t = (tx, tc) if full else (tf.gather(tx, order[s]), tf.gather(tc, order[s]))
            with tf.GradientTape() as tape:
                tape.watch([w, b])
                z = tf.matmul(a, w) + b
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(t[:, None], z))
            gw, gb = tape.gradient(loss, [w, b])
            w, b = w - lr * gw, b - lr * gb
        return w, b
    rng, state = np.random.default_rng(0), []

    def run():
        order = np.zeros((1, 1), np.int32) if full else \
            rng.permutation(ROWS)[:steps * BATCH].reshape(steps, BATCH).astype(np.int32)
        w, b = train(tx, tc, order)
        state[:] = w.numpy(), b.numpy()
    return report(args, run, lambda: logistic(x @ state[0] + state[1]), c, tf.__version__, EPOCHS if full else 1)


case("minibatch-tf-function-jit", "TensorFlow", note="by hand, one XLA loop that gathers each batch")(
    lambda args: tf_case(args, False))
case("fullbatch-tf-function-jit", "TensorFlow", note="by hand, 100 epochs in one XLA loop")(lambda args: tf_case(args, True))
case("fullbatch-tf-function", "TensorFlow", note="by hand, 100 epochs in one loop of the graph, no XLA")(
    lambda args: tf_case(args, True, jit=False))


def numpy_case(args, full):
    x, c = load(args, "x", "c")
    rng, state = np.random.default_rng(0), []

    def run():
        w, b, k = np.zeros(COLS, np.float32), np.float32(0), np.float32(FULL_LR if full else LR)
        for _ in range(EPOCHS if full else 1):
            order = None if full else rng.permutation(ROWS)
            for s in range(0, ROWS, ROWS if full else BATCH):
                a, t = (x, c) if full else (x[order[s:s + BATCH]], c[order[s:s + BATCH]])
                r = logistic(a @ w + b) - t
                w, b = w - k / len(t) * (r @ a), b - k * r.mean()
        state[:] = w, b
    return report(args, run, lambda: logistic(x @ state[0] + state[1]), c, np.__version__, EPOCHS if full else 1)


case("minibatch-numpy", "numpy", note="by hand: permutation, x[i] a batch")(lambda args: numpy_case(args, False))
case("fullbatch-numpy", "numpy", note="by hand, 100 epochs")(lambda args: numpy_case(args, True))


def sk_case(args, model):
    import sklearn
    x, c = load(args, "x", "c")
    row = report(args, lambda: model.fit(x, c), lambda: model.predict_proba(x)[:, 1], c, sklearn.__version__)
    row["note"] += f"; {np.max(model.n_iter_)} iterations"
    return row


@case("online-sklearn-sgd", "scikit-learn", note="SGDClassifier(log_loss, constant eta0=0.001), 1 epoch; steps per example")
def sk_sgd(args):
    from sklearn.linear_model import SGDClassifier
    return sk_case(args, SGDClassifier(loss="log_loss", penalty=None, learning_rate="constant", eta0=0.001, max_iter=1,
                                       tol=None, random_state=0))


@case("solver-sklearn-lbfgs", "scikit-learn", note="LogisticRegression(lbfgs, C=inf), its own tolerance")
def sk_lbfgs(args):
    from sklearn.linear_model import LogisticRegression
    return sk_case(args, LogisticRegression(C=np.inf))


if __name__ == "__main__":
    main("T4")
