"""What is measured: groups of rows of the table, each with Slope's benchmark, its peers and the target that it has."""
from dataclasses import dataclass, field

MILLION = 1_000_000


@dataclass(frozen=True)
class Benchmark:
    """A method of Slope's JMH benchmarks, with the values of its parameters."""
    method: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Process:
    """A whole process of Slope's command, data and models in folders of the run."""
    name: str
    config: str
    data: dict[str, str]
    """JSON pointers of the config that name files of the data's folder."""


@dataclass(frozen=True)
class Peer:
    """A case of a peers' script; `runs` where it is too slow for as many as the others."""
    label: str
    script: str
    case: str
    runs: int | None = None
    torch: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the table, with the most that it may take, if any: `target_seconds`, or `ratios` times what others take."""
    title: str
    unit: str
    slope: Benchmark | Process
    peers: tuple[Peer, ...] = ()
    row_visits: int | None = None
    """How many rows are visited in the time, to scale a peer that has fewer rows; each counts once an epoch."""
    target_seconds: float | None = None
    beside: tuple[str, Benchmark] | None = None
    target_ratios: dict[str, float] = field(default_factory=dict)
    """At most so many times what is beside it under that label."""
    reference_seconds: dict[str, float] = field(default_factory=dict)
    """What peers took on the machine that `target_seconds` was set for: elsewhere the quotients count."""

    def ratios(self):
        """At most so many times what each takes that is named; empty where seconds count."""
        return self.target_ratios or {
            label: self.target_seconds / seconds for label, seconds in self.reference_seconds.items()}


LINE = (
    Peer("NumPy", "t1_seed.py", "numpy-100000", runs=2),
    Peer("scikit-learn per row", "t1_seed.py", "sklearn-fit-100000"),
    Peer("TF graph loop", "t1_seed.py", "tf-function-while-100000", runs=3),
    Peer("TF jit loop", "t1_seed.py", "tf-function-jit-while-100000"),
    Peer("Keras", "t1_seed.py", "keras-jit-steps-10000", runs=3),
    Peer("PyTorch", "t1_seed.py", "pytorch-eager-100", torch=True))
SQUARED = (
    Peer("NumPy", "t2_fullbatch.py", "numpy", runs=3),
    Peer("TF graph loop", "t2_fullbatch.py", "tf-function", runs=3),
    Peer("TF jit loop", "t2_fullbatch.py", "tf-function-jit", runs=3),
    Peer("Keras", "t2_fullbatch.py", "keras-fit", runs=1),
    Peer("PyTorch", "t2_fullbatch.py", "pytorch-eager", runs=3, torch=True))
EXACT = (
    Peer("NumPy normal equation", "t2_fullbatch.py", "exact-numpy-normal"),
    Peer("scikit-learn Ridge, Cholesky", "t2_fullbatch.py", "exact-sklearn-ridge-cholesky"))
LOGISTIC = (
    Peer("NumPy", "t4_logistic.py", "fullbatch-numpy", runs=3),
    Peer("TF graph loop", "t4_logistic.py", "fullbatch-tf-function", runs=3),
    Peer("TF jit loop", "t4_logistic.py", "fullbatch-tf-function-jit", runs=3),
    Peer("Keras", "t4_logistic.py", "fullbatch-keras-fit", runs=1),
    Peer("PyTorch", "t4_logistic.py", "fullbatch-pytorch", runs=3, torch=True))
OPTIMUM = (Peer("scikit-learn lbfgs", "t4_logistic.py", "solver-sklearn-lbfgs"),)
SQUARED_BATCHES = (
    Peer("NumPy", "t3_minibatch.py", "numpy-1ep"),
    Peer("scikit-learn per row", "t3_minibatch.py", "sklearn-sgd-1ep"),
    Peer("TF jit loop", "t3_minibatch.py", "tf-function-jit-1ep", runs=9),
    Peer("Keras", "t3_minibatch.py", "keras-fit-steps-1ep", runs=3),
    Peer("PyTorch", "t3_minibatch.py", "pytorch-sliced-1ep", torch=True))
LOGISTIC_BATCHES = (
    Peer("NumPy", "t4_logistic.py", "minibatch-numpy"),
    Peer("scikit-learn per row", "t4_logistic.py", "online-sklearn-sgd"),
    Peer("TF jit loop", "t4_logistic.py", "minibatch-tf-function-jit", runs=9),
    Peer("Keras", "t4_logistic.py", "minibatch-keras-fit-steps", runs=3),
    Peer("PyTorch", "t4_logistic.py", "minibatch-pytorch-sliced", torch=True))
CATEGORIES = (
    Peer("Vowpal Wabbit", "t6_categories.py", "vw-csv", runs=3),
    Peer("scikit-learn", "t6_categories.py", "sklearn-onehot", runs=2),
    Peer("Keras", "t6_categories.py", "keras-stringlookup", runs=1))


def batches(model, plan):
    return Benchmark("MiniBatchBenchmark.epochs", {"model": model, "plan": plan})


def gram(rows):
    return Benchmark("GramEpochBenchmark.epochs", {"rows": str(rows)})


def loading(title, file, ratio, peers=()):
    return Row(f"{title} into memory", "ms", Benchmark("LoadingBenchmark.read", {"file": file}), peers,
               beside=("DuckDB's scan of the file", Benchmark("LoadingBenchmark.duckDb", {"file": file})), target_ratios={"DuckDB's scan of the file": ratio})


def settings(loss, model):
    one = Benchmark("SettingsBenchmark.one", {"model": model})
    return Row(f"64 settings together, 100,000 rows, {loss}, 100 epochs", "ms",
               Benchmark("SettingsBenchmark.together", {"model": model}),
               beside=("Slope, one setting", one), target_ratios={"Slope, one setting": 4.0})


def mini_batch(loss, model, peers):
    in_memory = batches(model, "MINI_BATCH")
    return (
        Row(f"mini-batches of 256, {loss}, an epoch", "ms", in_memory, peers, MILLION, target_seconds=0.04,
            reference_seconds={"NumPy": 0.145, "scikit-learn per row": 0.3, "TF jit loop": 0.057, "Keras": 1.0, "PyTorch": 0.92}),
        Row(f"the same, {loss}, streamed from the packed file", "ms", batches(model, "STREAMING"),
            beside=("Slope in memory", in_memory), target_ratios={"Slope in memory": 1.5}))


GROUPS = {
    "loading": (
        loading("1,000,000 rows of 33 numbers from CSV", "numbers.csv", 1.15, (
            Peer("pandas", "t5_loading.py", "csv-pandas"),
            Peer("Polars", "t5_loading.py", "csv-polars"),
            Peer("DuckDB to NumPy", "t5_loading.py", "csv-duckdb"))),
        loading("1,000,000 rows of 33 numbers from Parquet", "numbers.parquet", 2.0, (
            Peer("pyarrow", "t5_loading.py", "parquet-pyarrow"),
            Peer("DuckDB to NumPy", "t5_loading.py", "parquet-duckdb"))),
        loading("900,000 rows of 8 texts and 9 numbers from CSV", "categories.csv", 1.15)),
    "line": (
        Row("line of 11 rows, an epoch", "µs", Benchmark("LineBenchmark.epochs"), LINE, target_seconds=0.06e-6,
            beside=("Tribuo", Benchmark("TribuoLineBenchmark.epochs")),
            reference_seconds={"PyTorch": 158e-6, "Tribuo": 0.69e-6, "scikit-learn per row": 0.18e-6, "TF jit loop": 0.142e-6}),),
    "squared": (
        Row("squared loss, full batch, 100 epochs", "ms", Benchmark("GramTrainingBenchmark.training", {"epochs": "100"}),
            SQUARED, 100 * MILLION, target_seconds=0.2,
            reference_seconds={"PyTorch": 1.13, "Keras": 7.9, "TF graph loop": 0.88, "TF jit loop": 1.53}),
        Row("squared loss, full batch, 10,000 epochs (peers: exact solvers)", "ms",
            Benchmark("GramTrainingBenchmark.training", {"epochs": "10000"}), EXACT, MILLION,
            beside=("Slope, 100 epochs", Benchmark("GramTrainingBenchmark.training", {"epochs": "100"})),
            target_ratios={"Slope, 100 epochs": 1.5})),
    "gram": (
        Row("squared loss by its sums, an epoch", "µs", gram(MILLION),
            beside=("Slope with 100,000 rows", gram(100_000)), target_ratios={"Slope with 100,000 rows": 1.25}),),
    "logistic": (
        Row("logistic loss, full batch, 100 epochs", "ms", Benchmark("LogisticBenchmark.epochs"), LOGISTIC, 100 * MILLION,
            target_seconds=1.0, reference_seconds={"PyTorch": 1.24, "TF jit loop": 1.28}),),
    "settings": (
        settings("squared loss", "linear_regression"),
        settings("logistic loss", "logistic_regression")),
    "optimum": (
        Row("logistic loss to its optimum, newton", "ms", Benchmark("SecondOrderBenchmark.newton"), OPTIMUM, MILLION),
        Row("logistic loss to its optimum, lbfgs", "ms", Benchmark("SecondOrderBenchmark.lbfgs"), OPTIMUM, MILLION,
            target_seconds=0.3, reference_seconds={"scikit-learn lbfgs": 0.43})),
    "mini-batch": (
        *mini_batch("squared loss", "linear_regression", SQUARED_BATCHES),
        *mini_batch("logistic loss", "logistic_regression", LOGISTIC_BATCHES)),
    "serving": (
        Row("export and proof of a model of 32 numbers", "ms", Benchmark("ServingBenchmark.exportSmall"), target_seconds=0.3),
        Row("export and proof of 1,000,000 weights", "ms", Benchmark("ServingBenchmark.exportMillion"), target_seconds=2.0),
        Row("one prediction of 32 numbers", "µs", Benchmark("ServingBenchmark.predictOne"), target_seconds=20e-6),
        Row("predict 1,000,000 rows of 32 numbers, from Parquet to CSV", "ms", Benchmark("PredictBenchmark.predict"), target_seconds=0.5)),
    "categories": (
        Row("900,000 rows of CSV with 8 columns of strings to a tested, exported model, the whole process", "s",
            Process("categories", "categories.json",
                    {"/data/train/path": "categories.csv", "/data/test/path": "categories-test.csv"}),
            CATEGORIES, target_ratios={"Vowpal Wabbit": 1.5, "scikit-learn": 0.5}),),
}
