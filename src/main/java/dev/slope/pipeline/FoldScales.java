package dev.slope.pipeline;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.training.InputScale;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * How the inputs that are learnt from some rows follow from those that are learnt from all: where
 * they differ in offsets and divisors alone, rows that are encoded once serve every fold.
 */
final class FoldScales {
  private final FittedFeatures all;
  private final BitSet columnsWithMissing;

  /**
   * For the inputs that all training rows taught.
   *
   * @param coded the training rows
   */
  FoldScales(FittedFeatures all, FloatMatrix coded) {
    this.all = all;
    this.columnsWithMissing = columnsWithMissing(coded);
  }

  private static BitSet columnsWithMissing(FloatMatrix coded) {
    BitSet columns = new BitSet();
    for (FloatBlock block : coded.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          if (Double.isNaN(block.get(row, column))) {
            columns.set(column);
          }
        }
      }
    }
    return columns;
  }

  /**
   * The scale of a fold's own inputs; empty where more than offsets and divisors differ: a
   * vocabulary, buckets, or what stands for numbers that are missing.
   *
   * @param own learnt from the rows outside the fold
   */
  Optional<InputScale> of(FittedFeatures own) {
    if (!own.inputs().equals(all.inputs())) {
      return Optional.empty();
    }
    List<Double> factors = new ArrayList<>();
    List<Double> shifts = new ArrayList<>();
    int column = 0;
    for (int i = 0; i < all.features().size(); i++) {
      FittedFeature from = all.features().get(i);
      FittedFeature to = own.features().get(i);
      if (!add(from, to, columnsWithMissing.get(column), factors, shifts)) {
        return Optional.empty();
      }
      column += from.codedColumns().size();
    }
    return Optional.of(new InputScale(array(factors), array(shifts)));
  }

  /** Adds the inputs of a feature, where they differ in scale alone. */
  private static boolean add(
      FittedFeature from,
      FittedFeature to,
      boolean missing,
      List<Double> factors,
      List<Double> shifts) {
    if (from instanceof FittedFeature.Numeric numeric
        && to instanceof FittedFeature.Numeric other
        && (!missing || Double.compare(numeric.fill(), other.fill()) == 0)) {
      for (int power = 0; power < numeric.powers().size(); power++) {
        add(numeric.powers().get(power), other.powers().get(power), factors, shifts);
      }
      if (numeric.indicator()) {
        same(1, factors, shifts);
      }
      return true;
    }
    if (from instanceof FittedFeature.Datetime datetime
        && to instanceof FittedFeature.Datetime other) {
      for (int part = 0; part < datetime.parts().size(); part++) {
        int inputs = datetime.blocks().get(part).inputs().size();
        if (inputs == 1) {
          add(
              datetime.parts().get(part).scaling(),
              other.parts().get(part).scaling(),
              factors,
              shifts);
        } else {
          same(inputs, factors, shifts);
        }
      }
      return true;
    }
    same(from.inputCount(), factors, shifts);
    return from.equals(to);
  }

  /** From {@code (x - o) / d} to {@code (x - o') / d'}. */
  private static void add(
      FittedFeature.Affine from,
      FittedFeature.Affine to,
      List<Double> factors,
      List<Double> shifts) {
    factors.add(from.divisor() / to.divisor());
    shifts.add((from.offset() - to.offset()) / to.divisor());
  }

  private static void same(int inputs, List<Double> factors, List<Double> shifts) {
    for (int input = 0; input < inputs; input++) {
      factors.add(1.0);
      shifts.add(0.0);
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
