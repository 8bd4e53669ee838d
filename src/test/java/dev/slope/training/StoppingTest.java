package dev.slope.training;

import static dev.slope.training.TrainingFixtures.EVERY_MINUTE;
import static dev.slope.training.TrainingFixtures.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A single weight w on rows x = 1, y = 2, from 0 by a rate of 0.05: w' = w + 0.1 (2 - w), so that
 * after k epochs it is 2 (1 - 0.9^k).
 */
class StoppingTest {
  private static final ModelConfig WEIGHT =
      new ModelConfig.LinearRegression(false, 0, 0, Map.of(), new InitializerConfig.Zeros());

  private static TrainedModel train(
      int epochs, StopConfig stop, PlanName plan, @Nullable TrainingRows validation) {
    TrainingRows rows = rows(2, 2);
    TrainingConfig training =
        new TrainingConfig(
            new OptimizerConfig.GradientDescent(0.05),
            epochs,
            new BatchSizeConfig.Full(),
            true,
            stop,
            null,
            plan,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            EVERY_MINUTE);
    return new Trainer()
        .train(
            new TrainingJob(
                WEIGHT,
                training,
                TrainingFixtures.features(rows.rawFeatures(), Scaling.NONE),
                rows.labels().names(),
                rows,
                validation,
                0),
            TrainingListener.NONE);
  }

  /** Rows x = 1 of these labels. */
  private static TrainingRows rows(float... labels) {
    FloatBlock ones = new FloatBlock(labels.length, 1);
    for (int row = 0; row < labels.length; row++) {
      ones.set(row, 0, 1);
    }
    return new TrainingRows(matrix("x", ones), matrix("y", FloatBlock.of(1, labels)));
  }

  // A validation row y = 1 likes the weight after 7 epochs best, 2 (1 - 0.9^7) = 1.0434062: after 6
  // it is 0.9371, further off. The weights that epoch 8 starts from are these; 9, 10 and 11 are the
  // three without a new lowest loss.
  @ParameterizedTest
  @EnumSource(
      value = PlanName.class,
      names = {"FULL_BATCH", "GRAM"})
  void patienceKeepsTheBestWeightsOfTheValidationRows(PlanName plan) {
    TrainedModel model = train(100, new StopConfig(null, null, 3, null), plan, rows(1));

    assertThat(model.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertThat(model.timings().epochs()).isEqualTo(11);
    assertThat(model.weights().weight(0, 0)).isCloseTo(1.0434062, within(1e-6));
    assertThat(model.history().records().get(7).validationLoss())
        .isCloseTo(0.0434062f * 0.0434062f, within(1e-6));
    // The training rows alone would have gone on.
    assertThat(train(100, new StopConfig(null, null, 3, null), plan, null).timings().epochs())
        .isEqualTo(100);
  }

  // So many epochs would take minutes.
  @Test
  void maxSecondsEndATraining() {
    TrainedModel model =
        train(Integer.MAX_VALUE, new StopConfig(null, null, null, 0.2), PlanName.FULL_BATCH, null);

    assertThat(model.stopReason()).isEqualTo(StopReason.MAX_SECONDS);
    assertThat(model.timings().epochs()).isPositive().isLessThan(Integer.MAX_VALUE);
    assertThat(model.weights().weight(0, 0)).isCloseTo(2, within(1e-5));
  }
}
