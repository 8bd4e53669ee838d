package dev.slope.report;

import dev.slope.evaluation.Estimate;
import dev.slope.export.ModelManifest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The coefficients that are drawn, on the scale that the model trains on, where they can be
 * compared: those of the inputs with the largest magnitudes in any output.
 *
 * @param names of the inputs, the largest first
 * @param inputs how many the model has
 * @param outputs the first of the model's
 */
public record ShownCoefficients(List<String> names, int inputs, List<OfOutput> outputs) {
  private static final int MAX_INPUTS = 40;

  /**
   * The coefficients of one output, in the order of the names.
   *
   * @param score as model.json has it
   * @param values 0 for an input that the output has none of
   * @param low ends of the 95 % confidence intervals; null where they are unknown
   * @param high ends of the same
   */
  public record OfOutput(
      String score, List<Double> values, @Nullable List<Double> low, @Nullable List<Double> high) {}

  /** An input of the model. */
  private record Input(String feature, @Nullable String level) {
    static Input of(ModelManifest.Coefficient coefficient) {
      return new Input(coefficient.feature(), coefficient.level());
    }
  }

  /** Those of a model. */
  public static ShownCoefficients of(ModelManifest model) {
    Map<Input, ModelManifest.Coefficient> largest = new LinkedHashMap<>();
    List<ModelManifest.Output> outputs =
        model.outputs().stream().limit(Palette.seriesCount()).toList();
    for (ModelManifest.Output output : outputs) {
      for (ModelManifest.Coefficient coefficient : output.coefficients()) {
        largest.merge(
            Input.of(coefficient),
            coefficient,
            (one, other) -> one.magnitude() >= other.magnitude() ? one : other);
      }
    }
    List<ModelManifest.Coefficient> shown =
        largest.values().stream()
            .sorted(Comparator.comparingDouble(coefficient -> -coefficient.magnitude()))
            .limit(MAX_INPUTS)
            .toList();
    return new ShownCoefficients(
        shown.stream().map(ModelManifest.Coefficient::name).toList(),
        largest.size(),
        outputs.stream().map(output -> of(output, shown)).toList());
  }

  private static OfOutput of(ModelManifest.Output output, List<ModelManifest.Coefficient> shown) {
    Map<Input, ModelManifest.Coefficient> own = new HashMap<>();
    output.coefficients().forEach(each -> own.put(Input.of(each), each));
    List<ModelManifest.Coefficient> coefficients =
        shown.stream()
            .map(
                each ->
                    own.getOrDefault(
                        Input.of(each),
                        new ModelManifest.Coefficient(each.feature(), each.level(), 0, 0)))
            .toList();
    List<Double> values =
        coefficients.stream().map(ModelManifest.Coefficient::standardized).toList();
    if (coefficients.stream().anyMatch(each -> each.estimate() == null)) {
      return new OfOutput(output.score(), values, null, null);
    }
    List<double[]> intervals = coefficients.stream().map(ShownCoefficients::interval).toList();
    return new OfOutput(
        output.score(),
        values,
        intervals.stream().map(interval -> interval[0]).toList(),
        intervals.stream().map(interval -> interval[1]).toList());
  }

  /** An interval is estimated on the scale of the data. */
  private static double[] interval(ModelManifest.Coefficient coefficient) {
    Estimate estimate = Objects.requireNonNull(coefficient.estimate());
    double scale = coefficient.value() == 0 ? 0 : coefficient.standardized() / coefficient.value();
    double one = estimate.low() * scale;
    double other = estimate.high() * scale;
    return new double[] {Math.min(one, other), Math.max(one, other)};
  }

  /** Whether each coefficient has an interval. */
  boolean haveIntervals() {
    return outputs.stream().allMatch(output -> output.low() != null);
  }
}
