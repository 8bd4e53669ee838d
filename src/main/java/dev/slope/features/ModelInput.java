package dev.slope.features;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a weight is of: a row of the weight matrix.
 *
 * @param feature as the config names it
 * @param level which of its inputs: a category, a bucket, a power; null where it has but one
 */
public record ModelInput(String feature, @Nullable String level) {
  private static final Pattern POWER = Pattern.compile("\\^[0-9]+");

  /** A number to the power of an exponent. */
  static ModelInput ofPower(String feature, int exponent) {
    return new ModelInput(feature, "^" + exponent);
  }

  /** {@code carat}, {@code cut=Ideal}, {@code carat^2}: told apart from the feature's others. */
  public String name() {
    if (level == null) {
      return feature;
    }
    // Most are categories, of which there may be many: few begin like a power.
    boolean isPower = level.startsWith("^") && POWER.matcher(level).matches();
    return (isPower ? feature : feature.concat("=")).concat(level);
  }
}
