package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Attributes of graph nodes, and the small protos inside them. */
final class Attributes {
  private Attributes() {}

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue types(List<DataType> types) {
    return list(AttrValue.ListValue.newBuilder().addAllType(types));
  }

  static AttrValue string(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttrValue shape(List<Long> shape) {
    return AttrValue.newBuilder().setShape(shapeProto(shape)).build();
  }

  static AttrValue shapes(List<List<Long>> shapes) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    shapes.forEach(shape -> list.addShape(shapeProto(shape)));
    return list(list);
  }

  static AttrValue integers(List<Long> values) {
    return list(AttrValue.ListValue.newBuilder().addAllI(values));
  }

  static AttrValue function(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  static AttrValue tensor(TensorProto tensor) {
    return AttrValue.newBuilder().setTensor(tensor).build();
  }

  /** A vector of strings, spelled out one by one: not every runtime reads the packed form. */
  static TensorProto strings(List<String> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(shapeProto(List.of((long) values.size())));
    values.forEach(value -> tensor.addStringVal(ByteString.copyFromUtf8(value)));
    return tensor.build();
  }

  static TensorProto scalarString(ByteString value) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(TensorShapeProto.getDefaultInstance())
        .addStringVal(value)
        .build();
  }

  /** A shape, -1 for an unknown dimension. */
  static TensorShapeProto shapeProto(List<Long> shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    shape.forEach(size -> proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return proto.build();
  }

  private static AttrValue list(AttrValue.ListValue.Builder list) {
    return AttrValue.newBuilder().setList(list).build();
  }
}
