package dev.slope.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains many settings of one model together, each as a column of the weight matrix, in one
 * compiled loop: what they share, the rows or their sums, is read once for all of them.
 */
public final class SettingsTrainer {

  /** Whether settings of a job can train together; where not, each has to train by itself. */
  public static boolean canTrain(TrainingJob job) {
    return false;
  }

  /**
   * Trains all settings until each has ended.
   *
   * @param job the model, the training and the rows; its penalty and learning rate are those of the
   *     settings
   * @param settings at least one
   * @param folds what the settings' folds are; null where all settings train on all rows
   * @return one a setting, in their order
   */
  public List<TrainedSetting> train(
      TrainingJob job,
      List<Setting> settings,
      @Nullable Folds folds,
      TrainingListener listener) {
    throw new IllegalArgumentException(
        "settings of this job must be trained one by one; ask canTrain first");
  }
}
