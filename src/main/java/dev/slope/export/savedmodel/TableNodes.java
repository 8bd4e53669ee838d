package dev.slope.export.savedmodel;

import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/**
 * The functions by which a loader makes, fills and forgets a table. Python calls all three; loaders
 * without an object graph have the table as a node and fill it by an op that runs first.
 *
 * <p>Keys and values are constants of the graph, which the function that fills the table captures:
 * loaders copy the body of a function a dozen times, which took most of the time in which a model
 * of many categories was loaded.
 */
final class TableNodes {
  private static final String HANDLE = "table_handle";
  private static final String TABLE_ARGUMENT = "table_resource";
  private static final String KEYS_ARGUMENT = "keys";
  private static final String VALUES_ARGUMENT = "values";
  private static final String DONE = "done";
  private static final String RESULT = "Identity";

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

  /** The node of the graph that has a table's keys. */
  static String keysOf(LookupTable table) {
    return table.name() + "/keys";
  }

  /** The node of the graph that has a table's values. */
  static String valuesOf(LookupTable table) {
    return table.name() + "/values";
  }

  /** Fills the table that it is given with the keys and values that it is given, and returns 1. */
  static FunctionDef initializer(String name, LookupTable table) {
    FunctionDef.Builder function = function(name, DataType.DT_INT32);
    function
        .getSignatureBuilder()
        .addControlOutput("import")
        .addInputArg(argument(TABLE_ARGUMENT, DataType.DT_RESOURCE))
        .addInputArg(argument(KEYS_ARGUMENT, table.keyType()))
        .addInputArg(argument(VALUES_ARGUMENT, LookupTable.VALUE_TYPE));
    return function
        .addNodeDef(filling("import", table, TABLE_ARGUMENT, KEYS_ARGUMENT, VALUES_ARGUMENT))
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
   * Adds the table, what it holds, and the op that fills it, to the top of the graph.
   *
   * @return the op's name
   */
  static String addTo(GraphDef.Builder graph, LookupTable table) {
    String filled = table.name() + "/init";
    graph.addNode(handle(table.name(), table));
    graph.addNode(constant(keysOf(table), table.keys()));
    graph.addNode(constant(valuesOf(table), table.values()));
    graph.addNode(filling(filled, table, table.name(), keysOf(table), valuesOf(table)));
    return filled;
  }

  private static OpDef.ArgDef argument(String name, DataType type) {
    return OpDef.ArgDef.newBuilder().setName(name).setType(type).build();
  }

  private static NodeDef filling(
      String name, LookupTable table, String handle, String keys, String values) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("LookupTableImportV2")
        .addInput(handle)
        .addInput(keys)
        .addInput(values)
        .putAttr("Tin", Attributes.type(table.keyType()))
        .putAttr("Tout", Attributes.type(LookupTable.VALUE_TYPE))
        .build();
  }

  private static NodeDef handle(String name, LookupTable table) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(LookupTable.OP)
        .putAttr("key_dtype", Attributes.type(table.keyType()))
        .putAttr("value_dtype", Attributes.type(LookupTable.VALUE_TYPE))
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
        .putAttr("value", Attributes.tensor(value))
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
