package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/** The fields without which some loader fails: each was found by leaving it out. */
class SavedModelFormatTest {
  @TempDir private Path folder;
  private SavedModel model;
  private MetaGraphDef graph;
  private SavedObjectGraph objects;

  @BeforeEach
  void write() throws IOException {
    new ServingSignatures(
            new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
            ServingInputs.of(
                new FittedFeatures(
                    List.of(
                        new FittedFeature.Numeric("b", Scaling.STANDARD, 1, 2),
                        new FittedFeature.Numeric("a", Scaling.NONE, 0, 1))),
                null),
            new FittedLabels.Regression(List.of("y")))
        .graph()
        .write(folder, List.of(new double[2], new double[1]));
    model = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
    graph = model.getMetaGraphs(0);
    objects = graph.getObjectGraphDef();
  }

  @Test
  void isOneServingGraphOfSchemaOne() {
    assertThat(model.getSavedModelSchemaVersion()).isEqualTo(1);
    assertThat(model.getMetaGraphsCount()).isEqualTo(1);
    assertThat(graph.getMetaInfoDef().getTagsList()).containsExactly("serve");
    assertThat(graph.getMetaInfoDef().getTensorflowVersion()).isEqualTo(TensorFlow.version());
    assertThat(graph.getMetaInfoDef().getStrippedDefaultAttrs()).isTrue();
  }

  @Test
  void nodesOfTheSaverAndTheInitOpAreThere() {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    assertThat(graph.getSaverDef().getFilenameTensorName()).isEqualTo("saver_filename:0");
    assertThat(graph.getSaverDef().getRestoreOpName()).isEqualTo("restore_all");
    assertThat(nodes)
        .containsKeys("saver_filename", "restore_all", "save/control_dependency", "init_op");
    assertThat(graph.getSignatureDefOrThrow("__saved_model_init_op").getOutputsMap())
        .containsOnlyKeys("__saved_model_init_op");
    assertThat(graph.getCollectionDefOrThrow("saved_model_main_op").getNodeList().getValueList())
        .containsExactly("init_op");
  }

  /** Else the first prediction after each loading waits while TensorFlow optimizes a few ops. */
  @Test
  void signaturesAreRunAsTheyAre() throws IOException {
    List<NodeDef> calls =
        graph.getGraphDef().getNodeList().stream()
            .filter(node -> node.getOp().equals("StatefulPartitionedCall"))
            .toList();
    assertThat(calls).hasSize(5);
    for (NodeDef call : calls) {
      ConfigProto config = ConfigProto.parseFrom(call.getAttrOrThrow("config_proto").getS());
      assertThat(config.getGraphOptions().getRewriteOptions().getDisableMetaOptimizer()).isTrue();
      // An op without a kernel on the device that serves goes to the CPU.
      assertThat(config.getAllowSoftPlacement()).isTrue();
    }
  }

  @Test
  void variablesHaveNamesOfTheirOwn() {
    List<NodeDef> handles =
        graph.getGraphDef().getNodeList().stream()
            .filter(node -> node.getOp().equals("VarHandleOp"))
            .toList();
    assertThat(handles)
        .extracting(node -> node.getAttrOrThrow("shared_name").getS().toStringUtf8())
        .containsExactly("weights", "intercepts");
    assertThat(handles)
        .allSatisfy(node -> assertThat(node.getAttrMap()).containsKeys("dtype", "shape"));
  }

