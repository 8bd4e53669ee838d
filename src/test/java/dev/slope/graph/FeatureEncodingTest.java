package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class FeatureEncodingTest {
  private static final float NONE = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  @Test
  void missingNumbersAreFilledBeforeTheyAreScaled() {
    FittedFeature filled =
        new FittedFeature.Numeric(
            "u", Scaling.STANDARD, 9, false, -INFINITE, INFINITE, List.of(new Affine(5, 2)));
    FittedFeature refused = new FittedFeature.Numeric("v", Scaling.NONE, 0, 1);

    // (7 - 5) / 2 = 1, (9 - 5) / 2 = 2.
    assertThat(encoded(List.of(filled, refused), 7, 3, NONE, NONE))
        .containsExactly(new float[] {1, 3}, new float[] {2, NONE});
  }

  /** As most are: filled with the mean, which is then subtracted. */
  @Test
  void missingNumbersThatAreFilledWithTheirOffsetsBecomeZero() {
    FittedFeature u =
        new FittedFeature.Numeric(
            "u", Scaling.STANDARD, 5, false, -INFINITE, INFINITE, List.of(new Affine(5, 2)));
    FittedFeature v =
        new FittedFeature.Numeric(
            "v", Scaling.NONE, 0, false, -INFINITE, INFINITE, List.of(Affine.NONE));

    // (7 - 5) / 2 = 1, (5 - 5) / 2 = 0.
    assertThat(encoded(List.of(u, v), 7, 3, NONE, NONE, INFINITE, 4))
        .containsExactly(new float[] {1, 3}, new float[] {0, 0}, new float[] {INFINITE, 4});
  }

  @Test
  void numbersAreClippedThenTakenToPowers() {
    FittedFeature clipped =
        new FittedFeature.Numeric(
            "u",
            Scaling.STANDARD,
            2,
            true,
            -1,
            3,
            List.of(new Affine(1, 2), new Affine(1, 4), new Affine(0, 1)));

    assertThat(encoded(List.of(clipped), 5, -7, NONE, INFINITE, -INFINITE))
        .containsExactly(
            // 3: (3 - 1) / 2, (9 - 1) / 4, 27
            new float[] {1, 2, 27, 0}, // 5
            new float[] {-1, 0, -1, 0}, // -7 is -1
            new float[] {0.5f, 0.75f, 8, 1}, // missing is 2
            new float[] {NONE, NONE, NONE, 0},
            new float[] {NONE, NONE, NONE, 0});
  }

  @Test
  void logarithmsAreOfNumbersAboveMinusOne() {
    FittedFeature feature =
        new FittedFeature.Numeric(
            "u", Scaling.LOG1P, NONE, false, -INFINITE, INFINITE, List.of(new Affine(0, 2)));

    float half = (float) Math.log1p(4) / 2;
    assertThat(encoded(List.of(feature), 0, 4, -1, -3))
        .containsExactly(
            new float[] {0}, new float[] {half}, new float[] {NONE}, new float[] {NONE});
  }

  @Test
  void aNumberOnABoundaryIsInTheBucketAbove() {
    FittedFeature refused = new FittedFeature.Bucketized("u", List.of(1f, 2.5f), NONE, false);
    FittedFeature filled = new FittedFeature.Bucketized("v", List.of(0f), 3, false);
    FittedFeature told = new FittedFeature.Bucketized("w", List.of(0f), NONE, true);

    assertThat(encoded(List.of(refused, filled, told), 1, -1, 0, 2.4f, NONE, NONE, 9, 0, -1))
        .containsExactly(
            new float[] {0, 1, 0, 1, 0, 0, 1, 0},
            new float[] {0, 1, 0, 0, 1, 0, 0, 1},
            new float[] {0, 0, 1, 0, 1, 1, 0, 0});
    assertThat(encoded(List.of(refused), NONE, INFINITE))
        .containsExactly(new float[] {NONE, NONE, NONE}, new float[] {NONE, NONE, NONE});
  }

  @Property(tries = 60)
  void bucketsCountTheBoundariesThatAreNotAbove(
      @ForAll("boundaries") float[] boundaries, @ForAll("values") float[] values) {
    int[] expected = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      for (float boundary : boundaries) {
        expected[i] += values[i] >= boundary ? 1 : 0;
      }
    }
    List<Float> list = IntStream.range(0, boundaries.length).mapToObj(i -> boundaries[i]).toList();

    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TInt32> buckets = Buckets.of(tf, list, tf.constant(values));
      assertThat(fetchInts(session, buckets)).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<float[]> boundaries() {
    return Arbitraries.integers()
        .between(-40, 40)
        .map(i -> i / 4f)
        .list()
        .ofMinSize(1)
        .ofMaxSize(70)
        .uniqueElements()
        .map(
            list -> {
              float[] sorted = floats(list);
              Arrays.sort(sorted);
              return sorted;
            });
  }

  /** Many of them are boundaries. */
  @Provide
  Arbitrary<float[]> values() {
    Arbitrary<Float> near = Arbitraries.integers().between(-90, 90).map(i -> i / 8f);
    return Arbitraries.oneOf(near, Arbitraries.floats())
        .list()
        .ofMinSize(1)
        .ofMaxSize(50)
        .map(FeatureEncodingTest::floats);
  }

  @Test
  void levelsAreOnesAtTheirPlaces() {
    FittedFeature color =
        new FittedFeature.Categorical(text("color"), List.of("red", "blue"), true, false, false);
    FittedFeature strict =
        new FittedFeature.Categorical(text("cut"), List.of("Good", "Ideal"), false, false, true);

    assertThat(encoded(List.of(color, strict), 1, 0, 2, 1, -1, NONE))
        .containsExactly(
            new float[] {0, 1, 0, 1, 0},
            new float[] {0, 0, 1, 0, 1},
            new float[] {0, 0, 0, NONE, NONE});
  }

  @Test
  void truthAndWordsAreTakenAsTheyAre() {
    assertThat(
            encoded(
                List.of(new FittedFeature.Truth("t"), new FittedFeature.Text("words", 2, 1)),
                1,
                0,
                3,
                NONE,
                2,
                0))
        .containsExactly(new float[] {1, 0, 3}, new float[] {NONE, 2, 0});
  }

  /** The whole calendar of 20,000 years, day by day, as java.time has it. */
  @Test
  void datesAreThoseOfTheCalendar() {
    FittedFeature datetime =
        new FittedFeature.Datetime(
            "t",
            Stream.of(DatetimePart.YEAR, DatetimePart.DAY, DatetimePart.ELAPSED_DAYS)
                .map(part -> new FittedFeature.Datetime.Part(part, Affine.NONE))
                .toList());
    FittedFeature levels =
        new FittedFeature.Datetime(
            "t",
            Stream.of(DatetimePart.MONTH, DatetimePart.DAY_OF_WEEK, DatetimePart.HOUR)
                .map(part -> new FittedFeature.Datetime.Part(part, Affine.NONE))
                .toList());
    FittedFeatures features = new FittedFeatures(List.of(datetime, levels));
    long first = LocalDate.of(-8030, 1, 1).toEpochDay();
    long last = LocalDate.of(11_970, 12, 31).toEpochDay();
    int atOnce = 1 << 18;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> coded =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4)));
      FeatureEncoding.Sparse<TFloat32> inputs = FeatureEncoding.encodeSparse(tf, features, coded);
      for (long from = first; from <= last; from += atOnce) {
        int count = (int) Math.min(atOnce, last - from + 1);
        float[] days = new float[count * 4];
        for (int i = 0; i < count; i++) {
          long day = from + i;
          float second = Math.floorMod(day * 7919, 86_400);
          days[4 * i] = day;
          days[4 * i + 1] = second;
          days[4 * i + 2] = day;
          days[4 * i + 3] = second;
        }
        try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(count, 4), DataBuffers.of(days));
            Result result =
                session
                    .runner()
                    .feed(coded, tensor)
                    .fetch(present(inputs.dense()))
                    .fetch(present(inputs.places()))
                    .run()) {
          float[] dense = new float[3 * count];
          int[] places = new int[3 * count];
          ((TFloat32) result.get(0)).copyTo(DataBuffers.of(dense, false, false));
          ((TInt32) result.get(1)).copyTo(DataBuffers.of(places, false, false));
          check(from, dense, places);
        }
      }
    }
  }

  private static void check(long from, float[] dense, int[] places) {
    for (int i = 0; i < dense.length / 3; i++) {
      long day = from + i;
      LocalDate date = LocalDate.ofEpochDay(day);
      int second = Math.floorMod(day * 7919, 86_400);
      boolean equal =
          dense[3 * i] == date.getYear()
              && dense[3 * i + 1] == date.getDayOfMonth()
              && dense[3 * i + 2] == day + second / 86_400f
              && places[3 * i] == 3 + date.getMonthValue() - 1
              && places[3 * i + 1] == 15 + date.getDayOfWeek().getValue() - 1
              && places[3 * i + 2] == 22 + second / 3600;
      if (!equal) {
        assertThat(List.of(dense[3 * i], dense[3 * i + 1], places[3 * i], places[3 * i + 1]))
            .as("%s", date)
            .isNull();
      }
    }
  }

  @Test
  void withoutADateThereIsNoPrediction() {
    FittedFeature datetime =
        new FittedFeature.Datetime(
            "t",
            Stream.of(DatetimePart.YEAR, DatetimePart.HOUR)
                .map(part -> new FittedFeature.Datetime.Part(part, Affine.NONE))
                .toList());
    for (float[] row : encoded(List.of(datetime), NONE, NONE, 1e9f, 0, INFINITE, 0)) {
      assertThat(row).hasSize(25).containsOnly(NONE);
    }
  }

  /** Rows of the whole weight matrix: the numbers stand before, between and behind. */
  @Test
  void theSparseFormHasTheSameInputs() {
    List<FittedFeature> features =
        List.of(
            new FittedFeature.Numeric("u", Scaling.NONE, 0, 1),
            new FittedFeature.Hashed(text("a"), 3),
            new FittedFeature.Categorical(text("b"), List.of("x"), false, true, false),
            new FittedFeature.Truth("t"),
            new FittedFeature.Bucketized("v", List.of(0f), NONE, false));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      FeatureEncoding.Sparse<TFloat32> inputs =
          FeatureEncoding.encodeSparse(
              tf,
              new FittedFeatures(features),
              tf.constant(new float[][] {{7, 2, 1, 1, 5}, {8, 0, -1, 0, NONE}}));

      assertThat(inputs.denseRows()).containsExactly(0, 6);
      assertThat(fetch(session, present(inputs.dense()))).containsExactly(7, 1, 8, 0);
      assertThat(fetchInts(session, present(inputs.places()))).containsExactly(3, 5, 8, 1, -1, -1);
      assertThat(fetch(session, present(inputs.noPrediction()))).containsExactly(0, NONE);
    }
  }

  /** 7 * 2 + 30 + 60 + 1 * 70 + 90 + 1 = 265, and 8 * 2 + 10 + 80 + 1 = 107. */
  @Test
  void scoresLookWeightsUp() {
    List<FittedFeature> features =
        List.of(
            new FittedFeature.Numeric("u", Scaling.NONE, 0, 1),
            new FittedFeature.Hashed(text("a"), 3),
            new FittedFeature.Categorical(text("b"), List.of("x"), false, true, false),
            new FittedFeature.Truth("t"),
            new FittedFeature.Bucketized("v", List.of(0f), NONE, false));
    float[][] weights = {{2}, {10}, {20}, {30}, {50}, {60}, {70}, {80}, {90}};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> scores =
          ForwardPass.score(
              tf,
              new FittedFeatures(features),
              tf.constant(new float[][] {{7, 2, 1, 1, 5}, {8, 0, -1, 0, -1}, {8, 0, -1, 0, NONE}}),
              tf.constant(weights),
              tf.constant(new float[] {1}));
      assertThat(fetch(session, scores)).containsExactly(265, 107, NONE);
    }
  }

  private static RawColumn text(String name) {
    return new RawColumn(name, RawColumn.Type.STRING);
  }

  /** The encoded rows. */
  private static List<float[]> encoded(List<FittedFeature> features, float... coded) {
    FittedFeatures fitted = new FittedFeatures(features);
    int columns = fitted.columns().size();
    int width = fitted.inputs().size();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> matrix =
          tf.constant(Shape.of(coded.length / columns, columns), DataBuffers.of(coded));
      float[] values = fetch(session, FeatureEncoding.encode(tf, fitted, matrix));
      return IntStream.range(0, values.length / width)
          .mapToObj(row -> Arrays.copyOfRange(values, row * width, (row + 1) * width))
          .toList();
    }
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  private static int[] fetchInts(Session session, Operand<TInt32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TInt32 tensor = (TInt32) result.get(0);
      int[] values = new int[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
