package dev.slope.pipeline;

import dev.slope.data.Fingerprint;
import dev.slope.training.Plan;
import dev.slope.training.StopReason;
import dev.slope.training.Timings;

/**
 * Where a model comes from: {@code provenance.json}.
 *
 * @param created when, in UTC as ISO 8601
 * @param slope the version of Slope
 * @param tensorflow the version of TensorFlow
 * @param java the version of Java
 * @param system operating system and processor
 * @param seed of everything random
 * @param data the training rows
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
    Data data,
    Plan plan,
    String device,
    StopReason stopReason,
    Timings timings) {

  /**
   * The training rows.
   *
   * @param source what it is called
   * @param fingerprint which data it was
   */
  record Data(String source, Fingerprint fingerprint) {}
}
