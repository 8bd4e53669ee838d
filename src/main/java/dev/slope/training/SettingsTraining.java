package dev.slope.training;

import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.ScheduleConfig;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ColumnFolds;
import dev.slope.graph.ColumnwisePenalty;
import dev.slope.graph.ColumnwiseQuadraticObjective;
import dev.slope.graph.ColumnwiseRowsObjective;
import dev.slope.graph.LoopStatus;
import dev.slope.graph.Loss;
import dev.slope.graph.ModelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One training of many settings, from the rows to what each has reached. */
final class SettingsTraining {
  private final TrainingJob job;
  private final List<Setting> settings;
  private final @Nullable Folds folds;
  private final CallSize callSize;
  private final OptimizerConfig.FirstOrder optimizer;
  private final ColumnwisePenalty penalty;
  private final ModelShape shape;

  /**
   * A training.
   *
   * @param settings those of a fold beside each other
   * @param folds null where no setting leaves rows out
   */
  SettingsTraining(
      TrainingJob job, List<Setting> settings, @Nullable Folds folds, CallSize callSize) {
    this.job = job;
    this.settings = settings;
    this.folds = folds;
    this.callSize = callSize;
    this.optimizer = (OptimizerConfig.FirstOrder) job.training().optimizer();
    this.penalty = new ColumnwisePenalty(rounded(Setting::l1), rounded(Setting::l2));
    this.shape = new ModelShape(job.features().inputs().size(), settings.size());
  }

  private double[] rounded(ToDoubleFunction<Setting> value) {
    return settings.stream().mapToDouble(value).map(job.precision()::round).toArray();
  }

  /** Trains. */
  List<TrainedSetting> run(TrainingListener listener) {
    Plan plan = PlanSelection.select(job);
    Device device = DeviceSelection.select(job.training().device(), plan);
    try (SettingSums sums = needsSums(plan) ? new SettingSums(job, folds, device) : null) {
      return run(plan, device, sums, listener);
    }
  }

  /** Whether anything is asked of the sums of squares and products. */
  private boolean needsSums(Plan plan) {
    return plan == Plan.GRAM
        || refuses()
        || (optimizer.baseLearningRate() instanceof LearningRateConfig.Auto
            && settings.stream().anyMatch(setting -> setting.learningRate() == null));
  }

  private List<TrainedSetting> run(
      Plan plan, Device device, @Nullable SettingSums sums, TrainingListener listener) {
    int maxEpochs = Math.min(job.training().epochs(), CallSize.MAX_EPOCHS);
    try (SettingsSession session = session(plan, device, sums, maxEpochs)) {
      session.compile();
      double[] learningRates = new double[settings.size()];
      boolean[] refused = new boolean[settings.size()];
      for (int i = 0; i < learningRates.length; i++) {
        learningRates[i] = learningRate(settings.get(i), sums);
        refused[i] = sums != null && refuses() && mustDiverge(settings.get(i), sums);
      }
      SettingsSession.Beginning beginning = session.begin(initial());
      double[] lossLimits = new double[settings.size()];
      for (int i = 0; i < lossLimits.length; i++) {
        lossLimits[i] =
            DescentTraining.lossLimit(
                new TrainingSession.Beginning(beginning.losses()[i], beginning.lossesOfZero()[i]),
                job.precision());
      }
      listener.onStart(plan, device.label(), job.training().epochs());
      List<StopReason> stopReasons = epochs(session, learningRates, lossLimits, listener);
      if (job.training().stop().patience() != null) {
        session.restoreBest();
      }
      List<SettingsSession.Reached> reached = session.reached();
      List<TrainedSetting> trained = new ArrayList<>();
      for (int i = 0; i < reached.size(); i++) {
        trained.add(trained(reached.get(i), stopReasons.get(i), lossLimits[i], refused[i]));
      }
      return trained;
    }
  }

  private static TrainedSetting trained(
      SettingsSession.Reached reached, StopReason reason, double lossLimit, boolean refused) {
    if (reason == StopReason.DIVERGED) {
      // The epoch that found the loss out of bounds took no step that counts.
      return diverged(reached, reached.epochs() - 1);
    }
    return refused || !(reached.loss() <= lossLimit)
        ? diverged(reached, reached.epochs())
        : new TrainedSetting(reached.weights(), reached.loss(), reached.epochs(), reason, false);
  }

  private static TrainedSetting diverged(SettingsSession.Reached reached, long epochs) {
    return new TrainedSetting(
        reached.lastGood(), Double.POSITIVE_INFINITY, epochs, StopReason.DIVERGED, true);
  }

  private SettingsSession session(
      Plan plan, Device device, @Nullable SettingSums sums, int maxEpochs) {
    if (plan == Plan.GRAM && sums != null) {
      List<Integer> foldsInOrder = new ArrayList<>();
      List<Integer> columns = new ArrayList<>();
      for (Setting setting : settings) {
        int last = foldsInOrder.size() - 1;
        if (last >= 0 && foldsInOrder.get(last) == setting.fold()) {
          columns.set(last, columns.get(last) + 1);
        } else {
          foldsInOrder.add(setting.fold());
          columns.add(1);
        }
      }
      ColumnwiseQuadraticObjective objective =
          new ColumnwiseQuadraticObjective(shape, columns, penalty, job.model().fitIntercept());
      return new SettingsSession(
          job,
          Descents.ofSettings(job, objective, penalty.l1()),
          new SettingFormsFeed(sums, settings, foldsInOrder, objective, job.precision()),
          settings.size(),
          device,
          maxEpochs);
    }
    SettingRowsFeed rows = new SettingRowsFeed(job, settings, folds);
    try (ColumnwiseRowsObjective objective =
        new ColumnwiseRowsObjective(
            shape,
            rows.shape(),
            Loss.of(job.model(), 1),
            penalty,
            job.model().fitIntercept(),
            columnFolds(),
            device.isGpu())) {
      return new SettingsSession(
          job,
          Descents.ofSettings(job, objective, penalty.l1()),
          rows,
          settings.size(),
          device,
          maxEpochs);
    }
  }