  @Test
  void rootHasVariablesMethodsAndSignatures() {
    SavedObject root = objects.getNodes(0);
    assertThat(root.hasUserObject()).isTrue();
    Map<String, Integer> children = children(root);
    assertThat(children)
        .containsOnlyKeys(
            "weights",
            "intercepts",
            "variables",
            "trainable_variables",
            "signatures",
            "predict",
            "__call__",
            "serve");
    SavedObject signatures = node(children, "signatures");
    assertThat(signatures.getUserObject().getIdentifier()).isEqualTo("signature_map");
    assertThat(signatures.getUserObject().getVersion().getProducer()).isEqualTo(1);
    assertThat(signatures.getUserObject().getVersion().getMinConsumer()).isEqualTo(1);
    assertThat(children(signatures))
        .containsOnlyKeys("serving_default", "predict", "dense", "regress", "explain");
    SavedObject weights = node(children, "weights");
    assertThat(weights.getVariable().getName()).isEqualTo("weights");
    assertThat(weights.getVariable().getTrainable()).isTrue();
    assertThat(children.get("serve")).isEqualTo(children.get("__call__"));
    assertThat(node(children, "serve").getFunction().getFunctionSpec().hasInputSignature())
        .isTrue();
  }

  /** Arguments in sorted order, as Python flattens a dictionary, then the captured variables. */
  @Test
  void functionsStateArgumentsAndCaptures() {
    Map<String, Integer> root = children(objects.getNodes(0));
    List<Integer> variables = List.of(index(root, "weights"), index(root, "intercepts"));
    Map<String, FunctionDef> library = new HashMap<>();
    graph
        .getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> library.put(function.getSignature().getName(), function));
    assertThat(objects.getConcreteFunctionsMap()).hasSize(6).hasSameSizeAs(library);
    objects
        .getConcreteFunctionsMap()
        .forEach(
            (name, function) -> {
              assertThat(function.getBoundInputsList()).isEqualTo(variables);
              assertComplete(function);
              assertThat(library).containsKey(name);
            });
    SavedObject predict = node(children(node(root, "signatures")), "predict");
    assertThat(predict.getBareConcreteFunction().getArgumentKeywordsList())
        .containsExactly("a", "b");
    assertThat(predict.getBareConcreteFunction().getAllowedPositionalArguments()).isEqualTo(2);
    FunctionDef function =
        Objects.requireNonNull(
            library.get(predict.getBareConcreteFunction().getConcreteFunctionName()));
    assertThat(function.getSignature().getInputArgList())
        .extracting(OpDef.ArgDef::getName)
        .containsExactly("a", "b", "weights_resource", "intercepts_resource");
  }

  private static void assertComplete(SavedConcreteFunction function) {
    assertThat(function.getCanonicalizedInputSignature().getTupleValue().getValuesCount())
        .isEqualTo(2);
    assertThat(function.getOutputSignature().getKindCase())
        .isIn(StructuredValue.KindCase.DICT_VALUE, StructuredValue.KindCase.TENSOR_SPEC_VALUE);
  }

  @Test
  void noNodeStatesADefault() {
    Map<String, OpDef> ops = new HashMap<>();
    TensorFlow.registeredOpList().getOpList().forEach(op -> ops.put(op.getName(), op));
    graph.getGraphDef().getNodeList().forEach(node -> assertNoDefaults(node, ops));
    graph
        .getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(
            function -> function.getNodeDefList().forEach(node -> assertNoDefaults(node, ops)));
  }

  private static void assertNoDefaults(NodeDef node, Map<String, OpDef> ops) {
    for (OpDef.AttrDef attribute : Objects.requireNonNull(ops.get(node.getOp())).getAttrList()) {
      if (attribute.hasDefaultValue()) {
        AttrValue stated =
            node.getAttrOrDefault(attribute.getName(), AttrValue.getDefaultInstance());
        assertThat(stated)
            .as("%s of %s", attribute.getName(), node.getName())
            .isNotEqualTo(attribute.getDefaultValue());
      }
    }
  }

  private SavedObject node(Map<String, Integer> children, String name) {
    return objects.getNodes(index(children, name));
  }

  private static int index(Map<String, Integer> children, String name) {
    return Objects.requireNonNull(children.get(name));
  }

  private static Map<String, Integer> children(SavedObject object) {
    Map<String, Integer> children = new HashMap<>();
    for (ObjectReference child : object.getChildrenList()) {
      children.put(child.getLocalName(), child.getNodeId());
    }
    return children;
  }
}
