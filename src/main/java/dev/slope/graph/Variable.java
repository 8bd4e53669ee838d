package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of the outer graph: it keeps its tensor on its device between calls, and
 * reading it copies nothing.
 *
 * @param handle names the variable, and is unique in its graph
 */
record Variable<T extends TType>(VarHandleOp handle, Class<T> type, Shape shape) {

  static <T extends TType> Variable<T> create(Ops tf, String name, Class<T> type, Shape shape) {
    return new Variable<>(
        tf.withName(name).varHandleOp(type, shape, VarHandleOp.sharedName(name)), type, shape);
  }

  Operand<T> read(Ops tf) {
    return tf.readVariableOp(handle, type);
  }

  Op assign(Ops tf, Operand<T> value) {
    return tf.assignVariableOp(handle, value);
  }
}
