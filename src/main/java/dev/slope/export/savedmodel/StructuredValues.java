package dev.slope.export.savedmodel;

import java.util.List;
import org.tensorflow.proto.Struct.DictValue;
import org.tensorflow.proto.Struct.ListValue;
import org.tensorflow.proto.Struct.NamedTupleValue;
import org.tensorflow.proto.Struct.NoneValue;
import org.tensorflow.proto.Struct.PairValue;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.Struct.TensorSpecProto;
import org.tensorflow.proto.Struct.TupleValue;

/** Python values (arguments, results, signatures) as the object graph describes them. */
final class StructuredValues {
  private StructuredValues() {}

  /** Python's None: a value left unset is an error when read. */
  static StructuredValue none() {
    return StructuredValue.newBuilder().setNoneValue(NoneValue.getDefaultInstance()).build();
  }

  static StructuredValue strings(List<String> values) {
    ListValue.Builder list = ListValue.newBuilder();
    values.forEach(value -> list.addValues(StructuredValue.newBuilder().setStringValue(value)));
    return StructuredValue.newBuilder().setListValue(list).build();
  }

  static StructuredValue tuple(List<StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setTupleValue(TupleValue.newBuilder().addAllValues(values))
        .build();
  }

  /** A dictionary of tensors by name. */
  static StructuredValue dict(List<TensorSpec> tensors) {
    DictValue.Builder dict = DictValue.newBuilder();
    tensors.forEach(tensor -> dict.putFields(tensor.name(), tensor(tensor)));
    return StructuredValue.newBuilder().setDictValue(dict).build();
  }

  static StructuredValue tensor(TensorSpec tensor) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setName(tensor.name())
                .setShape(Attributes.shapeProto(tensor.shape()))
                .setDtype(tensor.dtype()))
        .build();
  }

  /** A call's arguments: the positional ones and the named ones. */
  static StructuredValue arguments(List<StructuredValue> positional, List<TensorSpec> named) {
    return tuple(List.of(tuple(positional), dict(named)));
  }

  /** What {@code inspect.getfullargspec} says of a function without defaults. */
  static StructuredValue fullArgSpec(List<String> positional, List<String> keywordOnly) {
    return StructuredValue.newBuilder()
        .setNamedTupleValue(
            NamedTupleValue.newBuilder()
                .setName("FullArgSpec")
                .addValues(pair("args", strings(positional)))
                .addValues(pair("varargs", none()))
                .addValues(pair("varkw", none()))
                .addValues(pair("defaults", none()))
                .addValues(pair("kwonlyargs", strings(keywordOnly)))
                .addValues(pair("kwonlydefaults", none()))
                .addValues(pair("annotations", dict(List.of()))))
        .build();
  }

  private static PairValue pair(String key, StructuredValue value) {
    return PairValue.newBuilder().setKey(key).setValue(value).build();
  }
}
