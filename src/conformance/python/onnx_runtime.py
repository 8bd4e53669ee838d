"""ONNX Runtime through tf2onnx."""

import sys

import onnxruntime
import program
import tf2onnx.convert


def predict(model, signature, inputs, folder):
    path = folder / "model.onnx"
    sys.argv = ["tf2onnx", "--saved-model", str(model), "--signature_def", signature, "--output", str(path)]
    tf2onnx.convert.main()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


program.run(f"ONNX Runtime {onnxruntime.__version__}, tf2onnx {tf2onnx.__version__}", predict)
