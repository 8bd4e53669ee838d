package dev.slope.export;

import dev.slope.features.FittedFeature;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Raw columns from serialized {@code tf.Example}s: numbers as float, strings as bytes, integers and
 * times as int64, true and false as int64 1 and 0. A feature that an example lacks is a missing
 * value where the model has a prediction for that, and an error elsewhere.
 */
final class ExampleColumns {
  private ExampleColumns() {}

  /**
   * Adds the ops.
   *
   * @param examples {@code [rows]}
   * @return by the columns' names, {@code [rows]} each
   */
  static Map<String, Operand<?>> parse(Ops tf, ServingInputs inputs, Operand<TString> examples) {
    List<RawColumn> columns = inputs.columns();
    Operand<TString> none = tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    List<Operand<?>> defaults = new ArrayList<>();
    for (RawColumn column : columns) {
      defaults.add(isRequired(inputs, column) ? nothing(tf, column) : missing(tf, column));
    }
    ParseExample parsed =
        tf.io.parseExample(
            examples,
            none,
            none,
            tf.constant(
                NdArrays.vectorOfObjects(
                    columns.stream().map(RawColumn::name).toArray(String[]::new))),
            none,
            defaults,
            0L,
            List.of(),
            List.of(),
            List.of(),
            Collections.nCopies(columns.size(), Shape.scalar()));
    Map<String, Operand<?>> byName = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      byName.put(columns.get(i).name(), typed(tf, columns.get(i), parsed.denseValues().get(i)));
    }
    return byName;
  }

  /** Whether a row without the column has no prediction. */
  static boolean isRequired(ServingInputs inputs, RawColumn column) {
    return column.name().equals(inputs.offsetColumn())
        || inputs.features().features().stream()
            .filter(feature -> feature.rawColumns().contains(column))
            .anyMatch(ExampleColumns::requires);
  }

  private static boolean requires(FittedFeature feature) {
    if (feature instanceof FittedFeature.Numeric numeric) {
      return Double.isNaN(numeric.fill());
    }
    if (feature instanceof FittedFeature.Bucketized bucketized) {
      return Float.isNaN(bucketized.fill()) && !bucketized.indicator();
    }
    if (feature instanceof FittedFeature.Categorical categorical) {
      return Float.isNaN(categorical.missingCode());
    }
    return feature instanceof FittedFeature.Datetime
        || feature.rawColumns().stream().anyMatch(column -> column.type() == RawColumn.Type.TRUTH);
  }

  /** With an empty default, an example must have the feature. */
  private static Operand<?> nothing(Ops tf, RawColumn column) {
    return switch (column.type()) {
      case NUMBER -> tf.constant(new float[0]);
      case STRING -> tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
      case INTEGER, TIME, TRUTH -> tf.constant(new long[0]);
    };
  }

  private static Operand<?> missing(Ops tf, RawColumn column) {
    return switch (column.type()) {
      case NUMBER -> tf.constant(Float.NaN);
      case STRING -> tf.constant("");
      case INTEGER, TIME, TRUTH -> tf.constant(Vocabularies.MISSING_INTEGER);
    };
  }

  @SuppressWarnings("unchecked") // the type is that of the default
  private static Operand<?> typed(Ops tf, RawColumn column, Operand<?> parsed) {
    return column.type() == RawColumn.Type.TRUTH
        ? tf.math.notEqual((Operand<TInt64>) parsed, tf.constant(0L))
        : parsed;
  }
}
