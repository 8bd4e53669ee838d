package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorProto;

/** The variables at the top of the graph, and the ops that save and restore them. */
final class VariableNodes {
  private static final String FILE_NAME = "saver_filename";
  private static final String SAVED = "save/control_dependency";
  private static final String RESTORED = "restore_all";

  private final GraphDef.Builder graph;
  private final List<Variable> variables;

  VariableNodes(GraphDef.Builder graph, List<Variable> variables) {
    this.graph = graph;
    this.variables = variables;
  }

  /** Adds a handle and a read for each variable. The shared name keeps their resources apart. */
  void addHandles() {
    for (Variable variable : variables) {
      graph.addNode(
          node(variable.name(), "VarHandleOp")
              .putAttr("dtype", Attributes.type(Variable.DTYPE))
              .putAttr("shape", Attributes.shape(variable.shape()))
              .putAttr("shared_name", Attributes.string(variable.name())));
      graph.addNode(
          node(read(variable), "ReadVariableOp")
              .addInput(variable.name())
              .putAttr("dtype", Attributes.type(Variable.DTYPE)));
    }
  }

  /**
   * Adds the ops of a checkpoint, and says which they are.
   *
   * @param objectGraph saved along, so that a re-saved checkpoint is complete
   */
  SaverDef addSaver(ByteString objectGraph) {
    graph.addNode(
        node(FILE_NAME, "Placeholder")
            .putAttr("dtype", Attributes.type(DataType.DT_STRING))
            .putAttr("shape", Attributes.shape(List.of())));
    addSave(objectGraph);
    addRestore();
    return SaverDef.newBuilder()
        .setFilenameTensorName(FILE_NAME + ":0")
        .setSaveTensorName(SAVED + ":0")
        .setRestoreOpName(RESTORED)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  private void addSave(ByteString objectGraph) {
    List<String> keys = new ArrayList<>(keys());
    keys.add(BundleWriter.OBJECT_GRAPH_KEY);
    List<DataType> types = new ArrayList<>(types());
    types.add(DataType.DT_STRING);
    addKeys("save", keys);
    graph.addNode(constant("save/object_graph", Attributes.scalarString(objectGraph)));
    graph.addNode(
        node("save/SaveV2", "SaveV2")
            .addInput(FILE_NAME)
            .addInput("save/names")
            .addInput("save/slices")
            .addAllInput(variables.stream().map(VariableNodes::read).toList())
            .addInput("save/object_graph")
            .putAttr("dtypes", Attributes.types(types)));
    graph.addNode(
        node(SAVED, "Identity")
            .addInput(FILE_NAME)
            .addInput("^save/SaveV2")
            .putAttr("T", Attributes.type(DataType.DT_STRING)));
  }

  private void addRestore() {
    addKeys("restore", keys());
    graph.addNode(
        node("restore/RestoreV2", "RestoreV2")
            .addInput(FILE_NAME)
            .addInput("restore/names")
            .addInput("restore/slices")
            .putAttr("dtypes", Attributes.types(types())));
    NodeDef.Builder restored = node(RESTORED, "NoOp");
    for (int i = 0; i < variables.size(); i++) {
      String value = "restore/Identity_" + i;
      String assign = "restore/AssignVariableOp_" + i;
      graph.addNode(
          node(value, "Identity")
              .addInput(i == 0 ? "restore/RestoreV2" : "restore/RestoreV2:" + i)
              .putAttr("T", Attributes.type(Variable.DTYPE)));
      graph.addNode(
          node(assign, "AssignVariableOp")
              .addInput(variables.get(i).name())
              .addInput(value)
              .putAttr("dtype", Attributes.type(Variable.DTYPE)));
      restored.addInput("^" + assign);
    }
    graph.addNode(restored);
  }

  private void addKeys(String scope, List<String> keys) {
    graph.addNode(constant(scope + "/names", Attributes.strings(keys)));
    List<String> wholeTensors = Collections.nCopies(keys.size(), "");
    graph.addNode(constant(scope + "/slices", Attributes.strings(wholeTensors)));
  }

  private List<String> keys() {
    return variables.stream().map(Variable::checkpointKey).toList();
  }

  private List<DataType> types() {
    return Collections.nCopies(variables.size(), Variable.DTYPE);
  }

  private static String read(Variable variable) {
    return variable.name() + "/Read/ReadVariableOp";
  }

  private static NodeDef.Builder constant(String name, TensorProto value) {
    return node(name, "Const")
        .putAttr("dtype", Attributes.type(value.getDtype()))
        .putAttr("value", Attributes.tensor(value));
  }

  private static NodeDef.Builder node(String name, String op) {
    return NodeDef.newBuilder().setName(name).setOp(op);
  }
}
