"""OpenVINO: its own reader of the SavedModel, which takes `serving_default`; any other signature as a tf.function."""

import openvino
import program


def predict(model, signature, inputs, _):
    if signature == "serving_default":
        source = str(model)
    else:
        import tensorflow as tf

        loaded = tf.saved_model.load(str(model))  # keeps the variables alive
        source = loaded.signatures[signature]
    # Else it takes bfloat16 for float32 where the processor has it, and errs by hundredths.
    exactly = {openvino.properties.hint.inference_precision: openvino.Type.f32}
    compiled = openvino.compile_model(openvino.convert_model(source), "CPU", exactly)
    answers = compiled({name: values for name, values in inputs.items()})
    return {name(output): values for output, values in answers.items()}


def name(output):
    """The name in the signature; a reader also lists those of the graph's tensors, `Squeeze:0`."""
    (key,) = (each for each in output.names if ":" not in each)
    return key


program.run(f"OpenVINO {openvino.__version__.split('-')[0]}", predict)
