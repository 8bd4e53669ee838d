package dev.slope.evaluation;

import dev.slope.config.MetricName;
import dev.slope.config.ModelConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a model type measures a prediction by, besides its error: the unit deviance of its family,
 * or the pinball loss of its quantile. The formulas are those of scikit-learn's metrics.
 */
public sealed interface Deviance {
  /** The metric that its weighted mean over the rows is. */
  MetricName metric();

  /** The deviance of one row whose {@link #problem} is null. */
  double of(double target, double prediction);

  /** Why a row has none, as a clause; null where it has one. */
  @Nullable String problem(double target, double prediction);

  /** {@code 2 (y log(y / p) - y + p)}, with {@code 0 log 0 = 0}. */
  record Poisson() implements Deviance {
    @Override
    public MetricName metric() {
      return MetricName.MEAN_POISSON_DEVIANCE;
    }

    @Override
    public double of(double target, double prediction) {
      double logarithm = target == 0 ? 0 : target * Math.log(target / prediction);
      return 2 * (logarithm - target + prediction);
    }

    @Override
    public @Nullable String problem(double target, double prediction) {
      return target < 0 ? "a label is negative" : notPositive(prediction);
    }
  }

  /** {@code 2 (log(p / y) + y / p - 1)}. */
  record Gamma() implements Deviance {
    @Override
    public MetricName metric() {
      return MetricName.MEAN_GAMMA_DEVIANCE;
    }

    @Override
    public double of(double target, double prediction) {
      return 2 * (Math.log(prediction / target) + target / prediction - 1);
    }

    @Override
    public @Nullable String problem(double target, double prediction) {
      return target <= 0 ? "a label is not positive" : notPositive(prediction);
    }
  }

  /**
   * {@code 2 (y^(2 - v) / ((1 - v) (2 - v)) - y p^(1 - v) / (1 - v) + p^(2 - v) / (2 - v))}.
   *
   * @param power v, of the variance {@code p^v}; between 1 and 2
   */
  record Tweedie(double power) implements Deviance {
    public Tweedie {
      if (!(power > 1 && power < 2)) {
        throw new IllegalArgumentException("power must be > 1 and < 2, but was " + power);
      }
    }

    @Override
    public MetricName metric() {
      return MetricName.MEAN_TWEEDIE_DEVIANCE;
    }

    @Override
    public double of(double target, double prediction) {
      double toOne = 1 - power;
      double toTwo = 2 - power;
      return 2
          * (Math.pow(target, toTwo) / (toOne * toTwo)
              - target * Math.pow(prediction, toOne) / toOne
              + Math.pow(prediction, toTwo) / toTwo);
    }

    @Override
    public @Nullable String problem(double target, double prediction) {
      return target < 0 ? "a label is negative" : notPositive(prediction);
    }
  }

  /**
   * {@code max(q (y - p), (q - 1) (y - p))}.
   *
   * @param quantile q, between 0 and 1
   */
  record Pinball(double quantile) implements Deviance {
    public Pinball {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException("quantile must be > 0 and < 1, but was " + quantile);
      }
    }

    @Override
    public MetricName metric() {
      return MetricName.PINBALL;
    }

    @Override
    public double of(double target, double prediction) {
      double error = target - prediction;
      return Math.max(quantile * error, (quantile - 1) * error);
    }

    @Override
    public @Nullable String problem(double target, double prediction) {
      return null;
    }
  }

  /** What a model type measures besides the error; null where nothing. */
  static @Nullable Deviance of(ModelConfig model) {
    if (model instanceof ModelConfig.PoissonRegression) {
      return new Poisson();
    }
    if (model instanceof ModelConfig.GammaRegression) {
      return new Gamma();
    }
    if (model instanceof ModelConfig.TweedieRegression tweedie) {
      return new Tweedie(tweedie.power());
    }
    if (model instanceof ModelConfig.QuantileRegression quantile) {
      return new Pinball(quantile.quantile());
    }
    if (model instanceof ModelConfig.LinearRegression
        || model instanceof ModelConfig.HuberRegression
        || model instanceof ModelConfig.AbsoluteRegression
        || model instanceof ModelConfig.Classifier) {
      return null;
    }
    throw new AssertionError("no deviance of " + model.getClass().getSimpleName());
  }

  private static @Nullable String notPositive(double prediction) {
    return prediction > 0 ? null : "a prediction is not positive";
  }
}
