"""T1, the line: x=0..10, y=2x+1, Linear(1,1), MSE, SGD lr 0.01, full batch. Microseconds an epoch."""
import numpy as np

from common import case, main, timed

X = np.arange(11, dtype=np.float32).reshape(-1, 1)
Y = 2 * X + 1
LR = 0.01


def per_epoch(run, epochs, args):
    run(min(epochs, 1000))
    return timed(lambda: run(epochs), args.runs, 1e6 / epochs)       # the first long run after compiling is slower


def both(name, peer, note="", long=100_000):
    """Registers the maker of run(epochs) twice: 100 epochs a run, and `long` epochs a run."""
    def add(make):
        for n in (100, long):
            def fn(args, n=n):
                run, version, check = make()
                times = per_epoch(run, n, args)
                w, b = check()
                return {"times": times, "version": version, "note": f"{n:,} epochs a run; w={w:.4f} b={b:.4f}"}
            case(f"{name}-{n}", peer, "us/epoch", note)(fn)
        return make
    return add


def torch_parts():
    import torch
    model = torch.nn.Linear(1, 1)
    opt = torch.optim.SGD(model.parameters(), lr=LR)
    x, y = torch.from_numpy(X), torch.from_numpy(Y)
    check = lambda: (model.weight.item(), model.bias.item())
    return torch, model, opt, torch.nn.MSELoss(), x, y, check


@both("pytorch-eager", "PyTorch", "nn.Linear + MSELoss + optim.SGD")
def torch_eager():
    torch, model, opt, mse, x, y, check = torch_parts()

    def run(n):
        for _ in range(n):
            opt.zero_grad()
            mse(model(x), y).backward()
            opt.step()
    return run, torch.__version__, check


@both("pytorch-compile-step", "PyTorch", "torch.compile of a step with the gradient by hand, one call an epoch")
def torch_compile_step():
    import torch
    x, y = torch.from_numpy(X), torch.from_numpy(Y)
    state = [torch.zeros(1, 1), torch.zeros(1)]

    @torch.compile
    def step(w, b):
        r = x @ w + b - y
        return w - LR * 2 * (x.T @ r) / len(x), b - LR * 2 * r.mean(0)

    def run(n):
        w, b = state
        for _ in range(n):
            w, b = step(w, b)
        state[:] = w, b
    return run, torch.__version__, lambda: (state[0].item(), state[1].item())


def keras_model(**compile_args):
    import keras
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(LR), "mse", **compile_args)
    import tensorflow as tf
    version = f"{keras.__version__} on TF {tf.__version__}"
    return model, version, lambda: (model.get_weights()[0].item(), model.get_weights()[1].item())


@both("keras-jit-steps", "Keras", "jit_compile=True, steps_per_execution=100 over dataset.repeat(), a step is an epoch", long=10_000)
def keras_jit():
    import tensorflow as tf
    model, version, check = keras_model(jit_compile=True, steps_per_execution=100)
    data = tf.data.Dataset.from_tensors((X, Y)).repeat()
    return lambda n: model.fit(data, epochs=1, steps_per_epoch=n, verbose=0), version, check


def tf_parts(jit):
    import tensorflow as tf
    x, y = tf.constant(X), tf.constant(Y)

    @tf.function(jit_compile=jit)
    def train(w, b, n):
        for _ in tf.range(n):
            with tf.GradientTape() as tape:
                tape.watch([w, b])
                loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))
            gw, gb = tape.gradient(loss, [w, b])
            w, b = w - LR * gw, b - LR * gb
        return w, b
    state = [tf.zeros([1, 1]), tf.zeros([1])]

    def run(n):
        state[:] = train(*state, tf.constant(n))
        float(state[1][0])
    return run, tf.__version__, lambda: (float(state[0][0, 0]), float(state[1][0]))


@both("tf-function-while", "TensorFlow", "tf.function, the epochs a loop in the graph, no XLA")
def tf_while():
    return tf_parts(False)


@both("tf-function-jit-while", "TensorFlow", "tf.function(jit_compile=True), the epochs a loop in the graph")
def tf_jit():
    return tf_parts(True)


@both("sklearn-fit", "scikit-learn", "SGDRegressor(max_iter=epochs, tol=None).fit; steps per example, not full batch; float64")
def sk_fit():
    import sklearn
    from sklearn.linear_model import SGDRegressor
    m = SGDRegressor(penalty=None, learning_rate="constant", eta0=LR, shuffle=False, tol=None)
    x, y = X.astype(np.float64), Y.ravel().astype(np.float64)
    return (lambda n: m.set_params(max_iter=n).fit(x, y)), sklearn.__version__, \
        lambda: (m.coef_.item(), m.intercept_.item())


@both("numpy", "numpy", "by hand, float32")
def by_numpy():
    state = [np.zeros((1, 1), np.float32), np.zeros(1, np.float32)]
    k = np.float32(2 * LR / len(X))

    def run(n):
        w, b = state
        for _ in range(n):
            r = X @ w + b - Y
            w, b = w - k * (X.T @ r), b - k * r.sum(0)
        state[:] = w, b
    return run, np.__version__, lambda: (state[0].item(), state[1].item())


if __name__ == "__main__":
    main("T1")
