package dev.slope.export;

import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.features.FittedFeature;
import dev.slope.features.RawColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A row as a client sends it.
 *
 * @param values by column: a {@link Float}, a {@link String}, a {@link Long} or a {@link Boolean},
 *     as the column's type is
 */
record RequestRow(Map<RawColumn, Object> values) {
  private static final MathContext FOUR_DIGITS = new MathContext(4);
  private static final String SOME_TEXT = "text";

  /** 2020-01-01T00:00:00Z. */
  private static final long SOME_TIME = 1_577_836_800;

  RequestRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A row of values that are usual: what stands for a missing number, or the middle of its scale,
   * and the first of the levels. It is made from what the model holds anyway, and is no row of the
   * data.
   */
  static RequestRow usual(ServingInputs inputs) {
    Map<RawColumn, Object> values = new LinkedHashMap<>();
    for (RawColumn column : inputs.columns()) {
      values.put(
          column,
          inputs.features().features().stream()
              .filter(feature -> feature.rawColumns().equals(List.of(column)))
              .findFirst()
              .map(feature -> usual(feature, column))
              .orElseGet(() -> any(column)));
    }
    return new RequestRow(values);
  }

  private static Object usual(FittedFeature feature, RawColumn column) {
    if (feature instanceof FittedFeature.Numeric numeric) {
      return rounded(usual(numeric));
    }
    if (feature instanceof FittedFeature.Bucketized bucketized) {
      return rounded(
          Float.isNaN(bucketized.fill()) ? bucketized.boundaries().get(0) : bucketized.fill());
    }
    if (feature instanceof FittedFeature.Categorical categorical
        && !categorical.vocabulary().isEmpty()) {
      String first = categorical.vocabulary().get(0);
      return column.type() == RawColumn.Type.INTEGER ? (Object) Long.valueOf(first) : first;
    }
    return any(column);
  }

  private static double usual(FittedFeature.Numeric numeric) {
    if (!Double.isNaN(numeric.fill())) {
      return numeric.fill();
    }
    double offset = numeric.powers().get(0).offset();
    return numeric.scaling() == Scaling.LOG1P ? Math.expm1(offset) : offset;
  }

  private static Object any(RawColumn column) {
    return switch (column.type()) {
      case NUMBER -> 0f;
      case STRING -> SOME_TEXT;
      case INTEGER -> 0L;
      case TRUTH -> true;
      case TIME -> SOME_TIME;
    };
  }

  private static float rounded(double value) {
    return new BigDecimal(value).round(FOUR_DIGITS).floatValue();
  }

  /**
   * The first rows of some that were read.
   *
   * @param rows with the codings of the columns
   * @param most how many at most
   */
  static List<RequestRow> first(List<RawColumn> columns, CodedRows rows, int most) {
    RawTensors raw = new RawTensors(columns, rows);
    List<RequestRow> first = new ArrayList<>();
    for (FloatBlock block : rows.values().blocks()) {
      int count = Math.min(most - first.size(), block.rows());
      Map<String, TType> tensors = raw.tensors(block, 0, count, new BitSet());
      try {
        for (int row = 0; row < count; row++) {
          first.add(row(columns, tensors::get, row));
        }
      } finally {
        tensors.values().forEach(TType::close);
      }
    }
    return first;
  }

  private static RequestRow row(List<RawColumn> columns, Function<String, TType> tensors, int row) {
    Map<RawColumn, Object> values = new LinkedHashMap<>();
    for (RawColumn column : columns) {
      TType tensor = tensors.apply(column.name());
      values.put(
          column,
          switch (column.type()) {
            case NUMBER -> ((TFloat32) tensor).getFloat(row);
            case STRING -> ((TString) tensor).getObject(row);
            case INTEGER, TIME -> ((TInt64) tensor).getLong(row);
            case TRUTH -> ((TBool) tensor).getBoolean(row);
          });
    }
    return new RequestRow(values);
  }
}
