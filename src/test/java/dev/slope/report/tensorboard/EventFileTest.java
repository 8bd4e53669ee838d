package dev.slope.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import dev.slope.features.LinearWeights;
import dev.slope.report.HistoryRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

class EventFileTest {
  private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05.500Z");
  private static final double END = 1767323045.5;

  /** Four epochs of which the third was thinned away; they took 10 s. */
  private static final List<HistoryRow> HISTORY =
      List.of(
          new HistoryRow(1, 8, 9.5, 0.1, 1),
          new HistoryRow(2, 0.1 + 0.2, 1e-3, 0.05, 2.5),
          new HistoryRow(4, 1e-12, Double.NaN, 0.025, 10));

  private static final LinearWeights START =
      new LinearWeights(List.of("a", "b"), List.of("y"), new double[] {0, 0}, new double[] {0});
  private static final LinearWeights END_WEIGHTS =
      new LinearWeights(
          List.of("a", "b"), List.of("y"), new double[] {-1.5, 0}, new double[] {2.25});
  private static final Map<String, Object> HYPERPARAMETERS =
      Map.of("/model/l1", 0.5, "/model/type", "linear_regression", "/training/shuffle", true);

  private static List<Event> events(
      List<HistoryRow> history, LinearWeights start, LinearWeights end) throws Exception {
    return EventRecords.read(
        new EventFile(history, start, end, HYPERPARAMETERS, Map.of("train.mse", 0.75), ENDED)
            .encode()
            .bytes());
  }

  private static List<Event> events() throws Exception {
    return events(HISTORY, START, END_WEIGHTS);
  }

