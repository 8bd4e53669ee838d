package dev.slope.export.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;

/** A table as both kinds of loader fill it: Python by a function, others by an op of the graph. */
class TableNodesTest {
  @TempDir private Path folder;
  private MetaGraphDef model;

  @BeforeEach
  void write() throws IOException {
    LookupTable table = LookupTable.ofStrings("colour", List.of("red", "green"), List.of(0L, 1L));
    new SavedModelBuilder(List.of(), List.of(table)).build().write(folder, List.of());
    model =
        SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb"))).getMetaGraphs(0);
  }

  @Test
  void theGraphHasWhatTheTableHoldsAndAnOpThatFillsIt() {
    assertThat(node("colour").getOp()).isEqualTo("HashTableV2");
    assertThat(node("colour/keys").getAttrOrThrow("value").getTensor().getStringValList())
        .extracting(key -> key.toStringUtf8())
        .containsExactly("red", "green");
    NodeDef filling = node("colour/init");
    assertThat(filling.getOp()).isEqualTo("LookupTableImportV2");
    assertThat(filling.getInputList()).containsExactly("colour", "colour/keys", "colour/values");
    assertThat(node("init_op").getInputList()).containsExactly("^colour/init");
  }

  private NodeDef node(String name) {
    return model.getGraphDef().getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A loader copies a function's body a dozen times: 100,000 keys in one took half a second. */
  @Test
  void noFunctionHoldsKeys() {
    assertThat(model.getGraphDef().getLibrary().getFunctionList())
        .hasSize(3)
        .flatExtracting(FunctionDef::getNodeDefList)
        .filteredOn(node -> node.getOp().equals("Const"))
        .isNotEmpty()
        .allSatisfy(
            node ->
                assertThat(node.getAttrOrThrow("dtype").getType()).isEqualTo(DataType.DT_INT32));
  }

  @Test
  void pythonsFunctionCapturesTableKeysAndValues() {
    List<SavedConcreteFunction> initializers =
        model.getObjectGraphDef().getConcreteFunctionsMap().entrySet().stream()
            .filter(function -> function.getKey().contains("_initializer_"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(initializers).hasSize(1);
    List<SavedObject> captured =
        initializers.get(0).getBoundInputsList().stream()
            .map(node -> model.getObjectGraphDef().getNodes(node))
            .toList();
    assertThat(captured).hasSize(3);
    assertThat(captured.get(0).hasResource()).isTrue();
    assertThat(captured.get(1).getConstant().getOperation()).isEqualTo("colour/keys");
    assertThat(captured.get(2).getConstant().getOperation()).isEqualTo("colour/values");
  }
}
