package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import dev.slope.graph.TensorFlowRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * Builds a SavedModel of TensorFlow 2: for Python an object with variables, methods and signatures;
 * for every other runtime a graph with signatures. Needs no session and runs nothing.
 */
public final class SavedModelBuilder {
  /** The tag of a graph that serves. */
  public static final String SERVE_TAG = "serve";

  private static final String INIT_OP = "init_op";
  private static final long SCHEMA_VERSION = 1;

  private final List<Variable> variables;
  private final List<LookupTable> tables;
  private final List<String> initializers = new ArrayList<>();
  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
  private final ObjectGraph objects = new ObjectGraph();
  private final OpRegistry ops = new OpRegistry();
  private final SignatureWriter signatures;
  private final VariableNodes variableNodes;
  private final int root;
  private final int signatureMap;

  /**
   * A model with these variables and tables, each an attribute of the Python object by its name.
   */
  public SavedModelBuilder(List<Variable> variables, List<LookupTable> tables) {
    this.variables = List.copyOf(variables);
    this.tables = List.copyOf(tables);
    signatures = new SignatureWriter(graph, this.variables);
    variableNodes = new VariableNodes(graph, this.variables);
    variableNodes.addHandles();
    root = objects.addUserObject("_generic_user_object");
    addVariableObjects();
    this.tables.forEach(this::addTable);
    signatureMap = objects.addUserObject("signature_map");
    objects.addChild(root, "signatures", signatureMap);
  }

  private void addVariableObjects() {
    List<Integer> nodes = variables.stream().map(objects::addVariable).toList();
    for (int i = 0; i < nodes.size(); i++) {
      objects.addChild(root, variables.get(i).name(), nodes.get(i));
    }
    for (String name : List.of("variables", "trainable_variables")) {
      int list = objects.addUserObject("trackable_list_wrapper");
      objects.addChild(root, name, list);
      for (int i = 0; i < nodes.size(); i++) {
        objects.addChild(list, Integer.toString(i), nodes.get(i));
      }
    }
  }

  private void addTable(LookupTable table) {
    int node = objects.addTable(table);
    objects.addChild(root, table.name(), node);
    String creator = unique(table.name() + "_creator");
    library.addFunction(TableNodes.creator(creator, table));
    addTableFunction(node, "_create_resource", creator, DataType.DT_RESOURCE, List.of());
    List<String> content = List.of(TableNodes.keysOf(table), TableNodes.valuesOf(table));
    content.forEach(objects::addConstant);
    String initializer = unique(table.name() + "_initializer");
    library.addFunction(TableNodes.initializer(initializer, table));
    addTableFunction(
        node,
        "_initialize",
        initializer,
        DataType.DT_INT32,
        Stream.concat(Stream.of(table.name()), content.stream()).toList());
    String destroyer = unique(table.name() + "_destroyer");
    library.addFunction(TableNodes.destroyer(destroyer));
    addTableFunction(node, "_destroy_resource", destroyer, DataType.DT_INT32, List.of());
    initializers.add(TableNodes.addTo(graph, table));
  }

  private void addTableFunction(
      int table, String name, String concrete, DataType result, List<String> captures) {
    objects.addConcreteFunction(
        concrete,
        StructuredValues.arguments(List.of(), List.of()),
        StructuredValues.tensor(TensorSpec.of("result", result)),
        captures);
    objects.addChild(
        table,
        name,
        objects.addFunction(concrete, List.of(), StructuredValues.tuple(List.of()), List.of()));
  }

  /**
   * Adds a function under several names of the Python object.
   *
   * <p>It takes one argument, because Keras calls layers with one: the tensor itself where the
   * function has one input, else a dictionary of the tensors by name. Its result is the tensor
   * where it has one output, else a dictionary.
   */
  public void addMethod(List<String> names, TracedFunction function) {
    String concrete = addToLibrary(names.get(0), function);
    List<TensorSpec> inputs = function.inputs();
    boolean oneInput = inputs.size() == 1;
    StructuredValue argument =
        oneInput ? StructuredValues.tensor(inputs.get(0)) : StructuredValues.dict(inputs);
    List<TensorSpec> outputs = function.outputs();
    objects.addConcreteFunction(
        concrete,
        StructuredValues.arguments(List.of(argument), List.of()),
        outputs.size() == 1
            ? StructuredValues.tensor(outputs.get(0))
            : StructuredValues.dict(outputs),
        captures(function));
    String argumentName = oneInput ? inputs.get(0).name() : "inputs";
    int node =
        objects.addFunction(
            concrete, List.of(argumentName), StructuredValues.tuple(List.of(argument)), inputs);
    names.forEach(name -> objects.addChild(root, name, node));
  }

  /**
   * Adds a signature.
   *
   * @param key its name
   * @param methodName the kind of call for TF Serving
   */
  public void addSignature(String key, String methodName, TracedFunction function) {
    String concrete = addToLibrary("signature_wrapper_" + key, function);
    objects.addConcreteFunction(
        concrete,
        StructuredValues.arguments(List.of(), function.inputs()),
        StructuredValues.dict(function.outputs()),
        captures(function));
    objects.addChild(signatureMap, key, objects.addSignature(concrete, function.inputs()));
    signatures.add(key, methodName, concrete, function, function.used(tables));
  }

  private String addToLibrary(String name, TracedFunction function) {
    String unique = unique(name);
    FunctionDef definition =
        CapturingFunction.of(unique, function, variables, function.used(tables), ops);
    library.addFunction(definition);
    return unique;
  }

  private String unique(String name) {
    return "__inference_%s_%d".formatted(name, library.getFunctionCount());
  }

  private List<String> captures(TracedFunction function) {
    return Stream.concat(
            variables.stream().map(Variable::name),
            function.used(tables).stream().map(LookupTable::name))
        .toList();
  }

  /** The whole graph; called once, as it completes what was added. */
  public SavedModelGraph build() {
    ByteString checkpointObjects = objects.toTrackableObjects().toByteString();
    return new SavedModelGraph(
        variables,
        checkpointObjects,
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(SCHEMA_VERSION)
            .addMetaGraphs(metaGraph(checkpointObjects))
            .build());
  }

  private MetaGraphDef metaGraph(ByteString objectGraph) {
    SaverDef saver = variableNodes.addSaver(objectGraph);
    NodeDef.Builder init = NodeDef.newBuilder().setName(INIT_OP).setOp("NoOp");
    initializers.forEach(initializer -> init.addInput("^" + initializer));
    graph.addNode(init);
    Map<String, SignatureDef> all = signatures.withInitOp(INIT_OP);
    try (Graph empty = TensorFlowRuntime.newGraph()) {
      graph.setLibrary(library).setVersions(empty.toGraphDef().getVersions());
    }
    return MetaGraphDef.newBuilder()
        .setMetaInfoDef(
            MetaGraphDef.MetaInfoDef.newBuilder()
                .addTags(SERVE_TAG)
                .setTensorflowVersion(TensorFlowRuntime.version())
                .setTensorflowGitVersion("unknown")
                .setStrippedDefaultAttrs(true))
        .setGraphDef(graph)
        .setSaverDef(saver)
        .putCollectionDef(
            "saved_model_main_op",
            CollectionDef.newBuilder()
                .setNodeList(CollectionDef.NodeList.newBuilder().addValue(INIT_OP))
                .build())
        .putAllSignatureDef(all)
        .setObjectGraphDef(objects.toSavedObjects())
        .build();
  }
}
