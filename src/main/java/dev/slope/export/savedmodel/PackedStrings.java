package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * String constants as the C API packs them (all lengths, then all bytes), spelled out one by one as
 * Python writes them: OpenVINO and the JavaScript converter read only that form.
 */
final class PackedStrings {
  private static final String VALUE = "value";

  private PackedStrings() {}

  /** The node with its string constant spelled out, or the node itself where it has none. */
  static NodeDef spellOut(NodeDef node) {
    TensorProto tensor = node.getAttrOrDefault(VALUE, AttrValue.getDefaultInstance()).getTensor();
    if (tensor.getDtype() != DataType.DT_STRING || tensor.getTensorContent().isEmpty()) {
      return node;
    }
    return node.toBuilder().putAttr(VALUE, Attributes.tensor(spellOut(tensor))).build();
  }

  private static TensorProto spellOut(TensorProto packed) {
    long count = 1;
    for (TensorShapeProto.Dim dim : packed.getTensorShape().getDimList()) {
      count *= dim.getSize();
    }
    TensorProto.Builder spelled = packed.toBuilder().clearTensorContent();
    try {
      int[] lengths = new int[Math.toIntExact(count)];
      CodedInputStream in = packed.getTensorContent().newCodedInput();
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = in.readUInt32();
      }
      for (int length : lengths) {
        spelled.addStringVal(ByteString.copyFrom(in.readRawBytes(length)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a packed string constant is damaged", e);
    }
    return spelled.build();
  }
}
