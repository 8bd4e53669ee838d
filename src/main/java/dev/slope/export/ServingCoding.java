package dev.slope.export;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import dev.slope.graph.FeatureEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.strings.Join;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Makes the coded columns of raw ones in the graph that is served: what {@code FeatureCoder} does
 * where rows are read.
 */
final class ServingCoding {
  private static final long SECONDS_OF_DAY = 86_400;

  private final Ops tf;
  private final Function<String, Operand<?>> columns;

  /** Neighbouring columns of one value a row, which are stacked together. */
  private final List<Operand<TFloat32>> vectors = new ArrayList<>();

  private final List<Operand<TFloat32>> matrices = new ArrayList<>();

  private ServingCoding(Ops tf, Function<String, Operand<?>> columns) {
    this.tf = tf;
    this.columns = columns;
  }

  /**
   * Adds the ops that code raw columns.
   *
   * @param columns the raw columns by name, {@code [rows]} each
   * @return {@code [rows, columns]}
   */
  static Operand<TFloat32> ofRaw(
      Ops tf,
      FittedFeatures features,
      Vocabularies vocabularies,
      Function<String, Operand<?>> columns) {
    ServingCoding coding = new ServingCoding(tf, columns);
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Categorical categorical) {
        coding.vectors.add(vocabularies.codes(tf, categorical, coding.column(categorical.name())));
      } else if (feature instanceof FittedFeature.Hashed hashed) {
        coding.addHash(coding.text(hashed.column()), hashed.buckets());
      } else if (feature instanceof FittedFeature.Crossed crossed) {
        coding.addCross(crossed);
      } else if (feature instanceof FittedFeature.Text text) {
        coding.addMatrix(Words.counts(tf, text, coding.column(text.name())));
      } else {
        coding.addPlain(feature);
      }
    }
    return coding.matrix();
  }

  /**
   * Adds the ops that code what {@link ServingInputs#indexed} lists.
   *
   * @param columns by the names of the features
   * @return {@code [rows, columns]}
   */
  static Operand<TFloat32> ofIndices(
      Ops tf, FittedFeatures features, Function<String, Operand<?>> columns) {
    ServingCoding coding = new ServingCoding(tf, columns);
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Text) {
        coding.addMatrix(coding.column(feature.name()));
      } else if (ServingInputs.isPlaced(feature)) {
        coding.addPlace(feature);
      } else {
        coding.addPlain(feature);
      }
    }
    return coding.matrix();
  }

  /** What needs no look-up. */
  private void addPlain(FittedFeature feature) {
    if (feature instanceof FittedFeature.Numeric || feature instanceof FittedFeature.Bucketized) {
      vectors.add(column(feature.name()));
    } else if (feature instanceof FittedFeature.Truth) {
      vectors.add(tf.dtypes.cast(column(feature.name()), TFloat32.class));
    } else if (feature instanceof FittedFeature.Datetime) {
      addTime(column(feature.name()));
    } else {
      throw new AssertionError("no coding of " + feature.getClass().getSimpleName());
    }
  }

  /** A place that no level has counts nothing, or refuses the row where training refused others. */
  private void addPlace(FittedFeature feature) {
    Operand<TInt64> place = column(feature.name());
    long levels = feature.inputCount();
    float otherwise =
        feature instanceof FittedFeature.Categorical categorical && categorical.refusesOthers()
            ? Float.NaN
            : -1;
    Operand<TBool> known =
        tf.math.logicalAnd(
            tf.math.greaterEqual(place, tf.constant(0L)), tf.math.less(place, tf.constant(levels)));
    vectors.add(tf.select(known, tf.dtypes.cast(place, TFloat32.class), tf.constant(otherwise)));
  }

  /**
   * Days and seconds since a day began, rounded down. TFLite doesn't divide an int64, so the day is
   * first found in float32, a day or two off where there are most, and what is left over, which
   * float32 has exactly, tells by how much.
   */
  private void addTime(Operand<TInt64> seconds) {
    Operand<TFloat32> near = wholeDays(tf.dtypes.cast(seconds, TFloat32.class));
    Operand<TInt64> nearSeconds =
        tf.math.mul(tf.dtypes.cast(near, TInt64.class), tf.constant(SECONDS_OF_DAY));
    Operand<TFloat32> left = tf.dtypes.cast(tf.math.sub(seconds, nearSeconds), TFloat32.class);
    Operand<TFloat32> off = wholeDays(left);
    Operand<TFloat32> day = tf.math.add(near, off);
    Operand<TFloat32> second =
        tf.math.sub(left, tf.math.mul(off, tf.constant((float) SECONDS_OF_DAY)));
    Operand<TBool> missing = tf.math.equal(seconds, tf.constant(Vocabularies.MISSING_INTEGER));
    for (Operand<TFloat32> part : List.of(day, second)) {
      vectors.add(tf.select(missing, tf.constant(Float.NaN), part));
    }
  }

  private Operand<TFloat32> wholeDays(Operand<TFloat32> seconds) {
    return tf.math.floor(tf.math.div(seconds, tf.constant((float) SECONDS_OF_DAY)));
  }

  private void addHash(Operand<TString> text, int buckets) {
    vectors.add(hash(text, buckets));
  }

  private Operand<TFloat32> hash(Operand<TString> text, int buckets) {
    return tf.dtypes.cast(tf.strings.toHashBucketFast(text, (long) buckets), TFloat32.class);
  }

  /** A number without a bucket has no prediction. */
  private void addCross(FittedFeature.Crossed crossed) {
    List<Operand<TString>> texts = new ArrayList<>();
    List<Operand<TBool>> refused = new ArrayList<>();
    for (FittedFeature.Crossed.CrossedColumn part : crossed.parts()) {
      FittedFeature.Bucketized bucketized = part.bucketized();
      if (bucketized == null) {
        texts.add(text(part.column()));
      } else {
        Operand<TFloat32> bucket =
            FeatureEncoding.bucket(tf, bucketized, column(part.column().name()));
        refused.add(tf.math.notEqual(bucket, bucket));
        texts.add(bucketText(bucket));
      }
    }
    Operand<TString> joined =
        tf.strings.join(texts, Join.separator(FittedFeature.Crossed.SEPARATOR));
    Operand<TFloat32> code = hash(joined, crossed.buckets());
    for (Operand<TBool> rows : refused) {
      code = tf.select(rows, tf.constant(Float.NaN), code);
    }
    vectors.add(code);
  }

  private Operand<TString> bucketText(Operand<TFloat32> bucket) {
    Operand<TFloat32> number = tf.select(tf.math.notEqual(bucket, bucket), tf.constant(0f), bucket);
    return tf.dtypes.asString(tf.dtypes.cast(number, TInt32.class));
  }

  /** A value as its text, empty where it is missing. */
  private Operand<TString> text(RawColumn raw) {
    return switch (raw.type()) {
      case STRING -> column(raw.name());
      case INTEGER -> {
        Operand<TInt64> integer = column(raw.name());
        yield tf.select(
            tf.math.equal(integer, tf.constant(Vocabularies.MISSING_INTEGER)),
            tf.constant(""),
            tf.dtypes.asString(integer));
      }
      case TRUTH ->
          tf.select(this.<TBool>column(raw.name()), tf.constant("true"), tf.constant("false"));
      case NUMBER, TIME ->
          throw new IllegalArgumentException("column '" + raw.name() + "' has no text");
    };
  }

  private void addMatrix(Operand<TFloat32> matrix) {
    stackVectors();
    matrices.add(matrix);
  }

  private void stackVectors() {
    if (!vectors.isEmpty()) {
      matrices.add(tf.stack(List.copyOf(vectors), Stack.axis(1L)));
      vectors.clear();
    }
  }

  private Operand<TFloat32> matrix() {
    stackVectors();
    return matrices.size() == 1 ? matrices.get(0) : tf.concat(matrices, tf.constant(1));
  }

  /** Its type is the one that its placeholder was made with. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T extends TType> Operand<T> column(String name) {
    return (Operand<T>) columns.apply(name);
  }
}
