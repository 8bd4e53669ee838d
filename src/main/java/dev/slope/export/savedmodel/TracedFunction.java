package dev.slope.export.savedmodel;

import dev.slope.graph.TensorFlowRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A computation recorded from ops, with the variables still as plain arguments behind its inputs.
 *
 * <p>It is made by the very code that adds ops for training, so that what is served is what was
 * trained.
 *
 * @param inputs in the order of the arguments
 * @param outputs in the order of the results, sorted by name
 * @param definition the recorded ops; its arguments are the inputs, then the variables
 */
public record TracedFunction(
    List<TensorSpec> inputs, List<TensorSpec> outputs, FunctionDef definition) {
  /** The ops of a function. */
  @FunctionalInterface
  public interface Body {
    /**
     * Adds the ops.
     *
     * @param inputs by name
     * @param variables by name
     * @return the outputs by name
     */
    SortedMap<String, Operand<?>> build(
        Ops tf, Map<String, Operand<?>> inputs, Map<String, Operand<TFloat32>> variables);
  }

  public TracedFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Records a computation.
   *
   * @param inputs what it takes; Python flattens named arguments in the order of their names, so
   *     several inputs must be sorted by name
   * @param variables what it reads
   */
  public static TracedFunction trace(List<TensorSpec> inputs, List<Variable> variables, Body body) {
    try (Graph graph = TensorFlowRuntime.newGraph()) {
      Ops tf = Ops.create(graph);
      Signature.Builder signature = Signature.builder();
      Map<String, Operand<?>> inputOperands = new LinkedHashMap<>();
      for (TensorSpec input : inputs) {
        Operand<?> operand = placeholder(tf, tensorType(input.dtype()), input.shape());
        inputOperands.put(input.name(), operand);
        signature.input("input/" + input.name(), operand);
      }
      Map<String, Operand<TFloat32>> variableOperands = new LinkedHashMap<>();
      for (Variable variable : variables) {
        Operand<TFloat32> operand = placeholder(tf, TFloat32.class, variable.shape());
        variableOperands.put(variable.name(), operand);
        signature.input("variable/" + variable.name(), operand);
      }
      List<TensorSpec> outputs = new ArrayList<>();
      body.build(tf, inputOperands, variableOperands)
          .forEach(
              (name, operand) -> {
                outputs.add(outputSpec(name, operand));
                signature.output(name, operand);
              });
      try (ConcreteFunction function = ConcreteFunction.create(signature.build(), graph)) {
        return new TracedFunction(inputs, outputs, function.getFunctionDef());
      }
    }
  }

  /** Those of a model's tables that it looks up in. */
  List<LookupTable> used(List<LookupTable> tables) {
    Set<String> opened =
        definition.getNodeDefList().stream()
            .filter(node -> node.getOp().equals(LookupTable.OP))
            .map(LookupTable::sharedName)
            .collect(Collectors.toSet());
    return tables.stream().filter(table -> opened.contains(table.sharedName())).toList();
  }

  private static TensorSpec outputSpec(String name, Operand<?> operand) {
    List<Long> shape = new ArrayList<>();
    for (long size : operand.shape().asArray()) {
      shape.add(size);
    }
    return new TensorSpec(name, operand.asOutput().dataType(), shape);
  }

  private static <T extends TType> Placeholder<T> placeholder(
      Ops tf, Class<T> type, List<Long> shape) {
    Shape dimensions = Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    return tf.placeholder(type, Placeholder.shape(dimensions));
  }

  private static Class<? extends TType> tensorType(DataType dtype) {
    if (dtype == DataType.DT_FLOAT) {
      return TFloat32.class;
    }
    if (dtype == DataType.DT_STRING) {
      return TString.class;
    }
    if (dtype == DataType.DT_INT64) {
      return TInt64.class;
    }
    if (dtype == DataType.DT_BOOL) {
      return TBool.class;
    }
    throw new IllegalArgumentException(
        "an input must be float32, string, int64 or bool, but was " + dtype);
  }
}
