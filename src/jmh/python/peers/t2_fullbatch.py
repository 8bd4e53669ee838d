"""T2: full-batch gradient descent, 1,000,000 x 32 float32, 100 epochs, MSE, lr 0.01; and exact solvers. Training only."""
import numpy as np

from common import COLS, ROWS, case, load, main, timed

EPOCHS, LR = 100, 0.01


def report(args, run, mse, version, note="", per=ROWS * EPOCHS):
    """Times run(); mse(x, y) is the trained model's loss."""
    times = timed(run, args.runs)
    return {"times": times, "version": version, "per": per, "note": f"{note}MSE {mse():.5f}"}


@case("pytorch-eager", "PyTorch")
def torch_eager(args):
    import torch
    x, y = map(torch.from_numpy, load(args, "x", "y"))
    y = y[:, None]
    mse, model = torch.nn.MSELoss(), torch.nn.Linear(COLS, 1)
    opt = torch.optim.SGD(model.parameters(), lr=LR)

    def run():
        for p in model.parameters():
            torch.nn.init.zeros_(p)
        for _ in range(EPOCHS):
            opt.zero_grad()
            mse(model(x), y).backward()
            opt.step()
    return report(args, run, lambda: mse(model(x), y).item(), torch.__version__)


def tf_case(args, jit):
    import tensorflow as tf
    x, y = map(tf.constant, load(args, "x", "y"))
    y = y[:, None]

    @tf.function(jit_compile=jit)
    def train(x, y, n):
        w, b = tf.zeros([COLS, 1]), tf.zeros([1])
        for _ in tf.range(n):
            with tf.GradientTape() as tape:
                tape.watch([w, b])
                loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))
            gw, gb = tape.gradient(loss, [w, b])
            w, b = w - LR * gw, b - LR * gb
        return w, b
    state = []

    def run():
        state[:] = train(x, y, tf.constant(EPOCHS))
        float(state[1][0])
    return report(args, run, lambda: float(tf.reduce_mean(tf.square(x @ state[0] + state[1] - y))), tf.__version__)


case("tf-function-jit", "TensorFlow", note="the epochs a loop in the graph, XLA")(lambda args: tf_case(args, True))
case("tf-function", "TensorFlow", note="the epochs a loop in the graph, no XLA")(lambda args: tf_case(args, False))


@case("keras-fit", "Keras", note="fit(batch_size=1,000,000, epochs=100, shuffle=False)")
def keras_fit(args):
    import keras
    x, y = load(args, "x", "y")
    model = keras.Sequential([keras.Input((COLS,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(LR), "mse")
    zero = [np.zeros_like(v) for v in model.get_weights()]

    def run():
        model.set_weights(zero)
        model.fit(x, y, batch_size=ROWS, epochs=EPOCHS, shuffle=False, verbose=0)
    return report(args, run, lambda: model.evaluate(x, y, batch_size=ROWS, verbose=0), keras.__version__)


@case("numpy", "numpy", note="by hand, OpenBLAS")
def by_numpy(args):
    x, y = load(args, "x", "y")
    state, k = [], np.float32(2 * LR / ROWS)

    def run():
        w, b = np.zeros(COLS, np.float32), np.float32(0)
        for _ in range(EPOCHS):
            r = x @ w
            r += b
            r -= y
            w, b = w - k * (x.T @ r), b - k * r.sum()
        state[:] = w, b
    return report(args, run, lambda: np.mean((x @ state[0] + state[1] - y) ** 2), np.__version__)


def exact(name, peer, note):
    """Registers a solver: make(x, y) -> (fit() -> (w, b), version)."""
    def add(make):
        def fn(args):
            x, y = load(args, "x", "y")
            fit, version = make(x, y)
            got = []

            def run():
                got[:] = fit()
            return report(args, run, lambda: np.mean((x @ got[0] + got[1] - y) ** 2), version, per=ROWS)
        case(f"exact-{name}", peer, note=note)(fn)
    return add


@exact("numpy-normal", "numpy", "normal equations by hand: X'X in float32, solved in float64")
def normal(x, y):
    def fit():
        m, t = x.mean(0, dtype=np.float64), y.mean(dtype=np.float64)
        a = (x.T @ x).astype(np.float64) - len(x) * np.outer(m, m)
        w = np.linalg.solve(a, (x.T @ y).astype(np.float64) - len(x) * m * t)
        return w.astype(np.float32), np.float32(t - m @ w)
    return fit, np.__version__


def sk_exact(make):
    def solver(x, y):
        import sklearn
        model = make()

        def fit():
            model.fit(x, y)
            return model.coef_, model.intercept_
        return fit, sklearn.__version__
    return solver


def sk_ridge():
    from sklearn.linear_model import Ridge
    return Ridge(solver="cholesky")


exact("sklearn-ridge-cholesky", "scikit-learn", "Ridge(solver='cholesky'), float32 in")(sk_exact(sk_ridge))

if __name__ == "__main__":
    main("T2")
