package dev.slope.training;

import dev.slope.config.ConfigException;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.graph.Loss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains many settings of one model together, each as a column of the weight matrix, in one
 * compiled loop: what they share, the rows or their sums, is read once for all of them. Each takes
 * the steps that {@link Trainer} would take with it alone, and ends by the same rules in the same
 * epoch, to rounding. The same settings of the same job on the same machine give the same bytes.
 *
 * <p>That is so for models of one score a row and optimizers of the first order, with any schedule,
 * penalty, bounds and {@code clip_norm}, by the plans {@code gram} and {@code full_batch}. Line
 * searches, {@code lbfgs} and {@code newton}, several labels, softmax, batches, rows in a file,
 * sparse rows, and patience that watches validation rows are for {@link Trainer}.
 */
public final class SettingsTrainer {
  private final CallSize callSize;

  /** A trainer that reports about ten times a second. */
  public SettingsTrainer() {
    this(CallSize.forTenthOfSecond());
  }

  SettingsTrainer(CallSize callSize) {
    this.callSize = callSize;
  }

  /** Whether settings of a job can train together that leave the learning rate to it. */
  public static boolean canTrain(TrainingJob job) {
    return canTrain(job, List.of(new Setting(null, 0, 0, Setting.ALL_ROWS)));
  }

  /** Whether settings of a job can train together; where not, each has to train by itself. */
  public static boolean canTrain(TrainingJob job, List<Setting> settings) {
    if (!(job.training().optimizer() instanceof OptimizerConfig.FirstOrder optimizer)) {
      return false;
    }
    boolean isOneScore =
        job.outputs().size() == 1 && !(job.model() instanceof ModelConfig.SoftmaxRegression);
    boolean watchesOthers = job.validation() != null && job.training().stop().patience() != null;
    boolean searches =
        isSearched(job, optimizer.baseLearningRate())
            && settings.stream().anyMatch(setting -> setting.learningRate() == null);
    return isOneScore && !watchesOthers && !searches && isByGramOrFullBatch(job);
  }

  private static boolean isSearched(TrainingJob job, LearningRateConfig rate) {
    boolean isBounded =
        job.model() instanceof ModelConfig.LinearRegression
            || Loss.of(job.model(), job.outputs().size()).curvatureBound().isPresent();
    return rate instanceof LearningRateConfig.LineSearch
        || (rate instanceof LearningRateConfig.Auto && !isBounded);
  }

  private static boolean isByGramOrFullBatch(TrainingJob job) {
    try {
      Plan plan = PlanSelection.select(job);
      return plan == Plan.GRAM || plan == Plan.FULL_BATCH;
    } catch (ConfigException e) {
      // What is wrong is for the training of one to say.
      return false;
    }
  }

  /**
   * Trains all settings until each has ended: by its own stop rule, after the job's epochs, by
   * divergence, or all at once by {@code stop.max_seconds} or the listener.
   *
   * @param job the model, the training and the rows; its penalty and learning rate are those of the
   *     settings
   * @param settings at least one
   * @param folds what the settings' folds are; null where all settings train on all rows
   * @param listener is told, of each epoch, the least loss of the settings that still ran
   * @return one a setting, in their order
   * @throws IllegalArgumentException where they can't train together
   * @throws DeviceException where the device that was asked for isn't there
   */
  public List<TrainedSetting> train(
      TrainingJob job, List<Setting> settings, @Nullable Folds folds, TrainingListener listener) {
    if (!canTrain(job, settings)) {
      throw new IllegalArgumentException(
          "settings of this job must be trained one by one; ask canTrain first");
    }
    requireFolds(job, settings, folds);
    // Those that share their rows beside each other.
    List<Integer> order =
        IntStream.range(0, settings.size())
            .boxed()
            .sorted(Comparator.comparing(place -> settings.get(place).fold()))
            .toList();
    List<Setting> columns = order.stream().map(settings::get).toList();
    boolean leavesOut = columns.stream().anyMatch(setting -> setting.fold() != Setting.ALL_ROWS);
    List<TrainedSetting> trained =
        new SettingsTraining(job, columns, leavesOut ? folds : null, callSize).run(listener);
    List<@Nullable TrainedSetting> inOrder =
        new ArrayList<>(Collections.nCopies(settings.size(), null));
    for (int column = 0; column < trained.size(); column++) {
      inOrder.set(order.get(column), trained.get(column));
    }
    return inOrder.stream().map(Objects::requireNonNull).toList();
  }

  private static void requireFolds(TrainingJob job, List<Setting> settings, @Nullable Folds folds) {
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("settings must be at least 1, but were none");
    }
    if (folds != null && folds.ofRow().length != job.rows().labels().rows()) {
      throw new IllegalArgumentException(
          "each of %d rows must have a fold, but %d had"
              .formatted(job.rows().labels().rows(), folds.ofRow().length));
    }
    int count = folds == null ? 0 : folds.count();
    for (Setting setting : settings) {
      if (setting.fold() >= count) {
        throw new IllegalArgumentException(
            "the fold of a setting must be below %d, how many there are, but was %d"
                .formatted(count, setting.fold()));
      }
    }
    int inputs = job.features().inputs().size();
    if (folds != null && folds.scales() != null) {
      for (InputScale scale : folds.scales()) {
        if (scale.factor().length != inputs) {
          throw new IllegalArgumentException(
              "the scale of a fold must have a factor for each of %d inputs, but had %d"
                  .formatted(inputs, scale.factor().length));
        }
      }
    }
  }
}
