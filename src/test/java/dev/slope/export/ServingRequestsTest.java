package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.slope.config.Json;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.export.savedmodel.TfRecords;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.TensorProto;

/**
 * Requests as bytes and texts; the Python suite parses them with the protos of TensorFlow Serving.
 */
class ServingRequestsTest {
  private static final RawColumn CUT = new RawColumn("the cut", RawColumn.Type.STRING);
  private static final RawColumn LOT = new RawColumn("lot", RawColumn.Type.INTEGER);
  private static final ServingInputs INPUTS =
      ServingInputs.of(
          new FittedFeatures(
              List.of(
                  new FittedFeature.Numeric("carat", Scaling.STANDARD, 1.23456f, 2),
                  new FittedFeature.Numeric("price", Scaling.LOG1P, (float) Math.log(101), 1),
                  new FittedFeature.Bucketized("depth", List.of(60f, 61f), Float.NaN, false),
                  new FittedFeature.Categorical(CUT, List.of("Ideal", "Good"), true, true, false),
                  new FittedFeature.Categorical(LOT, List.of("-3", "7"), false, true, false),
                  new FittedFeature.Hashed(new RawColumn("city", RawColumn.Type.STRING), 4),
                  new FittedFeature.Truth("sold"),
                  new FittedFeature.Datetime("day", List.of()))),
          "exposure");
  private static final ServingRequests REQUESTS = new ServingRequests("my \"model\"", INPUTS);

  /** Means and first levels; the middle of log(1 + x) is that of x, and numbers are short. */
  @Test
  void aUsualRowIsMadeOfWhatTheModelHolds() {
    assertThat(RequestRow.usual(INPUTS).values().values())
        .containsExactly(1.235f, 100f, 60f, "Ideal", -3L, "text", true, 1_577_836_800L, 0f);
  }

  @Test
  void rowsThatWereReadAreTheSameValues() {
    CodedRows rows =
        new TypedRows()
            .number("carat", 3, Float.NaN)
            .number("price", 1, 2)
            .number("depth", 1, 2)
            .text("the cut", "Größe", "")
            .text("lot", "7", "")
            .text("city", "Paris", "")
            .truth("sold", 1, 0)
            .time("day", 86_401, Long.MIN_VALUE)
            .number("exposure", 0.5f, 1)
            .rows();

    List<RequestRow> first = RequestRow.first(INPUTS.columns(), rows, 5);

    assertThat(first).hasSize(2);
    assertThat(first.get(0).values().values())
        .containsExactly(3f, 1f, 1f, "Größe", 7L, "Paris", true, 86_401L, 0.5f);
    assertThat(first.get(1).values().values())
        .containsExactly(Float.NaN, 2f, 2f, "", Long.MIN_VALUE, "", false, Long.MIN_VALUE, 1f);
    assertThat(RequestRow.first(INPUTS.columns(), rows, 1)).hasSize(1);
  }

  /**
   * prediction_log.proto: predict_log = 6, request = 1; predict.proto: model_spec = 1, inputs = 2.
   */
  @Test
  void aPredictLogHasATensorForEachKey() throws InvalidProtocolBufferException {
    UnknownFieldSet request = message(message(REQUESTS.predictLog(row()), 6), 1);

    assertThat(message(request, 1).getField(1).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("my \"model\""));
    assertThat(message(request, 1).getField(3).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("serving_default"));
    List<ByteString> inputs = request.getField(2).getLengthDelimitedList();
    assertThat(inputs).hasSize(9);
    UnknownFieldSet second = UnknownFieldSet.parseFrom(inputs.get(1));
    assertThat(second.getField(1).getLengthDelimitedList().get(0).toStringUtf8())
        .isEqualTo("city"); // in the order of their names
    TensorProto tensor = TensorProto.parseFrom(second.getField(2).getLengthDelimitedList().get(0));
    assertThat(tensor.getStringVal(0).toStringUtf8()).isEqualTo("text");
    assertThat(tensor.getTensorShape().getDim(0).getSize()).isEqualTo(1);
  }

