package dev.slope.pipeline;

import dev.slope.data.Fingerprint;
import dev.slope.training.Plan;
import dev.slope.training.StopReason;
import dev.slope.training.Timings;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from: {@code provenance.json}.
 *
 * @param created when, in UTC as ISO 8601
 * @param slope the version of Slope
 * @param tensorflow the version of TensorFlow
 * @param java the version of Java
 * @param system operating system and processor
 * @param seed of everything random
 * @param data the source of the training rows
 * @param validationData the validation rows' own source; absent where they have none
 * @param testData the test rows' own source; absent where they have none
 * @param rows how many rows there were of each part
 * @param plan how the rows were visited
 * @param device where it ran
 * @param stopReason why training ended
 * @param timings where the time went
 */
record Provenance(
    String created,
    String slope,
    String tensorflow,
    String java,
    String system,
    long seed,
    @Nullable Data data,
    @Nullable Data validationData,
    @Nullable Data testData,
    Rows rows,
    Plan plan,
    String device,
    StopReason stopReason,
    Timings timings) {

  /**
   * How many rows.
   *
   * @param train trained
   * @param validation were watched
   * @param test measured the finished model
   */
  record Rows(long train, long validation, long test) {}

  /**
   * A source.
   *
   * @param source what it is called
   * @param fingerprint which data it was
   */
  record Data(String source, Fingerprint fingerprint) {}
}
