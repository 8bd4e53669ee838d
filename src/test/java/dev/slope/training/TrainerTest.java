package dev.slope.training;

import static dev.slope.training.TrainingFixtures.line;
import static dev.slope.training.TrainingFixtures.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.features.OriginalScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static TrainedModel train(TrainingJob job) {
    return new Trainer().train(job, TrainingListener.NONE);
  }

  // w = b = 0: errors are -(2x + 1), so the loss is sum((2x + 1)^2) / 11 = 1771 / 11 = 161,
  // dw = -2 sum(x (2x + 1)) / 11 = -2 * 825 / 11 = -150, db = -2 * 121 / 11 = -22.
  @Test
  void firstStepIsTheOneByHand() {
    TrainedModel model = train(line(0.01, 1));

    assertThat(model.history().records()).hasSize(1);
    assertThat(model.history().records().get(0).epoch()).isEqualTo(1);
    assertThat(model.history().records().get(0).loss()).isEqualTo(161f);
    assertThat(model.weights().weight(0, 0)).isCloseTo(1.5, within(1e-6));
    assertThat(model.weights().intercept(0)).isCloseTo(0.22, within(1e-7));
    // Then the error is 1.5x + 0.22 - 2x - 1 = -0.5x - 0.78: 0.25 * 35 + 0.78 * 5 + 0.6084.
    assertThat(model.finalLoss()).isCloseTo(13.2584f, within(1e-5));
  }

  @Test
  void everyLossOfTheLineFollowsFloat64() {
    TrainedModel model = train(line(0.01, 100));

    float learningRate = 0.01f;
    double w = 0;
    double b = 0;
    for (EpochRecord epoch : model.history().records()) {
      double loss = 0;
      double dw = 0;
      double db = 0;
      for (int x = 0; x <= 10; x++) {
        double error = w * x + b - (2 * x + 1);
        loss += error * error / 11;
        dw += 2 * error * x / 11;
        db += 2 * error / 11;
      }
      assertThat(epoch.loss())
          .as("epoch %d", epoch.epoch())
          .isCloseTo(loss, Percentage.withPercentage(1e-3));
      w -= learningRate * dw;
      b -= learningRate * db;
    }
    assertThat(model.history().records()).hasSize(100);
    assertThat(model.weights().weight(0, 0)).isCloseTo(w, within(1e-6));
    assertThat(model.weights().intercept(0)).isCloseTo(b, within(1e-5));
  }

  // The closed form of the line is exact: w = 2, b = 1.
  @Test
  void theLineArrivesAtTheClosedForm() {
    TrainedModel model = train(line(0.02, 20_000));

    assertThat(model.weights().weight(0, 0)).isCloseTo(2, within(1e-5));
    assertThat(model.weights().intercept(0)).isCloseTo(1, within(1e-4));
    assertThat(model.stopReason()).isEqualTo(StopReason.EPOCHS_DONE);
    for (int x = 0; x <= 10; x++) {
      assertThat(model.trainPredictions().blocks().get(0).get(x, 0))
          .isCloseTo(2 * x + 1, offset(1e-4));
    }
  }

  // Noise-free labels: the least-squares solution is the equations themselves, on the data's scale.
  @Test
  void severalScaledInputsAndOutputsArriveAtTheirEquations() {
    Random random = new Random(1);
    FloatBlock raw = new FloatBlock(40, 2);
    FloatBlock labels = new FloatBlock(40, 3);
    for (int row = 0; row < 40; row++) {
      float u = 100 + 10 * random.nextFloat();
      float v = random.nextFloat();
      raw.set(row, 0, u);
      raw.set(row, 1, v);
      labels.set(row, 0, u - v);
      labels.set(row, 1, 0.5f * v + 3);
      labels.set(row, 2, -2 * u + 4 * v - 7);
    }
    TrainingJob job =
        TrainingFixtures.job(
            new FloatMatrix(List.of("u", "v"), List.of(raw.head(40))),
            new FloatMatrix(List.of("p", "q", "r"), List.of(labels)),
            Scaling.STANDARD,
            0.5,
            500);

    LinearWeights weights = OriginalScale.of(train(job).weights(), job.features());

    assertThat(weights.weights())
        .containsExactly(new double[] {1, 0, -2, -1, 0.5, 4}, within(1e-4));
    assertThat(weights.intercepts()).containsExactly(new double[] {0, 3, -7}, within(1e-2));
  }

  @Test
  void whereCallsEndChangesNoByte() {
    List<Float> wholeLosses = new ArrayList<>();
    TrainedModel whole = trainInCallsOf(1000, wholeLosses);
    for (int size : new int[] {1, 7, 64, 999}) {
      List<Float> losses = new ArrayList<>();
      TrainedModel model = trainInCallsOf(size, losses);

      assertThat(losses).isEqualTo(wholeLosses);
      assertThat(model.weights().weights()).isEqualTo(whole.weights().weights());
      assertThat(model.weights().intercepts()).isEqualTo(whole.weights().intercepts());
    }
  }

  private static TrainedModel trainInCallsOf(int size, List<Float> losses) {
    return new Trainer(CallSize.fixed(size))
        .train(
            line(new InitializerConfig.Uniform(), 0.01, 1000, 5),
            new TrainingListener() {
              @Override
              public void onEpochs(long firstEpoch, double[] more) {
                assertThat(firstEpoch).isEqualTo(losses.size() + 1L);
                for (double loss : more) {
                  losses.add((float) loss);
                }
              }
            });
  }

  @Test
  void oneSeedOneResult() {
    TrainedModel one = train(line(new InitializerConfig.Uniform(), 0.01, 50, 7));
    TrainedModel same = train(line(new InitializerConfig.Uniform(), 0.01, 50, 7));
    TrainedModel other = train(line(new InitializerConfig.Uniform(), 0.01, 50, 8));

    assertThat(same.weights().weights()).isEqualTo(one.weights().weights());
    assertThat(same.finalLoss()).isEqualTo(one.finalLoss());
    assertThat(other.weights().weights()).isNotEqualTo(one.weights().weights());
  }

  // The largest eigenvalue of the line's Hessian is about 71.6, so 0.1 multiplies the error by 6.2.
  @Test
  void tooLongStepsStopAndSayWhatToDo() {
    TrainingDivergedException e =
        catchThrowableOfType(TrainingDivergedException.class, () -> train(line(0.1, 1_000_000)));

    assertThat(e)
        .hasMessageMatching(
            "training diverged: the loss is [0-9.E]+ after epoch [0-9]+; lower"
                + " /training/optimizer/learning_rate, now 0\\.1, or scale the features"
                + " \\('scaling': 'standard'\\)");
    // A millionfold at a factor of 6.16^2 = 37.9 an epoch: 161e6 is passed after
    // ln(1e6) / ln(37.9) = 3.8 epochs.
    assertThat(e.epochs()).isEqualTo(4);
    assertThat(e.loss()).isGreaterThan(161e6f);
    assertThat(e.history().records()).hasSize(5);
    // The weights that started epoch 4: their loss is the last one within bounds.
    assertThat(lossOfLine(e.lastGoodWeights()))
        .isCloseTo(e.history().records().get(3).loss(), Percentage.withPercentage(0.01));
  }

  @Test
  void divergenceAfterTheLastEpochIsOneToo() {
    assertThatThrownBy(() -> train(line(0.1, 4)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("after epoch 4;");
    assertThat(train(line(0.1, 3)).finalLoss()).isLessThan(161e6f);
  }

  @Test
  void whereCallsEndChangesNoDivergence() {
    for (int size : new int[] {1, 2, 3, 100}) {
      TrainingDivergedException e =
          catchThrowableOfType(
              TrainingDivergedException.class,
              () -> new Trainer(CallSize.fixed(size)).train(line(0.1, 100), TrainingListener.NONE));
      assertThat(e.epochs()).as("calls of %d", size).isEqualTo(4);
      assertThat(lossOfLine(e.lastGoodWeights()))
          .isCloseTo(e.history().records().get(3).loss(), Percentage.withPercentage(0.01));
    }
  }

  // The square of 1e30 is no float32.
  @Test
  void labelsThatOverflowAreRefusedBeforeTheFirstEpoch() {
    TrainingJob job =
        TrainingFixtures.job(
            matrix("x", FloatBlock.of(1, 1, 2)),
            matrix("y", FloatBlock.of(1, 1e30f, 2e30f)),
            Scaling.NONE,
            0.01,
            10);

    assertThatThrownBy(() -> train(job))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith(
            "training can't start: the loss before the first epoch is Infinity; scale")
        .hasMessageEndingWith("whose squares float32 holds");
  }

  @Test
  void aListenerCanCancel() {
    List<Long> seen = new ArrayList<>();
    TrainedModel model =
        new Trainer(CallSize.fixed(10))
            .train(
                line(0.01, 1000),
                new TrainingListener() {
                  @Override
                  public void onEpochs(long firstEpoch, double[] losses) {
                    seen.add(firstEpoch + losses.length - 1);
                  }

                  @Override
                  public boolean isCancelled() {
                    return seen.size() == 3;
                  }
                });

    assertThat(seen).containsExactly(10L, 20L, 30L);
    assertThat(model.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(model.history().records()).hasSize(30);
    assertThat(model.weights().weights()).isEqualTo(train(line(0.01, 30)).weights().weights());
  }

  @Test
  void rowsInSeveralBlocksTrainAsInOne() {
    FloatBlock x = FloatBlock.of(1, 0, 1, 2, 3, 4, 5);
    FloatBlock y = FloatBlock.of(1, 1, 3, 5, 7, 9, 11);
    TrainedModel one =
        train(TrainingFixtures.job(matrix("x", x), matrix("y", y), Scaling.STANDARD, 0.1, 20));
    TrainedModel several =
        train(
            TrainingFixtures.job(
                matrix("x", FloatBlock.of(1, 0, 1), FloatBlock.of(1, 2, 3, 4, 5)),
                matrix("y", FloatBlock.of(1, 1, 3, 5, 7, 9), FloatBlock.of(1, 11)),
                Scaling.STANDARD,
                0.1,
                20));

    assertThat(several.weights().weights()).isEqualTo(one.weights().weights());
    assertThat(several.finalLoss()).isEqualTo(one.finalLoss());
    assertThat(several.trainPredictions().blocks().stream().map(FloatBlock::rows))
        .containsExactly(2, 4);
    assertThat(several.trainPredictions().blocks().get(1).get(3, 0))
        .isEqualTo(one.trainPredictions().blocks().get(0).get(5, 0));
  }

  private static double lossOfLine(LinearWeights weights) {
    return Arrays.stream(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        .mapToDouble(x -> weights.weight(0, 0) * x + weights.intercept(0) - (2 * x + 1))
        .map(error -> error * error)
        .average()
        .orElseThrow();
  }
}
