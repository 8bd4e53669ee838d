package dev.slope.features;

import org.jspecify.annotations.Nullable;

/**
 * What a weight is of: a row of the weight matrix.
 *
 * @param feature as the config names it
 * @param level which of its inputs: a category, a bucket, a power; null where it has but one
 */
public record ModelInput(String feature, @Nullable String level) {
  /** {@code carat}, {@code cut=Ideal}: told apart from every other input of a model. */
  public String name() {
    return level == null ? feature : feature + "=" + level;
  }
}
