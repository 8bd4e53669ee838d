package dev.slope.report.tensorboard;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.graph.TensorFlowRuntime;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.summary.HistogramSummary;
import org.tensorflow.op.summary.SummaryWriter;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TString;

/**
 * TensorFlow's summary ops at work on one file. {@code ImportEvent} is the one that takes an event
 * with its time; the others stamp the time at which they run, which is after the training.
 */
final class EventWriter implements AutoCloseable {
  /** How many events are kept before they go to the file. */
  private static final int MAX_QUEUE = 1_000;

  /** Long enough that the clock never decides when they go. */
  private static final int FLUSH_MILLIS = Integer.MAX_VALUE;

  /** What TensorFlow's own writers end names with. */
  private static final String SUFFIX = ".v2";

  /** The thread that calls runs the few ops itself, as they were built. */
  private static final ConfigProto IN_CALLER_ON_CPU =
      ConfigProto.newBuilder()
          .putDeviceCount("GPU", 0)
          .setInterOpParallelismThreads(-1)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private final Graph graph = TensorFlowRuntime.newGraph();
  private final Session session;
  private final Op opened;
  private final Placeholder<TString> event;
  private final Op imported;
  private final Placeholder<TString> tag;
  private final Placeholder<TFloat64> values;
  private final HistogramSummary histogram;
  private final Op flushed;
  private final Op closed;

  /** Of a new file in a directory, whose name TensorFlow chooses. */
  EventWriter(Path directory) {
    Ops tf = Ops.create(graph);
    SummaryWriter writer = tf.summary.summaryWriter(SummaryWriter.sharedName("events"));
    opened =
        tf.summary.createSummaryFileWriter(
            writer,
            tf.constant(directory.toString()),
            tf.constant(MAX_QUEUE),
            tf.constant(FLUSH_MILLIS),
            tf.constant(SUFFIX));
    event = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    imported = tf.summary.importEvent(writer, event);
    tag = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    values = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    histogram = tf.summary.histogramSummary(tag, values);
    flushed = tf.summary.flushSummaryWriter(writer);
    closed = tf.summary.closeSummaryWriter(writer);
    session = new Session(graph, IN_CALLER_ON_CPU);
  }

  /**
   * Makes the file.
   *
   * @throws org.tensorflow.exceptions.TensorFlowException where it can't be written
   */
  void open() {
    run(opened);
  }

  /**
   * The histogram of finite values, at least one, in TensorFlow's own buckets, each a tenth wider
   * than the one before.
   */
  Summary.Value histogram(String name, double[] finite) {
    try (TString fedTag = TString.scalarOf(name);
        TFloat64 fedValues = TFloat64.vectorOf(finite);
        Result result =
            session.runner().feed(tag, fedTag).feed(values, fedValues).fetch(histogram).run()) {
      byte[] summary = ((TString) result.get(0)).asBytes().getObject();
      return withoutEmptyEnds(Summary.parseFrom(summary).getValue(0));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a histogram's summary is one", e);
    }
  }

  /**
   * TensorFlow tells of an empty bucket before the first that counts and of one after the last.
   * TensorBoard takes the least and the largest value for the outer ends of all, and its quicker
   * reader (tensorboard-data-server 0.7) so makes buckets of these two that end before they begin.
   */
  private static Summary.Value withoutEmptyEnds(Summary.Value value) {
    HistogramProto all = value.getHisto();
    int from = 0;
    int to = all.getBucketCount();
    while (all.getBucket(from) == 0) {
      from++;
    }
    while (all.getBucket(to - 1) == 0) {
      to--;
    }
    return value.toBuilder()
        .setHisto(
            all.toBuilder()
                .clearBucket()
                .clearBucketLimit()
                .addAllBucket(all.getBucketList().subList(from, to))
                .addAllBucketLimit(all.getBucketLimitList().subList(from, to)))
        .build();
  }

  /**
   * Adds an event.
   *
   * @param wallSeconds since 1970-01-01 in UTC
   */
  void write(double wallSeconds, long step, List<Summary.Value> values) {
    byte[] bytes =
        Event.newBuilder()
            .setWallTime(wallSeconds)
            .setStep(step)
            .setSummary(Summary.newBuilder().addAllValue(values))
            .build()
            .toByteArray();
    try (TString fed = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
      session.runner().feed(event, fed).addTarget(imported).run().close();
    }
  }

  /**
   * Brings all events into the file and closes it.
   *
   * @throws org.tensorflow.exceptions.TensorFlowException where they can't be written
   */
  void finish() {
    run(flushed);
    run(closed);
  }

  private void run(Op op) {
    session.runner().addTarget(op).run().close();
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
