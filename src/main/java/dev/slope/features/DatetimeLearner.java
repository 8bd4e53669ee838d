package dev.slope.features;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.data.DataException;
import dev.slope.data.FloatArray;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Learns the mean and the deviation of those parts of a date and time that are numbers. */
final class DatetimeLearner implements FeatureLearner {
  private static final double SECONDS_OF_A_DAY = 86_400;

  private final String name;
  private final FeatureConfig.Datetime config;
  private final int dayColumn;
  private final int secondColumn;
  private final Map<DatetimePart, Moments> moments = new EnumMap<>(DatetimePart.class);

  private long rows;
  private long missing;
  private boolean ended;

  /**
   * A learner.
   *
   * @param dayColumn the place of its days in the rows
   * @param secondColumn the place of its seconds
   */
  DatetimeLearner(
      String name,
      FeatureConfig.Datetime config,
      int dayColumn,
      int secondColumn,
      Precision precision) {
    this.name = name;
    this.config = config;
    this.dayColumn = dayColumn;
    this.secondColumn = secondColumn;
    for (DatetimePart part : config.parts()) {
      switch (part) {
        case YEAR, DAY, ELAPSED_DAYS -> moments.put(part, new Moments(precision));
        case MONTH, DAY_OF_WEEK, HOUR -> {
          // Levels, which are not scaled.
        }
      }
    }
  }

  @Override
  public void accept(FloatArray cells, int width, int count, long first) {
    for (int row = 0; row < count; row++) {
      double day = cells.get(row * width + dayColumn);
      if (!ended) {
        rows++;
        missing += Double.isNaN(day) ? 1 : 0;
      }
      if (!Double.isNaN(day)) {
        accept((long) day, cells.get(row * width + secondColumn));
      }
    }
  }

  private void accept(long day, double second) {
    for (Map.Entry<DatetimePart, Moments> each : moments.entrySet()) {
      double value = value(each.getKey(), day, second);
      if (ended) {
        each.getValue().addSquare(value);
      } else {
        each.getValue().add(value);
      }
    }
  }

  private static double value(DatetimePart part, long day, double second) {
    return switch (part) {
      case YEAR -> CalendarDay.year(day);
      case DAY -> CalendarDay.dayOfMonth(day);
      case ELAPSED_DAYS -> day + second / SECONDS_OF_A_DAY;
      case MONTH, DAY_OF_WEEK, HOUR -> throw new AssertionError("no number: " + part);
    };
  }

  @Override
  public boolean endPass() {
    if (ended) {
      return false;
    }
    ended = true;
    if (missing == rows) {
      throw new DataException(
          "column '%s' must have a date in a training row, but has none in all %d; leave it out with /ignore"
              .formatted(name, rows));
    }
    moments.values().forEach(Moments::endFirstPass);
    return !moments.isEmpty();
  }

  @Override
  public FittedFeature fitted() {
    List<FittedFeature.Datetime.Part> parts =
        config.parts().stream()
            .map(
                part -> {
                  Moments numbers = moments.get(part);
                  return new FittedFeature.Datetime.Part(
                      part,
                      numbers == null
                          ? FittedFeature.Affine.NONE
                          : numbers.scaling(
                              "the %s of column '%s'".formatted(part.key(), name),
                              Scaling.STANDARD));
                })
            .toList();
    return new FittedFeature.Datetime(name, parts);
  }
}
