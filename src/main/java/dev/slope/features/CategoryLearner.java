package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.UnknownLevel;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns a vocabulary from how often each text occurs in the training rows: the most frequent
 * first, of equally frequent ones the one that sorts first, integers by their size. A text that the
 * dictionary knows from other rows counts nothing.
 */
final class CategoryLearner implements FeatureLearner {
  private final RawColumn raw;
  private final FeatureConfig.Categorical config;
  private final int column;
  private final CategoryTexts texts;
  private final long[] counts;

  private long missing;
  private boolean hasOthers;
  private List<String> vocabulary = List.of();
  private final BitSet refused = new BitSet();
  private boolean ended;

  /**
   * A learner.
   *
   * @param column its place in the rows
   * @param dictionary its texts
   */
  CategoryLearner(
      RawColumn raw, FeatureConfig.Categorical config, int column, Dictionary dictionary) {
    this.raw = raw;
    this.config = config;
    this.column = column;
    this.texts = new CategoryTexts(raw, dictionary);
    this.counts = new long[dictionary.size()];
  }

  @Override
  public void accept(FloatArray cells, int width, int count, long first) {
    for (int row = 0, cell = column; row < count; row++, cell += width) {
      double code = cells.get(cell);
      if (ended) {
        requireNotRefused(code, first + row);
      } else if (Double.isNaN(code)) {
        missing++;
      } else {
        counts[(int) code]++;
      }
    }
  }

  /** In a second pass, which there is only where a row is refused. */
  private void requireNotRefused(double code, long row) {
    if (Double.isNaN(code) || !refused.get((int) code)) {
      return;
    }
    String text = texts.shown((int) code);
    if (texts.isWrong((int) code)) {
      throw new DataException(
          "training row %d: column '%s' must hold integers, but holds '%s'; correct it, or leave the column out with /ignore"
              .formatted(row + 1, raw.name(), text));
    }
    throw new DataException(
        "training row %d: column '%s' must hold a value of its vocabulary of %d, but holds '%s'; %s, or set the feature's 'oov' to own_bucket or ignore"
            .formatted(
                row + 1,
                raw.name(),
                vocabulary.size(),
                text,
                config.vocabulary() == null
                    ? "raise 'max_size' or lower 'min_count'"
                    : "add it to 'vocabulary'"));
  }

  @Override
  public boolean endPass() {
    if (ended) {
      return false;
    }
    ended = true;
    Map<String, Long> byText = byText();
    List<String> given = config.vocabulary();
    vocabulary = given == null ? learnt(byText) : canonical(given);
    Set<String> known = new HashSet<>(vocabulary);
    hasOthers = !known.containsAll(byText.keySet());
    if (hasOthers && config.oov() == UnknownLevel.ERROR) {
      for (int code = 0; code < counts.length; code++) {
        if (counts[code] > 0 && !texts.isMissing(code) && !known.contains(texts.text(code))) {
          refused.set(code);
        }
      }
    }
    return !refused.isEmpty();
  }

  private Map<String, Long> byText() {
    Map<String, Long> byText = new LinkedHashMap<>();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] == 0) {
        continue;
      }
      if (texts.isMissing(code)) {
        missing += counts[code];
      } else if (texts.isWrong(code)) {
        refused.set(code);
      } else {
        byText.merge(texts.text(code), counts[code], Long::sum);
      }
    }
    return byText;
  }

  private List<String> learnt(Map<String, Long> byText) {
    record Level(String text, long count) {}
    List<Level> levels = new ArrayList<>();
    byText.forEach(
        (text, count) -> {
          if (count >= config.minCount()) {
            levels.add(new Level(text, count));
          }
        });
    Comparator<Level> byCount = Comparator.comparingLong(level -> -level.count);
    levels.sort(
        byCount.thenComparing(
            raw.type() == RawColumn.Type.INTEGER
                ? Comparator.comparingLong(level -> Long.parseLong(level.text))
                : Comparator.comparing(Level::text)));
    return levels.stream().limit(config.maxSize()).map(Level::text).toList();
  }

  private List<String> canonical(List<String> given) {
    if (raw.type() != RawColumn.Type.INTEGER) {
      return given;
    }
    Set<String> integers = new LinkedHashSet<>();
    for (String text : given) {
      integers.add(
          IntegerText.of(text)
              .orElseThrow(
                  () ->
                      new DataException(
                          "the 'vocabulary' of column '%s' must have integers, as the column has, but has '%s'"
                              .formatted(raw.name(), text))));
    }
    return List.copyOf(integers);
  }

  @Override
  public FittedFeature fitted() {
    boolean refuses = config.oov() == UnknownLevel.ERROR;
    boolean other = config.oov() == UnknownLevel.OWN_BUCKET && hasOthers;
    boolean missingLevel = missing > 0;
    if (vocabulary.isEmpty() && !other && !missingLevel) {
      throw new DataException(
          "column '%s' must have a value that occurs in %d training rows, but has none; lower 'min_count', or leave the column out with /ignore"
              .formatted(raw.name(), config.minCount()));
    }
    return new FittedFeature.Categorical(raw, vocabulary, missingLevel, other, refuses);
  }
}
