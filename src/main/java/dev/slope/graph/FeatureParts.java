package dev.slope.graph;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.FittedFeatures;
import dev.slope.features.InputBlock;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Adds the ops of each feature's transform. Neighbours of the simple kinds go through the same ops
 * together, so that a table of many numbers is a few ops over its matrix.
 */
final class FeatureParts<T extends TFloating> {
  private final Ops tf;
  private final List<FittedFeature> features;
  private final Operand<T> coded;
  private final int columns;
  private final List<EncodedPart<T>> parts = new ArrayList<>();
  private int column;

  private FeatureParts(Ops tf, FittedFeatures features, Operand<T> coded) {
    this.tf = tf;
    this.features = features.features();
    this.coded = coded;
    this.columns = features.columns().size();
  }

  /** All parts, in the order of the inputs. */
  static <T extends TFloating> List<EncodedPart<T>> of(
      Ops tf, FittedFeatures features, Operand<T> coded) {
    return new FeatureParts<>(tf, features, coded).all();
  }

  private List<EncodedPart<T>> all() {
    int feature = 0;
    while (feature < features.size()) {
      int numbers = run(feature, FeatureParts::isAffine);
      int levels = run(feature, FeatureParts::isCodedLevel);
      if (numbers > 0) {
        addNumbers(features.subList(feature, feature + numbers));
      } else if (levels > 0) {
        addLevels(features.subList(feature, feature + levels));
      } else {
        add(features.get(feature));
      }
      feature += Math.max(1, Math.max(numbers, levels));
    }
    return parts;
  }

  private int run(int first, Predicate<FittedFeature> kind) {
    int end = first;
    while (end < features.size() && kind.test(features.get(end))) {
      end++;
    }
    return end - first;
  }

  private static boolean isAffine(FittedFeature feature) {
    return feature instanceof FittedFeature.Truth
        || (feature instanceof FittedFeature.Numeric numeric && numeric.isAffine());
  }

  private static boolean isCodedLevel(FittedFeature feature) {
    return feature instanceof FittedFeature.Categorical
        || feature instanceof FittedFeature.Hashed
        || feature instanceof FittedFeature.Crossed;
  }

  private void add(FittedFeature feature) {
    if (feature instanceof FittedFeature.Numeric numeric) {
      add(numeric);
    } else if (feature instanceof FittedFeature.Bucketized bucketized) {
      add(bucketized);
    } else if (feature instanceof FittedFeature.Datetime datetime) {
      add(datetime);
    } else if (feature instanceof FittedFeature.Text text) {
      addValues(false, text.buckets(), next(text.buckets()));
    } else {
      throw new AssertionError("no encoding for " + feature.getClass().getSimpleName());
    }
  }

  /** {@code (x - offset) / divisor}, of all columns at once. */
  private void addNumbers(List<FittedFeature> numbers) {
    int count = numbers.size();
    double[] fills = new double[count];
    List<Affine> scalings = new ArrayList<>();
    boolean filled = false;
    boolean becomeZero = true;
    for (int i = 0; i < count; i++) {
      boolean isNumeric = numbers.get(i) instanceof FittedFeature.Numeric;
      fills[i] = isNumeric ? ((FittedFeature.Numeric) numbers.get(i)).fill() : Double.NaN;
      scalings.add(
          isNumeric ? ((FittedFeature.Numeric) numbers.get(i)).powers().get(0) : Affine.NONE);
      filled |= !Double.isNaN(fills[i]);
      becomeZero &= fills[i] == scalings.get(i).offset();
    }
    Operand<T> values = next(count);
    Operand<T> inputs;
    if (becomeZero) {
      // Choosing between matrices of one shape takes half as long as one that repeats a row.
      Operand<T> unfilled = scaled(values, scalings);
      inputs = tf.select(isNaN(unfilled), tf.zerosLike(unfilled), unfilled);
    } else {
      Operand<T> there =
          filled ? tf.select(isNaN(values), Constants.vector(tf, fills, values), values) : values;
      inputs = scaled(there, scalings);
    }
    parts.add(new EncodedPart.Values<>(count, false, count, inputs));
  }

  /** The places that the coded matrix has. */
  private void addLevels(List<FittedFeature> coded) {
    List<Integer> sizes = coded.stream().map(FittedFeature::inputCount).toList();
    parts.add(
        new EncodedPart.Levels<>(
            false, sizes, next(sizes.size()), coded.stream().anyMatch(FeatureParts::mayRefuse)));
  }

  /** Whether a row may have no prediction for it: an integer that is none, an unknown category. */
  private static boolean mayRefuse(FittedFeature feature) {
    return (feature instanceof FittedFeature.Categorical categorical && categorical.refusesOthers())
        || feature.rawColumns().stream().anyMatch(column -> column.type() != RawColumn.Type.STRING);
  }

