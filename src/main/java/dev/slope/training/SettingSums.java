package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.data.Background;
import dev.slope.graph.Loss;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.LearningRateBound;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.QuadraticForm;
import dev.slope.training.secondorder.SymmetricMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sums of squares and products of the rows tell of each setting. One pass over the rows
 * has those of every fold; the rows outside a fold are the merged others, which costs no more than
 * to take the fold's sums from the whole, and cancels nothing.
 */
final class SettingSums implements AutoCloseable {
  private final TrainingJob job;
  private final @Nullable Folds folds;
  private final GramPass pass;
  private final Background<List<GramSums>> sums;
  private final Map<Rows, LearningRateBound> bounds = new HashMap<>();

  /**
   * Begins the pass over the rows on another thread.
   *
   * @param folds null where no setting leaves rows out
   */
  SettingSums(TrainingJob job, @Nullable Folds folds, Device device) {
    this.job = job;
    this.folds = folds;
    this.pass = new GramPass(job, device);
    this.sums = new Background<>("slope-sums", this::measure);
  }

  /** What a bound of the learning rate depends on. */
  private record Rows(int fold, double l2, boolean hasL1) {}

  /** Those outside each fold, on its scale; those of all rows at the end. */
  private List<GramSums> measure() {
    if (folds == null) {
      return List.of(pass.sums());
    }
    List<GramSums> each = pass.sums(folds);
    int count = folds.count();
    GramSums none = GramSums.empty(each.get(0).inputs(), each.get(0).outputs());
    List<GramSums> after = new ArrayList<>(List.of(none));
    for (int fold = count - 1; fold >= 0; fold--) {
      after.add(0, each.get(fold).merge(after.get(0)));
    }
    List<GramSums> outside = new ArrayList<>();
    GramSums before = none;
    for (int fold = 0; fold < count; fold++) {
      GramSums others = before.merge(after.get(fold + 1));
      InputScale scale = folds.scale(fold);
      outside.add(scale == null ? others : others.scaled(scale.factor(), scale.shift()));
      before = before.merge(each.get(fold));
    }
    outside.add(before);
    return outside;
  }

  /** The sums over the rows that a setting trains on, on the scale that it trains on. */
  GramSums of(int fold) {
    List<GramSums> all = sums.get();
    return all.get(fold == Setting.ALL_ROWS ? all.size() - 1 : fold);
  }

  /** The Hessian of the squared loss without a penalty. */
  SymmetricMatrix hessian(int fold) {
    return LearningRateBound.hessian(of(fold), job.model().fitIntercept(), 0);
  }

  /** How long the steps of a setting may be; only where the curvature of the loss is bounded. */
  LearningRateBound bound(Setting setting) {
    return bounds.computeIfAbsent(
        new Rows(setting.fold(), setting.l2(), setting.l1() > 0), this::bound);
  }

  private LearningRateBound bound(Rows rows) {
    boolean fitIntercept = job.model().fitIntercept();
    return job.model() instanceof ModelConfig.LinearRegression
        ? LearningRateBound.ofSquaredLoss(of(rows.fold()), fitIntercept, rows.l2(), rows.hasL1())
        : LearningRateBound.ofCurvature(
            of(rows.fold()),
            fitIntercept,
            rows.l2(),
            Loss.of(job.model(), 1).curvatureBound().orElseThrow());
  }

  /** Whether it is sure, without the eigenvalues, that a rate doesn't diverge on squared loss. */
  boolean isSurelyStable(Setting setting, double learningRate) {
    SymmetricMatrix hessian = hessian(setting.fold());
    double trace = setting.l2() * of(setting.fold()).inputs();
    for (int i = 0; i < hessian.size(); i++) {
      trace += hessian.get(i, i);
    }
    return learningRate < 2 / trace;
  }

  /** The squared loss of each setting as a quadratic form. */
  List<QuadraticForm> forms(List<Setting> settings) {
    List<Rows> rows = settings.stream().map(SettingSums::rowsOfForm).toList();
    List<Rows> distinct = rows.stream().distinct().toList();
    List<QuadraticForm> forms = new ArrayList<>();
    sums.get();
    try (InOrder<QuadraticForm> threads = new InOrder<>(forms::add)) {
      distinct.forEach(each -> threads.add(() -> form(each)));
      threads.finish();
    }
    return rows.stream().map(each -> forms.get(distinct.indexOf(each))).toList();
  }

  /** The form has no part of l1. */
  private static Rows rowsOfForm(Setting setting) {
    return new Rows(setting.fold(), setting.l2(), false);
  }

  private QuadraticForm form(Rows rows) {
    ModelConfig model = job.model();
    GramSums of = of(rows.fold());
    LeastSquares solution =
        LeastSquares.solve(of, InputNames.of(job.features()), rows.l2(), model.fitIntercept());
    double[] residuals =
        of.squaredResiduals(solution.parameters())
            .orElseGet(() -> squaredResiduals(solution.parameters(), rows.fold()));
    return QuadraticForm.of(of, solution, residuals, rows.l2(), model.fitIntercept());
  }

  private double[] squaredResiduals(double[] parameters, int fold) {
    if (folds == null || fold == Setting.ALL_ROWS) {
      return pass.squaredResiduals(parameters);
    }
    InputScale scale = folds.scale(fold);
    return pass.squaredResiduals(
        scale == null ? parameters : scale.toShared(parameters), folds, fold);
  }

  /** Waits for the pass over the rows. Idempotent. */
  @Override
  public void close() {
    sums.close();
    pass.close();
  }
}
