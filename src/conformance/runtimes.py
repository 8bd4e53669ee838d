"""The runtimes of the matrix: what each is called, which signature it takes, and the programs that predict with it.

A program is given `MODEL SIGNATURE INPUTS FOLDER` for every model, leaves `outputs.txt` in the folder and prints the
version of its runtime; the files of tensors are described in tensors.py. Of several programs, which run one after the
other on the same arguments, the last one predicts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import environments
from cases import Case

HERE = Path(__file__).resolve().parent


def named(case: Case) -> str:
    """One tensor a column, of the column's type."""
    return "serving_default"


def without_strings(case: Case) -> str:
    """One matrix where every column is a number; else one tensor a column, of strings the places of their levels."""
    return "dense" if "dense" in case.inputs else named_without_strings(case)


def named_without_strings(case: Case) -> str:
    """One tensor a column, of strings the places of their levels."""
    return "indexed" if "indexed" in case.inputs else "serving_default"


def examples(case: Case) -> str | None:
    """Serialized examples: a regressor has one label, a classifier probabilities."""
    if case.answer == "prediction":
        return "regress" if len(case.expected) == 1 else None
    return "classify" if case.answer == "probabilities" else None


@dataclass(frozen=True)
class Runtime:
    """A runtime.

    Attributes:
        name: what selects it on the command line.
        title: what it is called in the table.
        signature: the signature that it takes of a model; None where it is not for this kind.
        programs: what to run, made when first needed.
        environment: variables of those programs' environment.
    """

    name: str
    title: str
    signature: Callable[[Case], str | None]
    programs: Callable[[], list[list]]
    environment: Callable[[], dict[str, str]] = field(default=dict)


def _python(environment: str, *programs: str) -> Callable[[], list[list]]:
    def commands() -> list[list]:
        python = environments.python(environment) / "bin/python"
        return [[python, HERE / "python" / name, *words] for name, *words in map(str.split, programs)]

    return commands


def _import_path() -> dict[str, str]:
    return {"PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}


def _of_python(name: str, title: str, signature: Callable, environment: str, *programs: str) -> Runtime:
    return Runtime(name, title, signature, _python(environment, *programs), _import_path)


def _tfjs() -> list[list]:
    return [*_python("converters", "tfjs_converter.py")(), ["node", HERE / "js/predict.js"]]


def _java(jars: Path, source: str) -> list[list]:
    return [["java", "-cp", f"{jars}/*", HERE / source]]


def _djl_environment() -> dict[str, str]:
    natives = str(environments.djl() / "natives")
    return {
        "TENSORFLOW_LIBRARY_PATH": natives,
        "LD_LIBRARY_PATH": natives,
        "DJL_OFFLINE": "true",
        "OPT_OUT_TRACKING": "true",
    }


RUNTIMES = [
    _of_python("tf212", "TensorFlow 2 for Python, `tf.saved_model.load`: the oldest", named, "tf212", "tf2.py"),
    _of_python("tf218", "the same", named, "tf218", "tf2.py"),
    _of_python("newest", "the same: the newest", named, "newest", "tf2.py"),
    _of_python("retrained", "the same: a gradient step, `tf.saved_model.save`", named, "tf218", "retrained.py"),
    _of_python("examples", "the same: serialized `tf.Example`s", examples, "tf218", "examples.py"),
    _of_python("session", "TensorFlow 1, `tf.compat.v1.saved_model.load`", named, "tf218", "session.py"),
    _of_python("cli", "`saved_model_cli run`", named, "tf218", "cli.py"),
    _of_python("keras", "Keras 3, `TFSMLayer`", named, "tf218", "keras_layer.py"),
    _of_python("tflite", "TFLite, `tf.lite`", without_strings, "converters", "tflite.py tf.lite"),
    _of_python("litert", "LiteRT, `ai-edge-litert`", without_strings, "converters", "tflite.py litert"),
    _of_python("onnx", "ONNX Runtime", without_strings, "converters", "onnx_runtime.py"),
    _of_python("openvino", "OpenVINO", named_without_strings, "converters", "open_vino.py"),
    Runtime(
        "tfjs",
        "TensorFlow.js, `tensorflowjs_converter`",
        without_strings,
        _tfjs,
        lambda: _import_path() | {"NODE_PATH": str(environments.node())},
    ),
    Runtime("c", "C API", named, lambda: [[environments.c()]]),
    Runtime("go", "C API from Go", named, lambda: [[environments.go()]]),
    Runtime(
        "rust",
        "Rust, `tensorflow`",
        named,
        lambda: [[environments.rust()]],
        lambda: {"TENSORFLOW_DIR": str(environments.tensorflow() / "lib")},
    ),
    Runtime("java", "TensorFlow for Java", named, lambda: _java(environments.slope_jars(), "java/Predict.java")),
    Runtime(
        "djl",
        "DJL",
        named,
        lambda: _java(environments.djl() / "jars", "djl/Predict.java"),
        _djl_environment,
    ),
]
