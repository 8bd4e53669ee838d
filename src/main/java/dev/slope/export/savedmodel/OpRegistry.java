package dev.slope.export.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.graph.TensorFlowRuntime;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What the loaded TensorFlow knows of its ops, asked one by one: {@code
 * TensorFlow.registeredOpList()} parses all of them, which takes 0.1 s.
 */
final class OpRegistry {
  private final Map<String, OpDef> definitions = new HashMap<>();

  /** Whether an op has effects or reads what others write. */
  boolean isStateful(String op) {
    return definition(op).getIsStateful();
  }

  /** The node without the attributes that equal their default: older runtimes may not know them. */
  NodeDef withoutDefaults(NodeDef node) {
    NodeDef.Builder stripped = node.toBuilder();
    for (OpDef.AttrDef attribute : definition(node.getOp()).getAttrList()) {
      AttrValue value = node.getAttrMap().get(attribute.getName());
      if (attribute.hasDefaultValue() && attribute.getDefaultValue().equals(value)) {
        stripped.removeAttr(attribute.getName());
      }
    }
    return stripped.build();
  }

  private OpDef definition(String op) {
    return definitions.computeIfAbsent(op, OpRegistry::load);
  }

  private static OpDef load(String op) {
    TensorFlowRuntime.load();
    try (TF_Graph graph = TF_Graph.newGraph();
        TF_Buffer buffer = TF_Buffer.newBuffer();
        TF_Status status = TF_Status.newStatus()) {
      tensorflow.TF_GraphGetOpDef(graph, op, buffer, status);
      status.throwExceptionIfNotOK();
      return OpDef.parseFrom(buffer.dataAsByteBuffer());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's own definition of " + op + " is damaged", e);
    }
  }
}