  private @Nullable ColumnFolds columnFolds() {
    if (folds == null) {
      return null;
    }
    int[] ofColumn = settings.stream().mapToInt(Setting::fold).toArray();
    if (folds.scales() == null) {
      return new ColumnFolds(ofColumn, null, null);
    }
    double[] factors = new double[shape.inputs() * shape.outputs()];
    double[] shifts = new double[factors.length];
    for (int column = 0; column < ofColumn.length; column++) {
      InputScale scale = folds.scale(ofColumn[column]);
      double[] factor = scale == null ? null : scale.factor();
      double[] shift = scale == null ? null : scale.shift();
      for (int input = 0; input < shape.inputs(); input++) {
        int at = input * ofColumn.length + column;
        factors[at] = factor == null ? 1 : factor[input];
        shifts[at] = shift == null ? 0 : shift[input];
      }
    }
    return new ColumnFolds(ofColumn, factors, shifts);
  }

  private double learningRate(Setting setting, @Nullable SettingSums sums) {
    Double own = setting.learningRate();
    if (own != null) {
      return own;
    }
    if (optimizer.baseLearningRate() instanceof LearningRateConfig.Constant rate) {
      return rate.value();
    }
    if (sums == null) {
      throw new AssertionError("a learning rate from the data has no sums");
    }
    return sums.bound(setting).automaticRate();
  }

  /** Whether a constant rate may be one that {@link Trainer} refuses. */
  private boolean refuses() {
    return optimizer instanceof OptimizerConfig.GradientDescent
        && optimizer.schedule() instanceof ScheduleConfig.Constant
        && job.model() instanceof ModelConfig.LinearRegression
        && job.model().bounds().isEmpty()
        && job.training().clipNorm() == null
        && !job.training().allowDivergence();
  }

  private boolean mustDiverge(Setting setting, SettingSums sums) {
    boolean isConstant =
        setting.learningRate() != null
            || optimizer.baseLearningRate() instanceof LearningRateConfig.Constant;
    if (setting.l1() > 0 || !isConstant) {
      return false;
    }
    double rate = learningRate(setting, sums);
    return !sums.isSurelyStable(setting, rate) && sums.bound(setting).mustDiverge(rate);
  }

  /** The parameters that each setting starts from, on the scale that it trains on. */
  private List<LinearWeights> initial() {
    LinearWeights initial = Trainer.initial(job);
    // What an initializer draws or says is on any scale as it is; a start is on the job's.
    if (job.start() == null || folds == null) {
      return Collections.nCopies(settings.size(), initial);
    }
    double[] shared = Arrays.copyOf(initial.weights(), shape.inputs() + 1);
    shared[shape.inputs()] = initial.intercept(0);
    List<LinearWeights> own = new ArrayList<>();
    for (Setting setting : settings) {
      InputScale scale = folds.scale(setting.fold());
      if (scale == null) {
        own.add(initial);
        continue;
      }
      double[] moved = scale.fromShared(shared);
      own.add(
          new LinearWeights(
              initial.inputs(),
              initial.outputs(),
              Arrays.copyOf(moved, shape.inputs()),
              new double[] {job.model().fitIntercept() ? moved[shape.inputs()] : 0}));
    }
    return own;
  }

  /** Runs the loop, call after call, until all have ended; why each has. */
  private List<StopReason> epochs(
      SettingsSession session,
      double[] learningRates,
      double[] lossLimits,
      TrainingListener listener) {
    long epochs = job.training().epochs();
    Double maxSeconds = job.training().stop().maxSeconds();
    long start = System.nanoTime();
    double seconds = 0;
    long done = 0;
    long next = callSize.first();
    while (true) {
      long count = Math.min(next, Math.min(epochs - done, CallSize.MAX_EPOCHS));
      SettingsSession.Call call = session.run(count, learningRates, lossLimits);
      double now = (System.nanoTime() - start) / 1e9;
      int ran = call.losses().length;
      next = callSize.next(ran, now - seconds);
      seconds = now;
      listener.onEpochs(done + 1, call.losses());
      done += ran;
      if (!call.isRunning() || done == epochs) {
        return stopReasons(call.statuses(), StopReason.EPOCHS_DONE);
      }
      if (listener.isCancelled() || Thread.currentThread().isInterrupted()) {
        return stopReasons(call.statuses(), StopReason.CANCELLED);
      }
      if (maxSeconds != null && now >= maxSeconds) {
        return stopReasons(call.statuses(), StopReason.MAX_SECONDS);
      }
    }
  }

  /**
   * Why each setting ended.
   *
   * @param ofRunning what ended those that no rule of theirs has
   */
  private static List<StopReason> stopReasons(List<LoopStatus> statuses, StopReason ofRunning) {
    return statuses.stream()
        .map(
            status ->
                switch (status) {
                  case RUNNING -> ofRunning;
                  case DIVERGED -> StopReason.DIVERGED;
                  default -> StopReason.of(status);
                })
        .toList();
  }
}
