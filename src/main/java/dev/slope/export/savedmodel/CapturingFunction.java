package dev.slope.export.savedmodel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.ResourceHandleProto;

/**
 * Rewrites a traced function into the form Python's tracing gives: variables and tables become
 * captured resources behind the inputs, variables are read once inside, and every result is an
 * identity that waits for all nodes with effects. Nodes stand in an order of their own, so that
 * equal models have equal bytes.
 */
final class CapturingFunction {
  private final OpRegistry ops;
  private final TracedFunction traced;
  private final List<Variable> variables;
  private final List<LookupTable> tables;
  private final Set<String> names = new LinkedHashSet<>();

  /** Traced argument to the tensor that takes its place. */
  private final Map<String, String> replacements = new HashMap<>();

  private final OpDef.Builder signature = OpDef.newBuilder();
  private final FunctionDef.Builder function = FunctionDef.newBuilder();
  private final List<List<Long>> inputShapes = new ArrayList<>();
  private final List<String> effects = new ArrayList<>();

  private CapturingFunction(
      OpRegistry ops, TracedFunction traced, List<Variable> variables, List<LookupTable> tables) {
    this.ops = ops;
    this.traced = traced;
    this.variables = variables;
    this.tables = tables;
  }

  /**
   * Rewrites a function.
   *
   * @param variables what it captures first, in the order of its arguments behind the inputs
   * @param tables what it captures then
   */
  static FunctionDef of(
      String name,
      TracedFunction traced,
      List<Variable> variables,
      List<LookupTable> tables,
      OpRegistry ops) {
    return new CapturingFunction(ops, traced, variables, tables).rewrite(name);
  }

  private FunctionDef rewrite(String name) {
    traced.definition().getNodeDefList().forEach(node -> names.add(node.getName()));
    signature.setName(name);
    traced.inputs().forEach(this::addInput);
    variables.forEach(this::addCapture);
    tables.forEach(this::addCapture);
    sorted(traced.definition().getNodeDefList()).forEach(this::addTracedNode);
    List<String> controls = addEffects();
    for (int i = 0; i < traced.outputs().size(); i++) {
      addResult(i, traced.outputs().get(i), controls);
    }
    return function
        .setSignature(signature)
        .putAttr("_input_shapes", Attributes.shapes(inputShapes))
        .build();
  }

  private void addInput(TensorSpec input) {
    String argument = unique(argumentName(input.name()));
    int position = signature.getInputArgCount();
    replacements.put(tracedArgument(position), argument);
    signature.addInputArg(OpDef.ArgDef.newBuilder().setName(argument).setType(input.dtype()));
    inputShapes.add(input.shape());
    function.putArgAttr(
        position,
        FunctionDef.ArgAttrs.newBuilder()
            .putAttr("_output_shapes", Attributes.shapes(List.of(input.shape())))
            .putAttr("_user_specified_name", Attributes.string(input.name()))
            .build());
  }

  private void addCapture(Variable variable) {
    String argument = unique(variable.name() + "_resource");
    String read = unique(variable.name() + "/ReadVariableOp");
    replacements.put(tracedArgument(signature.getInputArgCount()), read + ":value:0");
    signature.addInputArg(
        OpDef.ArgDef.newBuilder()
            .setName(argument)
            .setType(DataType.DT_RESOURCE)
            .addHandleData(
                ResourceHandleProto.DtypeAndShape.newBuilder()
                    .setDtype(Variable.DTYPE)
                    .setShape(Attributes.shapeProto(variable.shape()))));
    inputShapes.add(List.of());
    addNode(
        NodeDef.newBuilder()
            .setName(read)
            .setOp("ReadVariableOp")
            .addInput(argument)
            .putAttr("dtype", Attributes.type(Variable.DTYPE))
            .build());
  }

  /** The nodes that opened the table give way to the argument. */
  private void addCapture(LookupTable table) {
    String argument = unique(table.name() + "_resource");
    for (NodeDef node : traced.definition().getNodeDefList()) {
      if (node.getOp().equals(LookupTable.OP)
          && LookupTable.sharedName(node).equals(table.sharedName())) {
        replacements.put(node.getName() + ":table_handle:0", argument);
      }
    }
    signature.addInputArg(
        OpDef.ArgDef.newBuilder().setName(argument).setType(DataType.DT_RESOURCE));
    inputShapes.add(List.of());
  }

  private void addTracedNode(NodeDef node) {
    if (node.getOp().equals(LookupTable.OP)) {
      return;
    }
    NodeDef.Builder rewritten = PackedStrings.spellOut(ops.withoutDefaults(node)).toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      rewritten.setInput(i, replaced(node.getInput(i)));
    }
    addNode(rewritten.build());
  }

  private void addNode(NodeDef node) {
    function.addNodeDef(node);
    if (ops.isStateful(node.getOp())) {
      effects.add(node.getName());
    }
  }

  /** Makes every node with effects run, and returns the control input that waits for them. */
  private List<String> addEffects() {
    if (effects.isEmpty()) {
      return List.of();
    }
    signature.setIsStateful(true);
    NodeDef.Builder barrier = NodeDef.newBuilder().setName(unique("NoOp")).setOp("NoOp");
    for (String effect : effects) {
      signature.addControlOutput(effect);
      function.putControlRet(effect, effect);
      barrier.addInput("^" + effect);
    }
    function.addNodeDef(barrier);
    return List.of("^" + barrier.getName());
  }

  private void addResult(int position, TensorSpec output, List<String> controls) {
    String tracedResult = traced.definition().getSignature().getOutputArg(position).getName();
    String result = unique(position == 0 ? "Identity" : "Identity_" + position);
    String argument = result.toLowerCase(Locale.ROOT);
    function.addNodeDef(
        NodeDef.newBuilder()
            .setName(result)
            .setOp("Identity")
            .addInput(replaced(traced.definition().getRetOrThrow(tracedResult)))
            .addAllInput(controls)
            .putAttr("T", Attributes.type(output.dtype())));
    signature.addOutputArg(OpDef.ArgDef.newBuilder().setName(argument).setType(output.dtype()));
    function.putRet(argument, result + ":output:0");
  }

  private String tracedArgument(int position) {
    return traced.definition().getSignature().getInputArg(position).getName();
  }

  private String replaced(String tensor) {
    return replacements.getOrDefault(tensor, tensor);
  }

  /** An argument's name as TensorFlow wants it: lower case, first a letter. */
  private static String argumentName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("_") ? "arg" + lower : lower;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** The nodes with inputs before users, and by name where that leaves a choice. */
  private static List<NodeDef> sorted(List<NodeDef> nodes) {
    Map<String, NodeDef> byName = new HashMap<>();
    nodes.forEach(node -> byName.put(node.getName(), node));
    Set<String> done = new LinkedHashSet<>();
    Deque<NodeDef> stack = new ArrayDeque<>();
    nodes.stream()
        .sorted(Comparator.comparing(NodeDef::getName))
        .forEach(
            root -> {
              stack.push(root);
              while (!stack.isEmpty()) {
                NodeDef node = stack.element();
                List<String> missing = new ArrayList<>();
                for (String input : node.getInputList()) {
                  String producer = producer(input);
                  if (byName.containsKey(producer) && !done.contains(producer)) {
                    missing.add(producer);
                  }
                }
                if (missing.isEmpty()) {
                  done.add(stack.pop().getName());
                } else {
                  missing.forEach(producer -> stack.push(node(byName, producer)));
                }
              }
            });
    return done.stream().map(name -> node(byName, name)).toList();
  }

  private static NodeDef node(Map<String, NodeDef> byName, String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  private static String producer(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
