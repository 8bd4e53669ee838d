package dev.slope.export;

import dev.slope.export.savedmodel.LookupTable;
import dev.slope.features.FittedFeature;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** The tables in which a served model looks categories up, one a categorical feature. */
final class Vocabularies {
  /** What stands for an integer that is missing. */
  static final long MISSING_INTEGER = Long.MIN_VALUE;

  /** What a table has in place of NaN. */
  private static final long REFUSED = -2;

  // By the feature's name: its own hash would be that of all its levels.
  private final Map<String, LookupTable> tables = new LinkedHashMap<>();

  Vocabularies(ServingInputs inputs) {
    for (FittedFeature feature : inputs.features().features()) {
      if (feature instanceof FittedFeature.Categorical categorical) {
        String name = "vocabulary_" + inputs.key(categorical.name());
        tables.put(categorical.name(), table(name, categorical));
      }
    }
  }

  /** All of them. */
  List<LookupTable> tables() {
    return List.copyOf(tables.values());
  }

  /**
   * Adds the lookup of a column's values.
   *
   * @param values {@code [rows]}, of the column's type
   * @return the codes: {@code [rows]}
   */
  Operand<TFloat32> codes(
      Ops tf, FittedFeature.Categorical categorical, Operand<? extends TType> values) {
    LookupTable table = Objects.requireNonNull(tables.get(categorical.name()));
    Operand<TInt64> places = table.find(tf, texts(tf, values), place(categorical.otherCode()));
    // A lookup loses the shape: no rule of TensorFlow's tells that it is that of the values.
    Operand<TFloat32> codes = tf.reshape(tf.dtypes.cast(places, TFloat32.class), tf.array(-1));
    return categorical.refusesOthers()
        ? tf.select(
            tf.math.equal(codes, tf.constant((float) REFUSED)), tf.constant(Float.NaN), codes)
        : codes;
  }

  /** Integers by their digits: TFLite has no table from integers to integers. */
  @SuppressWarnings("unchecked") // the type was asked for
  private static Operand<TString> texts(Ops tf, Operand<? extends TType> values) {
    return values.type() == TString.class ? (Operand<TString>) values : tf.dtypes.asString(values);
  }

  private static LookupTable table(String name, FittedFeature.Categorical categorical) {
    List<Long> places = new ArrayList<>();
    for (long place = 0; place < categorical.vocabulary().size(); place++) {
      places.add(place);
    }
    places.add(place(categorical.missingCode()));
    List<String> keys = new ArrayList<>(categorical.vocabulary());
    keys.add(
        categorical.column().type() == RawColumn.Type.INTEGER
            ? Long.toString(MISSING_INTEGER)
            : "");
    return LookupTable.ofStrings(name, keys, places);
  }

  private static long place(float code) {
    return Float.isNaN(code) ? REFUSED : (long) code;
  }
}
