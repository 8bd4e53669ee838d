package dev.slope.export.savedmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Signatures as loaders without an object graph use them: placeholders that are fed, and a call of
 * the signature's function that is fetched.
 */
final class SignatureWriter {
  private static final String INIT_OP_SIGNATURE = "__saved_model_init_op";

  /**
   * Runs a function as it is: of its few ops there is nothing to optimize, which the first
   * prediction after each loading would wait for.
   */
  private static final AttrValue AS_WRITTEN =
      AttrValue.newBuilder()
          .setS(
              ConfigProto.newBuilder()
                  .setAllowSoftPlacement(true)
                  .setGraphOptions(
                      GraphOptions.newBuilder()
                          .setRewriteOptions(
                              RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                  .build()
                  .toByteString())
          .build();

  private final GraphDef.Builder graph;
  private final List<Variable> variables;
  private final Map<String, SignatureDef> signatures = new LinkedHashMap<>();

  SignatureWriter(GraphDef.Builder graph, List<Variable> variables) {
    this.graph = graph;
    this.variables = variables;
  }

  /**
   * Adds a signature that calls a function of the library.
   *
   * @param tables what it captures besides the variables
   */
  void add(
      String key,
      String methodName,
      String functionName,
      TracedFunction function,
      List<LookupTable> tables) {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(methodName);
    List<DataType> argumentTypes = new ArrayList<>();
    NodeDef.Builder call =
        NodeDef.newBuilder()
            .setName(
                signatures.isEmpty()
                    ? "StatefulPartitionedCall"
                    : "StatefulPartitionedCall_" + signatures.size())
            .setOp("StatefulPartitionedCall");
    for (TensorSpec input : function.inputs()) {
      String placeholder = key + "_" + input.name();
      graph.addNode(
          NodeDef.newBuilder()
              .setName(placeholder)
              .setOp("Placeholder")
              .putAttr("dtype", Attributes.type(input.dtype()))
              .putAttr("shape", Attributes.shape(input.shape())));
      call.addInput(placeholder);
      argumentTypes.add(input.dtype());
      signature.putInputs(input.name(), tensorInfo(placeholder + ":0", input));
    }
    long inputs = argumentTypes.size();
    List<Long> captures = LongStream.range(inputs, inputs + variables.size()).boxed().toList();
    for (Variable variable : variables) {
      call.addInput(variable.name());
      argumentTypes.add(DataType.DT_RESOURCE);
    }
    for (LookupTable table : tables) {
      call.addInput(table.name());
      argumentTypes.add(DataType.DT_RESOURCE);
    }
    List<TensorSpec> outputs = function.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      TensorSpec output = outputs.get(i);
      signature.putOutputs(output.name(), tensorInfo(call.getName() + ":" + i, output));
    }
    graph.addNode(
        call.putAttr("Tin", Attributes.types(argumentTypes))
            .putAttr("Tout", Attributes.types(outputs.stream().map(TensorSpec::dtype).toList()))
            .putAttr("f", Attributes.function(functionName))
            .putAttr("config_proto", AS_WRITTEN)
            .putAttr("_read_only_resource_inputs", Attributes.integers(captures))
            .putAttr(
                "_output_shapes",
                Attributes.shapes(outputs.stream().map(TensorSpec::shape).toList())));
    signatures.put(key, signature.build());
  }

  /** All signatures, with the one that names the op which must run before the others. */
  Map<String, SignatureDef> withInitOp(String initOp) {
    Map<String, SignatureDef> all = new LinkedHashMap<>(signatures);
    all.put(
        INIT_OP_SIGNATURE,
        SignatureDef.newBuilder()
            .putOutputs(
                INIT_OP_SIGNATURE,
                TensorInfo.newBuilder()
                    .setName(initOp)
                    .setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true))
                    .build())
            .build());
    return all;
  }

  private static TensorInfo tensorInfo(String tensor, TensorSpec spec) {
    return TensorInfo.newBuilder()
        .setName(tensor)
        .setDtype(spec.dtype())
        .setTensorShape(Attributes.shapeProto(spec.shape()))
        .build();
  }
}