  /** classify_log = 2, regress_log = 3, request = 1, input = 2, example_list = 1, examples = 1. */
  @Test
  void anExampleLogHasTheRowUnderTheNamesOfTheColumns() throws InvalidProtocolBufferException {
    for (Map.Entry<String, Integer> kind : Map.of("classify", 2, "regress", 3).entrySet()) {
      UnknownFieldSet request =
          message(message(REQUESTS.exampleLog(kind.getKey(), row()), kind.getValue()), 1);

      assertThat(message(request, 1).getField(3).getLengthDelimitedList().get(0).toStringUtf8())
          .isEqualTo(kind.getKey());
      Example example =
          Example.parseFrom(
              message(message(request, 2), 1).getField(1).getLengthDelimitedList().get(0));
      assertThat(example.getFeatures().getFeatureOrThrow("the cut").getBytesList().getValue(0))
          .isEqualTo(ByteString.copyFromUtf8("Ideal"));
      assertThat(example.getFeatures().getFeatureOrThrow("sold").getInt64List().getValue(0))
          .isEqualTo(1);
      assertThat(example.getFeatures().getFeatureCount()).isEqualTo(9);
    }
  }

  @Test
  void theRestInterfaceTakesRowsAndColumns() {
    assertThat(Json.mapper().readTree(Json.write(REQUESTS.rest(row(), "regress"))))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {
                      "predict_rows": {
                        "method": "POST", "path": "/v1/models/my \\"model\\":predict",
                        "body": {"signature_name": "serving_default", "instances": [{
                          "carat": 1.235, "price": 100.0, "depth": 60.0, "the_cut": "Ideal",
                          "lot": -3, "city": "text", "sold": true, "day": 1577836800,
                          "exposure": 0.0
                        }]}
                      },
                      "predict_columns": {
                        "method": "POST", "path": "/v1/models/my \\"model\\":predict",
                        "body": {"signature_name": "serving_default", "inputs": {
                          "carat": [1.235], "price": [100.0], "depth": [60.0],
                          "the_cut": ["Ideal"], "lot": [-3], "city": ["text"], "sold": [true],
                          "day": [1577836800], "exposure": [0.0]
                        }}
                      },
                      "regress": {
                        "method": "POST", "path": "/v1/models/my \\"model\\":regress",
                        "body": {"signature_name": "regress", "examples": [{
                          "carat": 1.235, "price": 100.0, "depth": 60.0, "the cut": "Ideal",
                          "lot": -3, "city": "text", "sold": 1, "day": 1577836800,
                          "exposure": 0.0
                        }]}
                      }
                    }
                    """));
    assertThat(REQUESTS.rest(row(), "")).containsOnlyKeys("predict_rows", "predict_columns");
  }

  @Test
  void aRequestToGrpcIsText() {
    assertThat(REQUESTS.predictText(row()))
        .startsWith(
            """
            model_spec {
              name: "my \\"model\\""
              signature_name: "serving_default"
            }
            inputs {
              key: "carat"
              value {
                dtype: DT_FLOAT
                tensor_shape {
                  dim {
                    size: 1
                  }
                }
                float_val: 1.235
              }
            }
            """);
  }

  /**
   * One record of the byte 0x0a: the length 1 and its checksum, then the byte and its checksum. As
   * {@code tf.io.TFRecordWriter} of TensorFlow 2.18 for Python wrote them.
   */
  @Test
  void recordsAreTensorFlowsOwn() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TfRecords.write(List.of(ByteString.copyFrom(new byte[] {0x0a})), out);

    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(RECORD);
  }

  private static final String RECORD = "01000000000000000175de410a165e5599";

  private static RequestRow row() {
    return RequestRow.usual(INPUTS);
  }

  private static UnknownFieldSet message(ByteString bytes, int field)
      throws InvalidProtocolBufferException {
    return message(UnknownFieldSet.parseFrom(bytes), field);
  }

  private static UnknownFieldSet message(UnknownFieldSet message, int field)
      throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(message.getField(field).getLengthDelimitedList().get(0));
  }
}
