package dev.slope.pipeline;

import dev.slope.config.LearningRateConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.TuneConfig;
import dev.slope.training.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which settings differ in nothing but learning rate and penalty, so that they may train together.
 */
final class TuningColumns {
  private static final String LEARNING_RATE = "/training/optimizer/learning_rate";
  private static final String NUMBER = "a number";

  private TuningColumns() {}

  /**
   * Settings that may train together, by their places.
   *
   * @param settings that read the same rows
   */
  static List<List<Integer>> groups(List<LoadedConfig> settings) {
    Map<SortedMap<String, String>, List<Integer>> groups = new LinkedHashMap<>();
    for (int place = 0; place < settings.size(); place++) {
      SortedMap<String, String> rest = settings.get(place).values();
      rest.remove(TuneConfig.L1);
      rest.remove(TuneConfig.L2);
      if (learningRate(settings.get(place)) != null) {
        rest.keySet()
            .removeIf(
                pointer ->
                    pointer.equals(LEARNING_RATE) || pointer.startsWith(LEARNING_RATE + "/"));
        rest.put(LEARNING_RATE, NUMBER);
      }
      groups.computeIfAbsent(rest, any -> new ArrayList<>()).add(place);
    }
    return List.copyOf(groups.values());
  }

  /** What one of them trains with while a fold is held out. */
  static Setting setting(LoadedConfig config, int fold) {
    return new Setting(
        learningRate(config), config.run().model().l1(), config.run().model().l2(), fold);
  }

  private static @Nullable Double learningRate(LoadedConfig config) {
    return config.run().training().optimizer() instanceof OptimizerConfig.FirstOrder optimizer
            && optimizer.baseLearningRate() instanceof LearningRateConfig.Constant constant
        ? constant.value()
        : null;
  }
}
