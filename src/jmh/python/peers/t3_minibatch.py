"""T3: mini-batch SGD, 1,000,000 x 32 float32, batch 256, shuffled, MSE, lr 0.01; 1 epoch. Training only."""
import numpy as np

from common import COLS, ROWS, case, load, main, timed

BATCH, LR = 256, 0.01


def one_epoch(name, peer, note=""):
    """Registers the maker of run(epochs) for 1 epoch."""
    def add(make):
        def fn(args):
            run, mse, version = make(*load(args, "x", "y"))
            times = timed(lambda: run(1), args.runs)
            return {"times": times, "version": version, "per": ROWS, "note": f"MSE {mse():.5f}"}
        case(f"{name}-1ep", peer, note=note)(fn)
        return make
    return add


def torch_parts(x, y):
    import torch
    x, y = torch.from_numpy(x), torch.from_numpy(y)[:, None]
    model, mse = torch.nn.Linear(COLS, 1), torch.nn.MSELoss()
    opt = torch.optim.SGD(model.parameters(), lr=LR)

    def reset():
        for p in model.parameters():
            torch.nn.init.zeros_(p)

    def step(a, b):
        opt.zero_grad()
        mse(model(a), b).backward()
        opt.step()
    return torch, x, y, reset, step, lambda: mse(model(x), y).item()


@one_epoch("pytorch-dataloader", "PyTorch", "DataLoader(TensorDataset, batch_size=256, shuffle=True), its other defaults")
def torch_loader(x, y):
    torch, x, y, reset, step, mse = torch_parts(x, y)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=BATCH, shuffle=True)

    def run(n):
        reset()
        for _ in range(n):
            for a, b in data:
                step(a, b)
    return run, mse, torch.__version__


@one_epoch("pytorch-sliced", "PyTorch", "torch.randperm an epoch, x[i], y[i] a batch")
def torch_sliced(x, y):
    torch, x, y, reset, step, mse = torch_parts(x, y)

    def run(n):
        reset()
        for _ in range(n):
            for i in torch.randperm(ROWS).split(BATCH):
                step(x[i], y[i])
    return run, mse, torch.__version__


def keras_parts(x, y, **compile_args):
    import keras
    model = keras.Sequential([keras.Input((COLS,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(LR), "mse", **compile_args)
    zero = [np.zeros_like(v) for v in model.get_weights()]

    def run(n):
        model.set_weights(zero)
        model.fit(x, y, batch_size=BATCH, epochs=n, verbose=0)
    return run, lambda: model.evaluate(x, y, batch_size=8192, verbose=0), keras.__version__


one_epoch("keras-fit", "Keras", "fit(batch_size=256), defaults")(keras_parts)
one_epoch("keras-fit-steps", "Keras", "jit_compile=True, steps_per_execution=64")(
    lambda x, y: keras_parts(x, y, jit_compile=True, steps_per_execution=64))


@one_epoch("tf-function-jit", "TensorFlow", "by hand: permutation on the host, one XLA loop an epoch that gathers each batch")
def tf_jit(x, y):
    import tensorflow as tf
    tx, ty = tf.constant(x), tf.constant(y)
    steps = ROWS // BATCH

    @tf.function(jit_compile=True)
    def epoch(tx, ty, order, w, b):
        for s in tf.range(steps):
            i = order[s]
            a, t = tf.gather(tx, i), tf.gather(ty, i)[:, None]
            with tf.GradientTape() as tape:
                tape.watch([w, b])
                loss = tf.reduce_mean(tf.square(tf.matmul(a, w) + b - t))
            gw, gb = tape.gradient(loss, [w, b])
            w, b = w - LR * gw, b - LR * gb
        return w, b
    rng, state = np.random.default_rng(0), []

    def run(n):
        w, b = tf.zeros([COLS, 1]), tf.zeros([1])
        for _ in range(n):
            order = rng.permutation(ROWS)[:steps * BATCH].reshape(steps, BATCH).astype(np.int32)
            w, b = epoch(tx, ty, order, w, b)
        state[:] = w.numpy(), b.numpy()
    return run, lambda: float(np.mean((x @ state[0][:, 0] + state[1] - y) ** 2)), tf.__version__


@one_epoch("numpy", "numpy", "by hand: permutation, x[i] a batch")
def by_numpy(x, y):
    rng, state = np.random.default_rng(0), []

    def run(n):
        w, b, k = np.zeros(COLS, np.float32), np.float32(0), np.float32(2 * LR)
        for _ in range(n):
            order = rng.permutation(ROWS)
            for s in range(0, ROWS, BATCH):
                i = order[s:s + BATCH]
                a = x[i]
                r = a @ w + b - y[i]
                w, b = w - k / len(i) * (r @ a), b - k * r.mean()
        state[:] = w, b
    return run, lambda: float(np.mean((x @ state[0] + state[1] - y) ** 2)), np.__version__


@one_epoch("sklearn-sgd", "scikit-learn", "SGDRegressor(eta0=0.001 constant, tol=None), float32 in; steps per example, not per 256")
def sk_sgd(x, y):
    import sklearn
    from sklearn.linear_model import SGDRegressor
    m = SGDRegressor(penalty=None, learning_rate="constant", eta0=0.001, tol=None, random_state=0)
    return (lambda n: m.set_params(max_iter=n).fit(x, y)), lambda: float(np.mean((m.predict(x) - y) ** 2)), sklearn.__version__


if __name__ == "__main__":
    main("T3")
