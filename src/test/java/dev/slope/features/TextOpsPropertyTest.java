package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import dev.slope.data.FloatArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.strings.Lower;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Words and hashes are those of the ops that a served model has, for any text. */
class TextOpsPropertyTest {
  private static final int BUCKETS = 64;

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(letter -> letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE)
            .map(Character::toString);
    Arbitrary<String> likely =
        Arbitraries.of(
            "a", "B", "7", " ", "-", "'", ".", "\u0301", "Σ", "ς", "σ", "İ", "ı", "ß", "ẞ", "Ä",
            "ǅ", "Ⅷ", "²", "٣", "漢", "\u200d", "\u00a0", "\n", "𝒜", "𐐀", "ᾳ", "Ω", "K");
    return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(4, likely))
        .list()
        .ofMaxSize(40)
        .map(letters -> String.join("", letters));
  }

  @Property(tries = 50)
  void hashesAreTensorFlows(
      @ForAll @NotEmpty @Size(max = 200) List<String> texts,
      @ForAll @IntRange(min = 2, max = 1 << 24) int buckets) {
    List<String> valid = texts.stream().map(TextOpsPropertyTest::valid).toList();

    assertThat(valid.stream().map(text -> (long) HashBuckets.of(text, buckets)).toList())
        .isEqualTo(hashes(valid, buckets));
  }

  @Property(tries = 100)
  void wordsAreTensorFlows(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 4) int ngrams) {
    int buckets = 1 << 14;
    FloatArray counts = new FloatArray(Precision.FLOAT32, buckets + 1);
    new Words(new FittedFeature.Text("t", buckets, ngrams)).count(text, counts, 1);

    double[] expected = new double[buckets + 1];
    String normal = TextOps.SHARED.normal(List.of(text)).get(0).strip();
    String[] words = normal.isEmpty() ? new String[0] : normal.split(" ", -1);
    List<String> grams = new ArrayList<>();
    for (int first = 0; first < words.length; first++) {
      for (int end = first + 1; end <= Math.min(words.length, first + ngrams); end++) {
        grams.add(String.join(" ", List.of(words).subList(first, end)));
      }
    }
    for (long bucket : grams.isEmpty() ? List.<Long>of() : hashes(grams, buckets)) {
      expected[1 + (int) bucket]++;
    }
    assertThat(IntStream.range(0, expected.length).mapToDouble(counts::get).toArray())
        .isEqualTo(expected);
  }

  // The whole of Unicode, each character in a word, so that a difference names it.
  @Example
  void everyCharacterIsOfAWordInBothOrInNeither() {
    List<Integer> letters = new ArrayList<>();
    for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
      if (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE) {
        letters.add(letter);
      }
    }
    List<String> normal =
        TextOps.SHARED.normal(
            letters.stream().map(letter -> "a" + Character.toString(letter) + "b").toList());
    List<String> different = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      FloatArray counts = new FloatArray(Precision.FLOAT32, BUCKETS);
      new Words(new FittedFeature.Text("t", BUCKETS, 1))
          .count("a" + Character.toString(letters.get(i)) + "b", counts, 0);
      for (String word : normal.get(i).split(" ", -1)) {
        int bucket = HashBuckets.of(word, BUCKETS);
        counts.set(bucket, counts.get(bucket) - 1);
      }
      if (IntStream.range(0, BUCKETS).anyMatch(bucket -> counts.get(bucket) != 0)) {
        different.add(Integer.toHexString(letters.get(i)));
      }
    }
    assertThat(different).isEmpty();
  }

  /** Without halves of pairs, which have no UTF-8. */
  private static String valid(String text) {
    return text.codePoints()
        .filter(letter -> letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static List<Long> hashes(List<String> texts, int buckets) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TString> text = tf.placeholder(TString.class);
      Operand<TInt64> bucket = tf.strings.toHashBucketFast(text, (long) buckets);
      try (TString fed = tensor(texts);
          Result result = session.runner().feed(text, fed).fetch(bucket).run()) {
        List<Long> hashes = new ArrayList<>();
        ((TInt64) result.get(0)).scalars().forEach(value -> hashes.add(value.getLong()));
        return hashes;
      }
    }
  }

  private static TString tensor(List<String> texts) {
    return TString.tensorOf(
        StandardCharsets.UTF_8, NdArrays.vectorOfObjects(texts.toArray(String[]::new)));
  }

  /** The ops that a served model makes words with. */
  private static final class TextOps {
    static final TextOps SHARED = new TextOps();

    private final Graph graph = new Graph();
    private final Session session;
    private final Operand<TString> text;
    private final Operand<TString> normal;

    TextOps() {
      Ops tf = Ops.create(graph);
      text = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      Operand<TString> lower = tf.strings.lower(text, Lower.encoding("utf-8"));
      Operand<TString> oneSigma =
          tf.strings.regexReplace(lower, tf.constant("ς"), tf.constant("σ"));
      normal =
          tf.strings.regexReplace(
              oneSigma, tf.constant(FittedFeature.Text.separators()), tf.constant(" "));
      session = new Session(graph);
    }

    List<String> normal(List<String> texts) {
      try (TString fed = tensor(texts);
          Result result = session.runner().feed(text, fed).fetch(normal).run()) {
        List<String> all = new ArrayList<>();
        ((TString) result.get(0))
            .using(StandardCharsets.UTF_8)
            .scalars()
            .forEach(value -> all.add(value.getObject()));
        return all;
      }
    }
  }
}
