package dev.slope.export.savedmodel;

import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.TensorProto;

/**
 * The functions by which a loader makes, fills and forgets a table. Python calls all three; loaders
 * without an object graph have the table as a node and fill it by an op that runs first.
 */
final class TableNodes {
  private static final String HANDLE = "table_handle";
  private static final String TABLE_ARGUMENT = "table_resource";
  private static final String DONE = "done";
  private static final String RESULT = "Identity";

  /**
   * Runs a function as it is: optimizing one that runs once copies its keys dozens of times, half
   * of what loading a model of many categories took.
   */
  private static final AttrValue AS_WRITTEN =
      AttrValue.newBuilder()
          .setS(
              ConfigProto.newBuilder()
                  .setGraphOptions(
                      GraphOptions.newBuilder()
                          .setRewriteOptions(
                              RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                  .build()
                  .toByteString())
          .build();

  private TableNodes() {}

  /** Makes the resource and returns its handle. */
  static FunctionDef creator(String name, LookupTable table) {
    FunctionDef.Builder function = function(name, DataType.DT_RESOURCE);
    function.getSignatureBuilder().addControlOutput("hash_table");
    return function
        .addNodeDef(handle("hash_table", table))
        .addNodeDef(barrier("hash_table"))
        .addNodeDef(result(DataType.DT_RESOURCE, "hash_table:" + HANDLE + ":0"))
        .putControlRet("hash_table", "hash_table")
        .build();
  }

  /** Fills the table that it is given, and returns 1. */
  static FunctionDef initializer(String name, LookupTable table) {
    FunctionDef.Builder function = function(name, DataType.DT_INT32);
    function
        .getSignatureBuilder()
        .addControlOutput("import")
        .addInputArg(
            OpDef.ArgDef.newBuilder().setName(TABLE_ARGUMENT).setType(DataType.DT_RESOURCE));
    return function
        .addNodeDef(constant("keys", table.keys()))
        .addNodeDef(constant("values", table.values()))
        .addNodeDef(
            NodeDef.newBuilder()
                .setName("import")
                .setOp("LookupTableImportV2")
                .addInput(TABLE_ARGUMENT)
                .addInput("keys:output:0")
                .addInput("values:output:0")
                .putAttr("Tin", Attributes.type(table.keyType()))
                .putAttr("Tout", Attributes.type(DataType.DT_INT64)))
        .addNodeDef(constant(DONE, one()))
        .addNodeDef(barrier("import"))
        .addNodeDef(result(DataType.DT_INT32, DONE + ":output:0"))
        .putControlRet("import", "import")
        .build();
  }

  /** Does nothing but return 1: the resource goes with its last handle. */
  static FunctionDef destroyer(String name) {
    FunctionDef.Builder function = function(name, DataType.DT_INT32);
    function.getSignatureBuilder().clearIsStateful();
    return function
        .addNodeDef(constant(DONE, one()))
        .addNodeDef(
            NodeDef.newBuilder()
                .setName(RESULT)
                .setOp("Identity")
                .addInput(DONE + ":output:0")
                .putAttr("T", Attributes.type(DataType.DT_INT32)))
        .build();
  }

  /**
   * Adds the table and the op that fills it to the top of the graph.
   *
   * @param initializer the function's name
   * @return the op's name
   */
  static String addTo(GraphDef.Builder graph, LookupTable table, String initializer) {
    String filled = table.name() + "/init";
    graph.addNode(handle(table.name(), table));
    graph.addNode(
        NodeDef.newBuilder()
            .setName(filled)
            .setOp("StatefulPartitionedCall")
            .addInput(table.name())
            .putAttr("Tin", Attributes.types(List.of(DataType.DT_RESOURCE)))
            .putAttr("Tout", Attributes.types(List.of(DataType.DT_INT32)))
            .putAttr("f", Attributes.function(initializer))
            .putAttr("config_proto", AS_WRITTEN));
    return filled;
  }

  private static NodeDef handle(String name, LookupTable table) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(LookupTable.OP)
        .putAttr("key_dtype", Attributes.type(table.keyType()))
        .putAttr("value_dtype", Attributes.type(DataType.DT_INT64))
        .putAttr(LookupTable.SHARED_NAME, Attributes.string(table.sharedName()))
        .build();
  }

  private static FunctionDef.Builder function(String name, DataType result) {
    OpDef.Builder signature =
        OpDef.newBuilder()
            .setName(name)
            .setIsStateful(true)
            .addOutputArg(OpDef.ArgDef.newBuilder().setName("identity").setType(result));
    return FunctionDef.newBuilder()
        .setSignature(signature)
        .putRet("identity", RESULT + ":output:0");
  }

  private static NodeDef barrier(String effect) {
    return NodeDef.newBuilder().setName("NoOp").setOp("NoOp").addInput("^" + effect).build();
  }

  private static NodeDef result(DataType type, String tensor) {
    return NodeDef.newBuilder()
        .setName(RESULT)
        .setOp("Identity")
        .addInput(tensor)
        .addInput("^NoOp")
        .putAttr("T", Attributes.type(type))
        .build();
  }

  private static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", Attributes.type(value.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private static TensorProto one() {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_INT32)
        .setTensorShape(Attributes.shapeProto(List.of()))
        .addIntVal(1)
        .build();
  }
}
