"""TensorFlow 2, trained on: a gradient step changes what is predicted, and the model saved again predicts as before.

The step goes along the gradient of the sum of all numbers that the signature answers, by a thousandth of the
variables' own size, and is taken back before the model is saved.
"""

import numpy as np
import program
import tensorflow as tf


def predict(model, signature, inputs, folder):
    loaded = tf.saved_model.load(str(model))
    tensors = {name: tf.constant(values) for name, values in inputs.items()}
    variables = loaded.trainable_variables
    before = [variable.numpy() for variable in variables]

    answered = numbers(loaded.signatures[signature](**tensors))
    with tf.GradientTape() as tape:
        total = tf.add_n([tf.reduce_sum(tf.square(each)) for each in floats(loaded.signatures[signature](**tensors))])
    # Of weights that are gathered, the gradient names those of the rows; the step takes all.
    gradients = [tf.convert_to_tensor(gradient) for gradient in tape.gradient(total, variables)]
    for variable, gradient in zip(variables, gradients, strict=True):
        variable.assign_sub(1e-3 * gradient / tf.norm(gradient))
    stepped = numbers(loaded.signatures[signature](**tensors))
    assert not np.array_equal(answered, stepped, equal_nan=True), "a step of all variables must change predictions"

    for variable, value in zip(variables, before, strict=True):
        variable.assign(value)
    tf.saved_model.save(loaded, str(folder / "saved"), signatures=loaded.signatures)
    return tf.saved_model.load(str(folder / "saved")).signatures[signature](**tensors)


def floats(outputs):
    return [each for each in outputs.values() if each.dtype == tf.float32]


def numbers(outputs):
    return np.concatenate([each.numpy().ravel() for each in floats(outputs)])


program.run(f"TensorFlow {tf.__version__}", predict)
