package dev.slope.export.savedmodel;

import com.google.protobuf.BoolValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConstant;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedResource;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedUserObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.VersionDef;

/**
 * The Python object that {@code tf.saved_model.load} makes: nodes with named children. The first
 * node added is the object itself.
 */
final class ObjectGraph {
  private final List<SavedObject.Builder> nodes = new ArrayList<>();
  private final Map<String, SavedConcreteFunction> functions = new LinkedHashMap<>();
  private final Map<String, Integer> captured = new HashMap<>();

  /** Adds an object that Python rebuilds by its registered identifier, and returns its node. */
  int addUserObject(String identifier) {
    return add(
        SavedObject.newBuilder()
            .setUserObject(
                SavedUserObject.newBuilder()
                    .setIdentifier(identifier)
                    .setVersion(VersionDef.newBuilder().setProducer(1).setMinConsumer(1))));
  }

  /** Adds a variable, which functions capture by its name. */
  int addVariable(Variable variable) {
    int node =
        add(
            SavedObject.newBuilder()
                .setVariable(
                    SavedVariable.newBuilder()
                        .setDtype(Variable.DTYPE)
                        .setShape(Attributes.shapeProto(variable.shape()))
                        .setTrainable(true)
                        .setName(variable.name())));
    captured.put(variable.name(), node);
    return node;
  }

  /** Adds a table, which functions capture by its name; its functions are children of it. */
  int addTable(LookupTable table) {
    int node = add(SavedObject.newBuilder().setResource(SavedResource.getDefaultInstance()));
    captured.put(table.name(), node);
    return node;
  }

  /** Adds a constant node of the graph, which functions capture by its name. */
  void addConstant(String name) {
    captured.put(
        name,
        add(SavedObject.newBuilder().setConstant(SavedConstant.newBuilder().setOperation(name))));
  }

  /**
   * Tells how a function of the library is called from Python.
   *
   * @param captures the variables, tables and constants behind its inputs, by name
   */
  void addConcreteFunction(
      String name, StructuredValue arguments, StructuredValue result, List<String> captures) {
    SavedConcreteFunction.Builder function =
        SavedConcreteFunction.newBuilder()
            .setCanonicalizedInputSignature(arguments)
            .setOutputSignature(result);
    for (String capture : captures) {
      function.addBoundInputs(Objects.requireNonNull(captured.get(capture)));
    }
    functions.put(name, function.build());
  }

  /** Adds a {@code tf.function} with one trace, and returns its node. */
  int addFunction(
      String concreteFunction,
      List<String> arguments,
      StructuredValue inputSignature,
      List<TensorSpec> inputs) {
    int node =
        add(
            SavedObject.newBuilder()
                .setFunction(
                    SavedFunction.newBuilder()
                        .addConcreteFunctions(concreteFunction)
                        .setFunctionSpec(functionSpec(arguments, List.of(), inputSignature))));
    FunctionSpec traceSpec = functionSpec(arguments, List.of(), StructuredValues.none());
    addChild(node, "trace_0", addBareFunction(concreteFunction, inputs, traceSpec));
    return node;
  }

  /** Adds a function called by the names of its tensors, as signatures are; returns its node. */
  int addSignature(String concreteFunction, List<TensorSpec> inputs) {
    List<String> names = inputs.stream().map(TensorSpec::name).toList();
    FunctionSpec spec = functionSpec(List.of(), names, StructuredValues.none());
    return addBareFunction(concreteFunction, inputs, spec);
  }

  void addChild(int parent, String name, int child) {
    nodes
        .get(parent)
        .addChildren(
            TrackableObjectGraph.TrackableObject.ObjectReference.newBuilder()
                .setNodeId(child)
                .setLocalName(name));
  }

  /** The graph as the SavedModel stores it. */
  SavedObjectGraph toSavedObjects() {
    SavedObjectGraph.Builder graph = SavedObjectGraph.newBuilder();
    nodes.forEach(graph::addNodes);
    return graph.putAllConcreteFunctions(functions).build();
  }

  /** The graph as the checkpoint stores it: the same nodes, with the keys of the variables. */
  TrackableObjectGraph toTrackableObjects() {
    TrackableObjectGraph.Builder graph = TrackableObjectGraph.newBuilder();
    for (SavedObject.Builder node : nodes) {
      TrackableObjectGraph.TrackableObject.Builder trackable =
          graph.addNodesBuilder().addAllChildren(node.getChildrenList());
      if (node.hasVariable()) {
        String name = node.getVariable().getName();
        trackable
            .setHasCheckpointValues(BoolValue.of(true))
            .addAttributesBuilder()
            .setName("VARIABLE_VALUE")
            .setFullName(name)
            .setCheckpointKey(Variable.checkpointKey(name));
      }
    }
    return graph.build();
  }

  private int addBareFunction(
      String concreteFunction, List<TensorSpec> inputs, FunctionSpec specification) {
    return add(
        SavedObject.newBuilder()
            .setBareConcreteFunction(
                SavedBareConcreteFunction.newBuilder()
                    .setConcreteFunctionName(concreteFunction)
                    .addAllArgumentKeywords(inputs.stream().map(TensorSpec::name).toList())
                    .setAllowedPositionalArguments(inputs.size())
                    .setFunctionSpec(specification)));
  }

  private static FunctionSpec functionSpec(
      List<String> positional, List<String> keywordOnly, StructuredValue inputSignature) {
    return FunctionSpec.newBuilder()
        .setFullargspec(StructuredValues.fullArgSpec(positional, keywordOnly))
        .setInputSignature(inputSignature)
        .build();
  }

  private int add(SavedObject.Builder node) {
    nodes.add(node);
    return nodes.size() - 1;
  }
}
