package dev.slope.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.TextFormat;
import dev.slope.features.RawColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Requests to TensorFlow Serving.
 *
 * <p>The messages of its interface are no part of TensorFlow. Of those here every field holds a
 * message or a text, so they are written to the wire by the numbers that Serving's {@code
 * model.proto}, {@code input.proto}, {@code predict.proto}, {@code classification.proto}, {@code
 * regression.proto} and {@code prediction_log.proto} give them.
 *
 * @param model the name that it is served under
 * @param inputs what the signatures take
 */
record ServingRequests(String model, ServingInputs inputs) {
  private static final int SPEC_NAME = 1;
  private static final int SPEC_SIGNATURE = 3;
  private static final int REQUEST_SPEC = 1;
  private static final int PREDICT_INPUTS = 2;
  private static final int MAP_KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final int REQUEST_INPUT = 2;
  private static final int INPUT_EXAMPLE_LIST = 1;
  private static final int EXAMPLE_LIST_EXAMPLES = 1;
  private static final int LOG_CLASSIFY = 2;
  private static final int LOG_REGRESS = 3;
  private static final int LOG_PREDICT = 6;
  private static final int LOG_REQUEST = 1;

  /** A {@code PredictionLog} with a request to predict a row. */
  ByteString predictLog(RequestRow row) {
    ByteString request = field(REQUEST_SPEC, spec(ServingSignatures.DEFAULT));
    for (Map.Entry<String, TensorProto> input : tensors(row).entrySet()) {
      request =
          request.concat(
              field(
                  PREDICT_INPUTS,
                  field(MAP_KEY, ByteString.copyFromUtf8(input.getKey()))
                      .concat(field(MAP_VALUE, input.getValue().toByteString()))));
    }
    return field(LOG_PREDICT, field(LOG_REQUEST, request));
  }

  /**
   * A {@code PredictionLog} with a request to classify a row, or to predict its one label.
   *
   * @param signature {@code classify} or {@code regress}
   */
  ByteString exampleLog(String signature, RequestRow row) {
    ByteString request =
        field(REQUEST_SPEC, spec(signature))
            .concat(
                field(
                    REQUEST_INPUT,
                    field(
                        INPUT_EXAMPLE_LIST,
                        field(EXAMPLE_LIST_EXAMPLES, example(row).toByteString()))));
    int log = signature.equals(ServingSignatures.CLASSIFY) ? LOG_CLASSIFY : LOG_REGRESS;
    return field(log, field(LOG_REQUEST, request));
  }

  private ByteString spec(String signature) {
    return field(SPEC_NAME, ByteString.copyFromUtf8(model))
        .concat(field(SPEC_SIGNATURE, ByteString.copyFromUtf8(signature)));
  }

  /** A field whose value has a length: a message, a text or bytes. */
  private static ByteString field(int number, ByteString value) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeBytes(number, value);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return bytes.toByteString();
  }

  /** The request to predict a row as text: the {@code PredictRequest} that gRPC's tools take. */
  String predictText(RequestRow row) {
    StringBuilder text = new StringBuilder();
    text.append("model_spec {\n  name: ").append(quoted(model));
    text.append("\n  signature_name: ").append(quoted(ServingSignatures.DEFAULT)).append("\n}\n");
    tensors(row)
        .forEach(
            (key, tensor) ->
                text.append("inputs {\n  key: ")
                    .append(quoted(key))
                    .append("\n  value {\n")
                    .append(TextFormat.printer().printToString(tensor).indent(4))
                    .append("  }\n}\n"));
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + TextFormat.escapeBytes(ByteString.copyFromUtf8(text)) + '"';
  }

  /** The bodies of requests to the REST interface, with where they go, by what they show. */
  Map<String, Object> rest(RequestRow row, String exampleSignature) {
    Map<String, Object> one = new LinkedHashMap<>();
    Map<String, Object> column = new LinkedHashMap<>();
    Map<String, Object> example = new LinkedHashMap<>();
    row.values()
        .forEach(
            (raw, value) -> {
              one.put(inputs.key(raw.name()), value);
              column.put(inputs.key(raw.name()), List.of(value));
              example.put(raw.name(), value instanceof Boolean truth ? (truth ? 1 : 0) : value);
            });
    Map<String, Object> requests = new LinkedHashMap<>();
    requests.put(
        "predict_rows", post("predict", ServingSignatures.DEFAULT, "instances", List.of(one)));
    requests.put("predict_columns", post("predict", ServingSignatures.DEFAULT, "inputs", column));
    if (!exampleSignature.isEmpty()) {
      requests.put(
          exampleSignature, post(exampleSignature, exampleSignature, "examples", List.of(example)));
    }
    return requests;
  }

  private Map<String, Object> post(String verb, String signature, String key, Object rows) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("signature_name", signature);
    body.put(key, rows);
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", "POST");
    request.put("path", "/v1/models/" + model + ":" + verb);
    request.put("body", body);
    return request;
  }

  private SortedMap<String, TensorProto> tensors(RequestRow row) {
    SortedMap<String, TensorProto> tensors = new TreeMap<>();
    row.values().forEach((column, value) -> tensors.put(inputs.key(column.name()), tensor(value)));
    return tensors;
  }

  private static TensorProto tensor(Object value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)));
    if (value instanceof Float number) {
      return tensor.setDtype(DataType.DT_FLOAT).addFloatVal(number).build();
    }
    if (value instanceof String text) {
      return tensor
          .setDtype(DataType.DT_STRING)
          .addStringVal(ByteString.copyFromUtf8(text))
          .build();
    }
    if (value instanceof Long integer) {
      return tensor.setDtype(DataType.DT_INT64).addInt64Val(integer).build();
    }
    return tensor.setDtype(DataType.DT_BOOL).addBoolVal((Boolean) value).build();
  }

  private static Example example(RequestRow row) {
    Features.Builder features = Features.newBuilder();
    row.values()
        .forEach((column, value) -> features.putFeature(column.name(), feature(column, value)));
    return Example.newBuilder().setFeatures(features).build();
  }

  private static Feature feature(RawColumn column, Object value) {
    Feature.Builder feature = Feature.newBuilder();
    return switch (column.type()) {
      case NUMBER -> feature.setFloatList(FloatList.newBuilder().addValue((Float) value)).build();
      case STRING ->
          feature
              .setBytesList(
                  BytesList.newBuilder().addValue(ByteString.copyFromUtf8((String) value)))
              .build();
      case INTEGER, TIME ->
          feature.setInt64List(Int64List.newBuilder().addValue((Long) value)).build();
      case TRUTH ->
          feature.setInt64List(Int64List.newBuilder().addValue((Boolean) value ? 1 : 0)).build();
    };
  }
}
