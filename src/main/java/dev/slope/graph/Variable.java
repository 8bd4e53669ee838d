package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
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

  /** One variable a shape, numbered from 0. */
  static <T extends TType> List<Variable<T>> createAll(
      Ops tf, String name, Class<T> type, List<Shape> shapes) {
    List<Variable<T>> variables = new ArrayList<>();
    for (Shape shape : shapes) {
      variables.add(create(tf, name + "_" + variables.size(), type, shape));
    }
    return variables;
  }

  Operand<T> read(Ops tf) {
    return tf.readVariableOp(handle, type);
  }

  static <T extends TType> List<Operand<T>> readAll(Ops tf, List<Variable<T>> variables) {
    List<Operand<T>> values = new ArrayList<>();
    for (Variable<T> variable : variables) {
      values.add(variable.read(tf));
    }
    return values;
  }

  Op assign(Ops tf, Operand<T> value) {
    return tf.assignVariableOp(handle, value);
  }

  static <T extends TType> List<Op> assignAll(
      Ops tf, List<Variable<T>> variables, List<Operand<T>> values) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      ops.add(variables.get(i).assign(tf, values.get(i)));
    }
    return ops;
  }
}