  private void add(FittedFeature.Numeric numeric) {
    Operand<T> raw = next(1);
    Operand<T> value = filled(raw, numeric.fill());
    if (numeric.isClipped()) {
      value = clipped(finite(value), numeric.low(), numeric.high());
    }
    if (numeric.scaling() == Scaling.LOG1P) {
      Operand<TBool> defined = tf.math.greater(value, Constants.scalar(tf, -1, value));
      value = tf.math.log1p(tf.select(defined, value, Constants.scalar(tf, Double.NaN, value)));
    }
    List<Operand<T>> inputs = new ArrayList<>(List.of(value));
    while (inputs.size() < numeric.powers().size()) {
      inputs.add(tf.math.mul(inputs.get(inputs.size() - 1), value));
    }
    Operand<T> powers = inputs.size() == 1 ? value : tf.concat(inputs, tf.constant(1));
    Operand<T> scaled = scaled(powers, numeric.powers());
    if (numeric.indicator()) {
      Operand<T> missing = tf.dtypes.cast(isNaN(raw), raw.type());
      scaled = tf.concat(List.of(scaled, missing), tf.constant(1));
    }
    addValues(false, numeric.powers().size() + (numeric.indicator() ? 1 : 0), scaled);
  }

  private void add(FittedFeature.Bucketized bucketized) {
    List<Integer> sizes = List.of(bucketized.inputCount());
    parts.add(
        new EncodedPart.Levels<>(false, sizes, Buckets.places(tf, bucketized, next(1)), true));
  }

  private void add(FittedFeature.Datetime datetime) {
    Operand<T> days = next(1);
    CalendarParts<T> calendar = new CalendarParts<>(tf, days, next(1));
    List<InputBlock> blocks = datetime.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      boolean unfinished = i < blocks.size() - 1;
      FittedFeature.Datetime.Part part = datetime.parts().get(i);
      Operand<T> value = value(calendar, part.part());
      if (blocks.get(i) instanceof InputBlock.OneHot levels) {
        List<Integer> sizes = List.of(levels.inputs().size());
        parts.add(new EncodedPart.Levels<>(unfinished, sizes, value, true));
      } else {
        addValues(unfinished, 1, scaled(value, List.of(part.scaling())));
      }
    }
  }

  private static <T extends TFloating> Operand<T> value(
      CalendarParts<T> calendar, DatetimePart part) {
    return switch (part) {
      case YEAR -> calendar.year();
      case MONTH -> calendar.month();
      case DAY -> calendar.day();
      case DAY_OF_WEEK -> calendar.dayOfWeek();
      case HOUR -> calendar.hour();
      case ELAPSED_DAYS -> calendar.elapsedDays();
    };
  }

  private void addValues(boolean unfinished, int count, Operand<T> values) {
    parts.add(new EncodedPart.Values<>(1, unfinished, count, values));
  }

  /** The next columns of the coded matrix. */
  private Operand<T> next(int count) {
    Operand<T> taken = columns(tf, coded, column, count, columns);
    column += count;
    return taken;
  }

  /** Some neighbouring columns of a matrix; all of them are the matrix itself. */
  static <T extends TFloating> Operand<T> columns(
      Ops tf, Operand<T> matrix, int from, int count, int columns) {
    return count == columns ? matrix : tf.slice(matrix, tf.array(0, from), tf.array(-1, count));
  }

  private Operand<T> filled(Operand<T> values, double fill) {
    return Double.isNaN(fill)
        ? values
        : tf.select(isNaN(values), Constants.scalar(tf, fill, values), values);
  }

  /** NaN stays NaN: it is neither below nor above. */
  private Operand<T> clipped(Operand<T> values, double low, double high) {
    Operand<T> lowered =
        tf.select(
            tf.math.greater(values, Constants.scalar(tf, high, values)),
            Constants.scalar(tf, high, values),
            values);
    return tf.select(
        tf.math.less(lowered, Constants.scalar(tf, low, values)),
        Constants.scalar(tf, low, values),
        lowered);
  }

  private Operand<T> scaled(Operand<T> values, List<Affine> scalings) {
    double[] offsets = new double[scalings.size()];
    double[] divisors = new double[scalings.size()];
    boolean shifts = false;
    boolean divides = false;
    for (int i = 0; i < scalings.size(); i++) {
      offsets[i] = scalings.get(i).offset();
      divisors[i] = scalings.get(i).divisor();
      shifts |= offsets[i] != 0;
      divides |= divisors[i] != 1;
    }
    Operand<T> shifted =
        shifts ? tf.math.sub(values, Constants.vector(tf, offsets, values)) : values;
    return divides ? tf.math.div(shifted, Constants.vector(tf, divisors, shifted)) : shifted;
  }

  /** Not every runtime has an op for it. */
  private Operand<TBool> isNaN(Operand<T> values) {
    return tf.math.notEqual(values, values);
  }

  private Operand<TBool> isFinite(Operand<T> values) {
    return tf.math.lessEqual(tf.math.abs(values), Constants.scalar(tf, Float.MAX_VALUE, values));
  }

  /** Infinity, which is no number of any data, becomes NaN and has no prediction. */
  private Operand<T> finite(Operand<T> values) {
    return tf.select(isFinite(values), values, Constants.scalar(tf, Double.NaN, values));
  }
}
