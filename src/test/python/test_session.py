"""The export in a graph session, as TensorFlow 1 programs and the C API load it."""

import tensorflow as tf

from product import Product

v1 = tf.compat.v1

PREDICT_METHOD = "tensorflow/serving/predict"
REGRESS_METHOD = "tensorflow/serving/regress"


def test_serving_default_runs_in_a_session(product: Product) -> None:
    with v1.Session(graph=tf.Graph()) as session:
        signature = v1.saved_model.load(session, ["serve"], str(product.model.path)).signature_def["serving_default"]
        feeds = {signature.inputs[key].name: values for key, values in product.model.tensors(product.rows).items()}
        product.check(session.run(signature.outputs["prediction"].name, feeds))


def test_dense_runs_in_a_session(product: Product) -> None:
    with v1.Session(graph=tf.Graph()) as session:
        signature = v1.saved_model.load(session, ["serve"], str(product.model.path)).signature_def["dense"]
        feeds = {signature.inputs["x"].name: product.model.matrix(product.rows)}
        product.check(session.run(signature.outputs["prediction"].name, feeds))


def test_signatures_state_keys_types_shapes_and_methods(product: Product) -> None:
    model = product.model
    with v1.Session(graph=tf.Graph()) as session:
        definitions = v1.saved_model.load(session, ["serve"], str(model.path)).signature_def
    prediction = {"prediction": (tf.float32, (None, *product.prediction_shape[1:]))}
    columns = {key: (tf.float32, (None,)) for key in model.signature_keys.values()}
    expected = {
        "serving_default": (PREDICT_METHOD, columns, prediction),
        "predict": (PREDICT_METHOD, columns, prediction),
        "dense": (PREDICT_METHOD, {"x": (tf.float32, (None, len(model.columns)))}, prediction),
    }
    scores = (tf.float32, (None, *product.prediction_shape[1:]))
    contributions = (tf.float32, (None, len(model.columns), *product.prediction_shape[1:]))
    expected["explain"] = (
        PREDICT_METHOD,
        columns,
        {"score": scores, "intercept": scores, "contributions": contributions},
    )
    if len(model.labels) == 1:
        expected["regress"] = (REGRESS_METHOD, {"inputs": (tf.string, (None,))}, {"outputs": (tf.float32, (None,))})
    stated = {
        name: (definition.method_name, specs(definition.inputs), specs(definition.outputs))
        for name, definition in definitions.items()
        if not name.startswith("__")  # TensorFlow's own: the init op
    }
    assert stated == expected


def specs(tensors: dict) -> dict[str, tuple[tf.DType, tuple[int | None, ...]]]:
    """Key to type and shape, None where any size goes."""
    return {
        key: (
            tf.as_dtype(info.dtype),
            tuple(None if dimension.size == -1 else dimension.size for dimension in info.tensor_shape.dim),
        )
        for key, info in tensors.items()
    }
