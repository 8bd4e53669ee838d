package dev.slope.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Coefficients on the scale of the data instead of the scale the model trained on.
 *
 * <p>A number's coefficients are those of its powers, after what is missing is filled in and
 * clipped; with the scaling log1p they are those of the powers of {@code log(1 + x)}. Levels,
 * buckets, indicators, counts, true and false are 0 or more as they are, and keep their
 * coefficients.
 */
public final class OriginalScale {
  private OriginalScale() {}

  /**
   * The same model as a function of the unscaled inputs: with {@code x' = (x - offset) / divisor},
   * the score {@code w x' + b} is {@code (w / divisor) x + (b - w offset / divisor)}. In float64.
   *
   * @param trained the weights of the scaled inputs
   * @param features the scaling
   */
  public static LinearWeights of(LinearWeights trained, FittedFeatures features) {
    List<FittedFeature.Affine> scaling = scaling(trained, features);
    int outputs = trained.outputs().size();
    double[] weights = trained.weights();
    double[] intercepts = trained.intercepts();
    for (int index = 0; index < weights.length; index++) {
      FittedFeature.Affine affine = scaling.get(index / outputs);
      weights[index] /= affine.divisor();
      intercepts[index % outputs] -= weights[index] * affine.offset();
    }
    return new LinearWeights(trained.inputs(), trained.outputs(), weights, intercepts);
  }

  /**
   * The inverse of {@link #of}: with {@code x = x' divisor + offset}, the score {@code w x + b} is
   * {@code (w divisor) x' + (b + w offset)}. In float64.
   *
   * @param original the weights of the unscaled inputs
   * @param features the scaling of the result
   */
  public static LinearWeights toTrained(LinearWeights original, FittedFeatures features) {
    List<FittedFeature.Affine> scaling = scaling(original, features);
    int outputs = original.outputs().size();
    double[] weights = original.weights();
    double[] intercepts = original.intercepts();
    for (int index = 0; index < weights.length; index++) {
      FittedFeature.Affine affine = scaling.get(index / outputs);
      intercepts[index % outputs] += weights[index] * affine.offset();
      weights[index] *= affine.divisor();
    }
    return new LinearWeights(original.inputs(), original.outputs(), weights, intercepts);
  }

  private static List<FittedFeature.Affine> scaling(
      LinearWeights weights, FittedFeatures features) {
    if (!weights.inputs().equals(features.inputs())) {
      throw new IllegalArgumentException(
          "inputs must be " + features.inputs() + ", but were " + weights.inputs());
    }
    return scaling(features);
  }

  /** How each input is scaled, in order. */
  public static List<FittedFeature.Affine> scaling(FittedFeatures features) {
    List<FittedFeature.Affine> scaling = new ArrayList<>();
    for (FittedFeature feature : features.features()) {
      scaling.addAll(scaling(feature));
    }
    return scaling;
  }

  private static List<FittedFeature.Affine> scaling(FittedFeature feature) {
    List<FittedFeature.Affine> scaling = new ArrayList<>();
    if (feature instanceof FittedFeature.Numeric numeric) {
      scaling.addAll(numeric.powers());
      if (numeric.indicator()) {
        scaling.add(FittedFeature.Affine.NONE);
      }
    } else if (feature instanceof FittedFeature.Datetime datetime) {
      for (int part = 0; part < datetime.parts().size(); part++) {
        // A part that is levels is not scaled.
        FittedFeature.Affine affine = datetime.parts().get(part).scaling();
        datetime.blocks().get(part).inputs().forEach(input -> scaling.add(affine));
      }
    } else if (feature instanceof FittedFeature.Bucketized
        || feature instanceof FittedFeature.Categorical
        || feature instanceof FittedFeature.Hashed
        || feature instanceof FittedFeature.Crossed
        || feature instanceof FittedFeature.Truth
        || feature instanceof FittedFeature.Text) {
      feature.inputs().forEach(input -> scaling.add(FittedFeature.Affine.NONE));
    } else {
      throw new AssertionError("no scale for " + feature.getClass().getSimpleName());
    }
    return scaling;
  }
}
