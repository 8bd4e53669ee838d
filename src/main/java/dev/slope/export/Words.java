package dev.slope.export;

import dev.slope.features.FittedFeature;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.strings.Join;
import org.tensorflow.op.strings.Lower;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** Counts the words of texts by their hashes. */
final class Words {
  private static final String SEPARATORS = FittedFeature.Text.separators();

  private final Ops tf;
  private final Operand<TString> words;
  private final Operand<TInt64> rowOfWord;
  private final Operand<TInt64> wordCount;

  private Words(Ops tf, Operand<TString> texts) {
    this.tf = tf;
    Operand<TString> lower = tf.strings.lower(texts, Lower.encoding("utf-8"));
    Operand<TString> withoutFinals = tf.strings.staticRegexReplace(lower, "\u03c2", "\u03c3");
    Operand<TString> spaced = tf.strings.staticRegexReplace(withoutFinals, SEPARATORS, " ");
    // The empty separator is white space, of which any amount separates.
    StringSplit split = tf.strings.stringSplit(spaced, tf.constant(""));
    this.words = split.values();
    Operand<TInt64> firsts = tf.slice(split.indices(), tf.array(0, 0), tf.array(-1, 1));
    this.rowOfWord = tf.squeeze(firsts, Squeeze.axis(List.of(1L)));
    this.wordCount = tf.squeeze(tf.shape(words, TInt64.class), Squeeze.axis(List.of(0L)));
  }

  /**
   * Adds the counts of each text.
   *
   * @param texts {@code [rows]}; the empty one has no words
   * @return {@code [rows, buckets]}
   */
  static Operand<TFloat32> counts(Ops tf, FittedFeature.Text feature, Operand<TString> texts) {
    Words words = new Words(tf, texts);
    Operand<TInt64> buckets = tf.constant((long) feature.buckets());
    List<Operand<TInt64>> cells = new ArrayList<>();
    List<Operand<TFloat32>> ones = new ArrayList<>();
    for (int length = 1; length <= feature.ngrams(); length++) {
      Neighbours neighbours = words.neighbours(length);
      Operand<TInt64> bucket =
          tf.strings.toHashBucketFast(neighbours.joined(), (long) feature.buckets());
      cells.add(tf.math.add(tf.math.mul(neighbours.row(), buckets), bucket));
      ones.add(neighbours.sameText());
    }
    Operand<TInt64> rows = tf.squeeze(tf.shape(texts, TInt64.class), Squeeze.axis(List.of(0L)));
    Operand<TFloat32> counts =
        tf.math.unsortedSegmentSum(
            words.joined(ones), words.joined(cells), tf.math.mul(rows, buckets));
    return tf.reshape(counts, tf.array(-1, feature.buckets()));
  }

  /**
   * So many words in a row, at every place where they begin.
   *
   * @param joined by a space
   * @param row the text of the first word
   * @param sameText 1 where the last word is of that text too, else 0
   */
  private record Neighbours(
      Operand<TString> joined, Operand<TInt64> row, Operand<TFloat32> sameText) {}

  private Neighbours neighbours(int length) {
    Operand<TInt64> places =
        tf.math.maximum(tf.math.sub(wordCount, tf.constant((long) length - 1)), tf.constant(0L));
    List<Operand<TString>> parts = new ArrayList<>();
    for (int shift = 0; shift < length; shift++) {
      parts.add(from(words, shift, places));
    }
    Operand<TInt64> firstRow = from(rowOfWord, 0, places);
    Operand<TInt64> lastRow = from(rowOfWord, length - 1, places);
    return new Neighbours(
        length == 1 ? words : tf.strings.join(parts, Join.separator(" ")),
        firstRow,
        tf.dtypes.cast(tf.math.equal(firstRow, lastRow), TFloat32.class));
  }

  private <T extends TType> Operand<T> joined(List<Operand<T>> vectors) {
    return vectors.size() == 1 ? vectors.get(0) : tf.concat(vectors, tf.constant(0));
  }

  /** As many elements as there are places, from one on; of fewer elements none. */
  private <T extends TType> Operand<T> from(Operand<T> vector, int shift, Operand<TInt64> places) {
    Operand<TInt64> first = tf.math.minimum(tf.constant((long) shift), wordCount);
    return tf.slice(
        vector, tf.expandDims(first, tf.constant(0)), tf.expandDims(places, tf.constant(0)));
  }
}