  @Test
  void theFileBeginsWithItsVersion() throws Exception {
    assertThat(events().get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(
            new EventFile(HISTORY, START, END_WEIGHTS, Map.of(), Map.of(), ENDED).encode().name())
        .isEqualTo("tensorboard/events.out.tfevents.slope");
  }

  /** A scalar of TensorBoard is the nearest float32. */
  @Test
  void scalarsAreTheHistory() throws Exception {
    List<Event> events = events();

    assertThat(EventRecords.scalars(events, "loss"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(1L, 8f, 2L, (float) (0.1 + 0.2), 4L, 1e-12f));
    assertThat(EventRecords.scalars(events, "validation_loss"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(1L, 9.5f, 2L, 1e-3f, 4L, Float.NaN));
    assertThat(EventRecords.scalars(events, "learning_rate"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(1L, 0.1f, 2L, 0.05f, 4L, 0.025f));
    assertThat(EventRecords.scalars(events, "metrics/train.mse"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(4L, 0.75f));
  }

  @Test
  void withoutValidationThereIsNoSuchLoss() throws Exception {
    List<Event> events = events(List.of(new HistoryRow(1, 8, null, 0.1, 1)), START, END_WEIGHTS);

    assertThat(EventRecords.scalars(events, "loss")).hasSize(1);
    assertThat(EventRecords.byStep(events, "validation_loss")).isEmpty();
  }

  /** The last epoch ended at the time given, after 10 s: the second after 2.5 s, 7.5 s before. */
  @Test
  void anEventHasTheTimeAtWhichItsEpochEnded() throws Exception {
    List<Event> events = events().stream().filter(Event::hasSummary).toList();

    assertThat(events)
        .extracting(Event::getStep, Event::getWallTime)
        .containsExactly(
            tuple(0L, END - 10),
            tuple(0L, END - 10),
            tuple(1L, END - 9),
            tuple(2L, END - 7.5),
            tuple(4L, END),
            tuple(4L, END));
  }

  @Test
  void weightsAreThoseOfTheBeginningAndTheEnd() throws Exception {
    List<Event> events = events();

    assertThat(EventRecords.scalars(events, "weights/a"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0L, 0f, 4L, -1.5f));
    assertThat(EventRecords.scalars(events, "weights/b"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0L, 0f, 4L, 0f));
    assertThat(EventRecords.scalars(events, "intercept"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0L, 0f, 4L, 2.25f));
    assertThat(EventRecords.scalars(events, "fraction_of_zero_weights"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0L, 1f, 4L, 0.5f));
    HistogramProto histogram = EventRecords.at(events, "weights", 4L).getHisto();
    assertThat(histogram.getNum()).isEqualTo(2);
    assertThat(histogram.getMin()).isEqualTo(-1.5);
    assertThat(histogram.getMax()).isZero();
    assertThat(histogram.getSum()).isEqualTo(-1.5);
    assertThat(histogram.getSumSquares()).isEqualTo(2.25);
  }

  /**
   * Each value lies below the limit of the bucket that it is counted in, and not below the last.
   */
  @Test
  void bucketsCountTheWeights() throws Exception {
    double[] weights = IntStream.range(0, 65).mapToDouble(i -> Math.sinh((i - 20) / 4.0)).toArray();
    List<String> inputs = IntStream.range(0, 65).mapToObj(i -> "x" + i).toList();
    LinearWeights end = new LinearWeights(inputs, List.of("y"), weights, new double[] {1});

    List<Event> events = events(HISTORY, end, end);

    HistogramProto histogram = EventRecords.at(events, "weights", 4L).getHisto();
    double lower = Double.NEGATIVE_INFINITY;
    for (int bucket = 0; bucket < histogram.getBucketCount(); bucket++) {
      double from = lower;
      double to = histogram.getBucketLimit(bucket);
      assertThat(histogram.getBucket(bucket))
          .isEqualTo((double) Arrays.stream(weights).filter(w -> w >= from && w < to).count());
      lower = to;
    }
    assertThat(histogram.getBucket(0)).isPositive();
    assertThat(histogram.getBucket(histogram.getBucketCount() - 1)).isPositive();
    assertThat(histogram.getBucketList().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(65);
    // One more than are told by name.
    assertThat(inputs).hasSize(EventFile.MOST_NAMED_WEIGHTS + 1);
    assertThat(EventRecords.byStep(events, "weights/x0")).isEmpty();
    assertThat(EventRecords.scalars(events, "intercept")).hasSize(2);
  }

  @Test
  void severalOutputsHaveTheirOwnTags() throws Exception {
    LinearWeights weights =
        new LinearWeights(
            List.of("a", "b"), List.of("u", "v"), new double[] {1, 2, 0, 4}, new double[] {5, 6});

    List<Event> events = events(HISTORY, weights, weights);

    assertThat(EventRecords.scalars(events, "weights/u/a").get(4L)).isEqualTo(1f);
    assertThat(EventRecords.scalars(events, "weights/v/a").get(4L)).isEqualTo(2f);
    assertThat(EventRecords.scalars(events, "weights/u/b").get(4L)).isZero();
    assertThat(EventRecords.scalars(events, "weights/v/b").get(4L)).isEqualTo(4f);
    assertThat(EventRecords.scalars(events, "intercept/u").get(4L)).isEqualTo(5f);
    assertThat(EventRecords.scalars(events, "intercept/v").get(4L)).isEqualTo(6f);
    assertThat(EventRecords.at(events, "weights/v", 4L).getHisto().getSum()).isEqualTo(6);
    assertThat(EventRecords.scalars(events, "fraction_of_zero_weights").get(4L)).isEqualTo(0.25f);
  }

  /** By a descriptor of plugin_data.proto that is written here and not taken from the writer. */
  @Test
  void hyperparametersAreTheMessagesOfThePlugin() throws Exception {
    Descriptor type = pluginDataType();
    List<Event> events = events();

    Summary.Value start = EventRecords.at(events, "_hparams_/session_start_info", 0L);
    assertThat(start.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    assertThat(start.getTensor().getDtype()).isEqualTo(DataType.DT_FLOAT);
    assertThat(start.getTensor().getTensorShape().getDim(0).getSize()).isZero();
    assertThat(message(type, start))
        .isEqualTo(
            message(
                type,
                "session_start_info { hparams { key: \"/model/l1\" value { number_value: 0.5 } }"
                    + " hparams { key: \"/model/type\" value { string_value: \"linear_regression\""
                    + " } } hparams { key: \"/training/shuffle\" value { bool_value: true } }"
                    + " start_time_secs: 1.7673230355E9 }"));
    assertThat(message(type, EventRecords.at(events, "_hparams_/session_end_info", 4L)))
        .isEqualTo(message(type, "session_end_info { status: 1 end_time_secs: 1.7673230455E9 }"));
  }

  @Test
  void weightsThatAreNotFiniteAreAProblemAndNoCrash() {
    LinearWeights broken =
        new LinearWeights(List.of("a"), List.of("y"), new double[] {Double.NaN}, new double[] {0});

    assertThatThrownBy(() -> events(HISTORY, broken, broken))
        .isInstanceOf(EventFileException.class)
        .hasMessage(
            "the events for TensorBoard could not be written: Nan in summary histogram for:"
                + " HistogramSummary");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    events();
    Set<String> before = temporaryFolders();
    long pointers = Pointer.totalCount();

    for (int i = 0; i < 5; i++) {
      events();
    }

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  private static Set<String> temporaryFolders() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("slope-events-"))
          .forEach(names::add);
      return names;
    }
  }

  private static DynamicMessage message(Descriptor type, Summary.Value value) throws Exception {
    return DynamicMessage.parseFrom(type, value.getMetadata().getPluginData().getContent());
  }

  private static DynamicMessage message(Descriptor type, String text) throws Exception {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    TextFormat.merge(text, message);
    return message.build();
  }

  private static Descriptor pluginDataType() throws Exception {
    return FileDescriptor.buildFrom(
            pluginData(), new FileDescriptor[] {StructProto.getDescriptor()})
        .findMessageTypeByName("HParamsPluginData");
  }

  /** The map is described as what it is on the wire, entries in order. */
  private static FileDescriptorProto pluginData() {
    return FileDescriptorProto.newBuilder()
        .setName("plugin_data.proto")
        .setPackage("hparams")
        .setSyntax("proto3")
        .addDependency("google/protobuf/struct.proto")
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("HParamsPluginData")
                .addField(field("version", 1, FieldDescriptorProto.Type.TYPE_INT32, null))
                .addField(
                    field(
                        "session_start_info",
                        3,
                        FieldDescriptorProto.Type.TYPE_MESSAGE,
                        "SessionStartInfo"))
                .addField(
                    field(
                        "session_end_info",
                        4,
                        FieldDescriptorProto.Type.TYPE_MESSAGE,
                        "SessionEndInfo")))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("SessionStartInfo")
                .addField(
                    field(
                            "hparams",
                            1,
                            FieldDescriptorProto.Type.TYPE_MESSAGE,
                            "SessionStartInfo.HparamsEntry")
                        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                .addField(field("start_time_secs", 5, FieldDescriptorProto.Type.TYPE_DOUBLE, null))
                .addNestedType(
                    DescriptorProto.newBuilder()
                        .setName("HparamsEntry")
                        .addField(field("key", 1, FieldDescriptorProto.Type.TYPE_STRING, null))
                        .addField(
                            field(
                                "value",
                                2,
                                FieldDescriptorProto.Type.TYPE_MESSAGE,
                                ".google.protobuf.Value"))))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("SessionEndInfo")
                .addField(field("status", 1, FieldDescriptorProto.Type.TYPE_INT32, null))
                .addField(field("end_time_secs", 2, FieldDescriptorProto.Type.TYPE_DOUBLE, null)))
        .build();
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type, @Nullable String message) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setType(type)
            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    if (message != null) {
      field.setTypeName(message.startsWith(".") ? message : ".hparams." + message);
    }
    return field;
  }
}
