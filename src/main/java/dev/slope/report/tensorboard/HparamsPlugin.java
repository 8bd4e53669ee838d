package dev.slope.report.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What TensorBoard's HPARAMS tab reads: {@code HParamsPluginData} of TensorBoard's {@code
 * plugins/hparams/plugin_data.proto}, version 0, as the content of a summary that has no value of
 * its own. No Java library has its classes, so its few fields are written by their numbers.
 *
 * <p>The file's third message, {@code Experiment}, names the tab's columns and is left out. Of all
 * runs TensorBoard reads the first one that it meets, and what other runs have and that one does
 * not would have no column; where there is none, it makes the columns from the hyperparameters and
 * scalars of all runs ({@code backend_context.py}, {@code experiment_from_metadata}).
 */
final class HparamsPlugin {
  private static final String NAME = "hparams";
  private static final String SESSION_START_INFO_TAG = "_hparams_/session_start_info";
  private static final String SESSION_END_INFO_TAG = "_hparams_/session_end_info";

  // Fields of HParamsPluginData.
  private static final int SESSION_START_INFO = 3;
  private static final int SESSION_END_INFO = 4;

  // Fields of SessionStartInfo, and of the entries of its map.
  private static final int HPARAMS = 1;
  private static final int START_TIME_SECS = 5;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  // Fields of SessionEndInfo, and a value of its enum.
  private static final int STATUS = 1;
  private static final int END_TIME_SECS = 2;
  private static final int STATUS_SUCCESS = 1;

  /** The value of a summary of which only the metadata mean something, as TensorBoard's own. */
  private static final TensorProto NO_VALUE =
      TensorProto.newBuilder()
          .setDtype(DataType.DT_FLOAT)
          .setTensorShape(
              TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(0)))
          .build();

  private HparamsPlugin() {}

  /**
   * Says that a run began.
   *
   * @param hyperparameters texts, numbers and truths by name
   * @param seconds since 1970-01-01 in UTC
   */
  static Summary.Value sessionStart(Map<String, Object> hyperparameters, double seconds) {
    UnknownFieldSet.Field.Builder entries = UnknownFieldSet.Field.newBuilder();
    new TreeMap<>(hyperparameters)
        .forEach((name, value) -> entries.addLengthDelimited(entry(name, value)));
    return summary(
        SESSION_START_INFO_TAG,
        SESSION_START_INFO,
        UnknownFieldSet.newBuilder()
            .addField(HPARAMS, entries.build())
            .addField(START_TIME_SECS, number(seconds))
            .build());
  }

  /**
   * Says that a run ended well.
   *
   * @param seconds since 1970-01-01 in UTC
   */
  static Summary.Value sessionEnd(double seconds) {
    return summary(
        SESSION_END_INFO_TAG,
        SESSION_END_INFO,
        UnknownFieldSet.newBuilder()
            .addField(STATUS, UnknownFieldSet.Field.newBuilder().addVarint(STATUS_SUCCESS).build())
            .addField(END_TIME_SECS, number(seconds))
            .build());
  }

  private static Summary.Value summary(String tag, int field, UnknownFieldSet message) {
    ByteString content =
        UnknownFieldSet.newBuilder()
            .addField(field, bytes(message.toByteString()))
            .build()
            .toByteString();
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setMetadata(
            SummaryMetadata.newBuilder()
                .setPluginData(
                    SummaryMetadata.PluginData.newBuilder()
                        .setPluginName(NAME)
                        .setContent(content)))
        .setTensor(NO_VALUE)
        .build();
  }

  private static ByteString entry(String name, Object value) {
    return UnknownFieldSet.newBuilder()
        .addField(KEY, bytes(ByteString.copyFromUtf8(name)))
        .addField(VALUE, bytes(value(value).toByteString()))
        .build()
        .toByteString();
  }

  private static Value value(Object value) {
    if (value instanceof String text) {
      return Value.newBuilder().setStringValue(text).build();
    }
    if (value instanceof Boolean truth) {
      return Value.newBuilder().setBoolValue(truth).build();
    }
    if (value instanceof Double number) {
      return Value.newBuilder().setNumberValue(number).build();
    }
    throw new IllegalArgumentException(
        "a hyperparameter must be a String, Boolean or Double, but was " + value);
  }

  private static UnknownFieldSet.Field bytes(ByteString bytes) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
  }

  private static UnknownFieldSet.Field number(double number) {
    return UnknownFieldSet.Field.newBuilder()
        .addFixed64(Double.doubleToRawLongBits(number))
        .build();
  }
}
