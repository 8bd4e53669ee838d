package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.UnknownLevel;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final Dictionary dictionary;
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
    this.dictionary = dictionary;
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
    Levels levels = levels();
    List<String> given = config.vocabulary();
    if (given == null) {
      vocabulary = learnt(levels);
      hasOthers = vocabulary.size() < levels.size();
    } else {
      vocabulary = canonical(given);
      hasOthers = levels.hasOthers(new HashSet<>(vocabulary));
    }
    if (hasOthers && config.oov() == UnknownLevel.ERROR) {
      refuseOthers(new HashSet<>(vocabulary));
    }
    return !refused.isEmpty();
  }

  private void refuseOthers(Set<String> known) {
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0 && !texts.isMissing(code) && !known.contains(texts.text(code))) {
        refused.set(code);
      }
    }
  }

  /**
   * The texts that occur, as the model has them.
   *
   * @param texts any
   * @param counts how often each of them occurs; may be 0
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Levels(Dictionary texts, long[] counts) {
    int size() {
      int size = 0;
      for (long count : counts) {
        size += count > 0 ? 1 : 0;
      }
      return size;
    }

    boolean hasOthers(Set<String> known) {
      for (int code = 0; code < counts.length; code++) {
        if (counts[code] > 0 && !known.contains(texts.text(code))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Integers that are written in several ways are one level. */
  private Levels levels() {
    boolean integers = raw.type() == RawColumn.Type.INTEGER;
    Dictionary merged = integers ? new Dictionary() : dictionary;
    long[] ofLevels = new long[counts.length];
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] == 0) {
        continue;
      }
      if (texts.isMissing(code)) {
        missing += counts[code];
      } else if (texts.isWrong(code)) {
        refused.set(code);
      } else {
        ofLevels[integers ? merged.add(raw.name(), texts.text(code)) : code] += counts[code];
      }
    }
    return new Levels(merged, ofLevels);
  }

  private List<String> learnt(Levels levels) {
    // The most frequent first, sorted as numbers: texts are compared where they are as frequent.
    long[] ranked = new long[levels.counts.length];
    int size = 0;
    for (int code = 0; code < ranked.length; code++) {
      long count = levels.counts[code];
      if (count > 0 && count >= config.minCount()) {
        ranked[size++] = (-count * Dictionary.MAX_SIZE) | code;
      }
    }
    Arrays.sort(ranked, 0, size);
    Comparator<String> order =
        raw.type() == RawColumn.Type.INTEGER
            ? Comparator.comparingLong(Long::parseLong)
            : Comparator.naturalOrder();
    List<String> learnt = new ArrayList<>();
    for (int from = 0, to = 0; from < size && from < config.maxSize(); from = to) {
      List<String> asFrequent = new ArrayList<>();
      while (to < size && count(ranked[to]) == count(ranked[from])) {
        asFrequent.add(levels.texts.text((int) (ranked[to++] & (Dictionary.MAX_SIZE - 1))));
      }
      asFrequent.sort(order);
      learnt.addAll(asFrequent);
    }
    return learnt.size() <= config.maxSize() ? learnt : learnt.subList(0, config.maxSize());
  }

  private static long count(long ranked) {
    return Math.floorDiv(ranked, Dictionary.MAX_SIZE);
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
