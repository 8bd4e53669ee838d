package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** Adds the parts of a {@link TrainingGraph} between the variables that they share. */
final class TrainingGraphBuilder<T extends TFloating> {
  private final Ops tf;
  private final Class<T> type;
  private final Descent descent;
  private final RowsSource<T> rows;
  private final List<Operand<T>> validationSource;
  private final StateStore<T> store;
  private final List<Variable<T>> data;

  /** Empty where it comes with each call. */
  private final List<Variable<T>> validationData;

  /**
   * What the parts of an epoch add up to: the loss, and where its gradients are summed those; empty
   * where epochs come whole.
   */
  private final List<Variable<T>> sums;

  TrainingGraphBuilder(
      Ops tf,
      Class<T> type,
      Descent descent,
      RowsSource<T> rows,
      List<Operand<T>> validationSource,
      int maxEpochsPerCall) {
    this.tf = tf;
    this.type = type;
    this.descent = descent;
    this.rows = rows;
    this.validationSource = validationSource;
    this.store = StateStore.create(tf, type, descent.each(), descent.layout(maxEpochsPerCall));
    this.data =
        rows instanceof RowsSource.Resident
            ? Variable.createAll(tf, "data", type, descent.objective().dataShapes())
            : List.of();
    this.validationData =
        descent.validation() instanceof GivenObjective
            ? List.of()
            : Variable.createAll(
                tf, "validation", type, validationSource.stream().map(Operand::shape).toList());
    List<Shape> summed = new ArrayList<>();
    if (rows instanceof RowsSource.Parts) {
      summed.add(Shape.scalar());
      summed.addAll(descent.summed() ? descent.parameterShapes() : List.of());
    }
    this.sums = Variable.createAll(tf, "sum", type, summed);
  }

  TrainingGraph.Start<T> start() {
    Placeholder<T> weights = input(type, descent.objective().model().weights());
    Placeholder<T> intercepts = input(type, descent.objective().model().intercepts());
    List<Operand<T>> parameters = List.of(weights, intercepts);
    List<Op> ops = new ArrayList<>(store.begin(tf, descent, parameters));
    if (!validationData.isEmpty()) {
      ops.addAll(Variable.assignAll(tf, validationData, validationSource));
    }
    TrainingGraph.StartLosses<T> losses = null;
    if (rows instanceof RowsSource.Resident<T> resident) {
      ops.addAll(Variable.assignAll(tf, data, resident.data()));
      List<Operand<T>> zeros = List.of(tf.zerosLike(weights), tf.zerosLike(intercepts));
      losses =
          new TrainingGraph.StartLosses<>(
              descent.objective().loss(tf, parameters, resident.data()),
              descent.objective().loss(tf, zeros, resident.data()));
    }
    ops.addAll(clearSums(tf));
    return new TrainingGraph.Start<>(weights, intercepts, ops, losses);
  }

  TrainingGraph.Epochs<T> epochs() {
    Placeholder<TInt64> count = input(TInt64.class, Shape.scalar());
    Placeholder<T> learningRate = input(type, Shape.scalar());
    Placeholder<T> lossLimit = input(type, Shape.scalar());
    Placeholder<TInt64> dataEpoch =
        rows instanceof RowsSource.WholeEpochs ? input(TInt64.class, Shape.scalar()) : null;
    LoopState<T> before = store.read(tf);
    LoopInputs<T> inputs =
        new LoopInputs<>(
            before.epoch(),
            tf.math.add(before.epoch(), count),
            dataEpoch == null ? before.epoch() : dataEpoch,
            lossLimit,
            learningRate,
            dataOfCall(),
            validationDataOfCall());
    // XLA scatters slowly, and an epoch's end alone isn't worth being compiled.
    LoopState<T> after =
        isSparse()
            ? body().add(tf, before, inputs)
            : new EpochLoop<>(body(), store.layout(), !descent.objective().isCompiled(), type)
                .add(tf, before, inputs);
    List<Op> ops = new ArrayList<>(store.keep(tf, after));
    // Only once the epoch's end has read them.
    ops.addAll(clearSums(tf.withControlDependencies(ops)));
    Operand<TInt64> ran = tf.math.sub(after.epoch(), before.epoch());
    return new TrainingGraph.Epochs<>(
        count,
        dataEpoch,
        learningRate,
        lossLimit,
        head(after.scalar(StateGroup.LOSSES), ran),
        after.has(StateGroup.RATES) ? head(after.scalar(StateGroup.RATES), ran) : null,
        after.has(StateGroup.VALIDATION_LOSSES)
            ? head(after.scalar(StateGroup.VALIDATION_LOSSES), ran)
            : null,
        after.status(),
        ops);
  }

  private boolean isSparse() {
    return descent.objective() instanceof SparseObjective;
  }

  private EpochBody<T> body() {
    Batches batches = descent.batches();
    if (batches == null) {
      return new Epoch.Body<>(descent);
    }
    if (descent.summed()) {
      return new Epoch.Summed<>(
          descent,
          descent.objective() instanceof SparseObjective sparse ? sparse.penalty() : Penalty.NONE);
    }
    return sums.isEmpty()
        ? new BatchEpoch.Whole<>(descent, batches)
        : new BatchEpoch.End<>(descent);
  }

  private List<Operand<T>> dataOfCall() {
    if (rows instanceof RowsSource.WholeEpochs<T> whole) {
      return List.of(whole.packed());
    }
    return Variable.readAll(tf, sums.isEmpty() ? data : sums);
  }

  private List<Operand<T>> validationDataOfCall() {
    return validationData.isEmpty() ? validationSource : Variable.readAll(tf, validationData);
  }

  private List<Op> clearSums(Ops when) {
    List<Op> ops = new ArrayList<>();
    for (Variable<T> sum : sums) {
      ops.add(sum.assign(when, when.zeros(when.constant(sum.shape().asArray()), type)));
    }
    return ops;
  }

  /** Null where rows aren't sparse, or an epoch is one step. */
  @Nullable SparseSteps<T> sparseSteps() {
    if (!(rows instanceof RowsSource.Parts<T> parts) || !isSparse() || descent.summed()) {
      return null;
    }
    return new SparseSteps<>(
        tf, descent, Objects.requireNonNull(descent.batches()), store, sums.get(0), parts.packed());
  }

  /** Null where epochs come whole, or their steps are those of {@link #sparseSteps}. */
  TrainingGraph.@Nullable Steps<T> steps() {
    if (!(rows instanceof RowsSource.Parts<T> parts) || (isSparse() && !descent.summed())) {
      return null;
    }
    Batches batches = Objects.requireNonNull(descent.batches());
    Placeholder<TInt32> first = input(TInt32.class, Shape.scalar());
    Placeholder<TInt32> end = input(TInt32.class, Shape.scalar());
    Placeholder<T> learningRate = input(type, Shape.scalar());
    Placeholder<T> lossLimit = input(type, Shape.scalar());
    if (descent.summed()) {
      List<Op> added = addToSums(batches, parts.packed(), end);
      return new TrainingGraph.Steps<>(first, end, learningRate, lossLimit, added);
    }
    BatchLoop.Steps<T> after =
        new BatchLoop<>(descent, batches, type)
            .add(
                tf,
                new BatchLoop.Steps<>(
                    sums.get(0).read(tf),
                    new Parameters<>(
                        store.read(tf, StateGroup.PARAMETERS), store.read(tf, StateGroup.SLOTS))),
                new BatchLoop.Visit<>(
                    store.epoch().read(tf), first, end, tf.constant(0), parts.packed()),
                learningRate,
                lossLimit,
                store.read(tf, StateGroup.SCHEDULE));
    List<Op> ops = new ArrayList<>();
    ops.add(sums.get(0).assign(tf, after.loss()));
    ops.addAll(
        Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), after.parameters().values()));
    ops.addAll(Variable.assignAll(tf, store.group(StateGroup.SLOTS), after.parameters().slots()));
    return new TrainingGraph.Steps<>(first, end, learningRate, lossLimit, ops);
  }

  /** Adds one batch's objective and gradients, each times the batch's share, to the sums. */
  private List<Op> addToSums(Batches batches, Operand<T> packed, Operand<TInt32> end) {
    // The sparse objective's penalty has all weights: it is added once, at the epoch's end.
    Objective.Evaluation<T> here =
        descent.objective() instanceof SparseObjective sparse
            ? sparse
                .withoutPenalty()
                .evaluate(tf, store.read(tf, StateGroup.PARAMETERS), batches.unpack(tf, packed))
            : descent
                .objective()
                .evaluate(
                    tf, store.read(tf, StateGroup.PARAMETERS), batches.unpackAround(tf, packed));
    Operand<T> share =
        tf.select(
            tf.math.equal(end, tf.constant(batches.steps())),
            Constants.scalar(tf, batches.share(true), type),
            Constants.scalar(tf, batches.share(false), type));
    List<Operand<T>> terms = new ArrayList<>(List.of(here.loss()));
    terms.addAll(here.gradients());
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      Operand<T> added = tf.math.add(sums.get(i).read(tf), tf.math.mul(share, terms.get(i)));
      ops.add(sums.get(i).assign(tf, added));
    }
    return ops;
  }

  TrainingGraph.Result<T> result() {
    List<Operand<T>> parameters = store.read(tf, StateGroup.PARAMETERS);
    Operand<T> loss =
        rows instanceof RowsSource.Resident
            ? descent.objective().loss(tf, parameters, Variable.readAll(tf, data))
            : null;
    List<Operand<T>> best = new ArrayList<>(store.read(tf, StateGroup.BEST));
    List<Op> restoreBest = new ArrayList<>();
    if (!best.isEmpty()) {
      best.remove(1);
      restoreBest.addAll(
          Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), best.subList(1, best.size())));
    }
    return new TrainingGraph.Result<>(
        parameters,
        store.read(tf, StateGroup.LAST_GOOD),
        loss,
        loss == null ? null : watched(parameters, loss),
        best,
        restoreBest);
  }

  private Operand<T> watched(List<Operand<T>> parameters, Operand<T> loss) {
    Objective validation = descent.validation();
    return validation == null ? loss : validation.loss(tf, parameters, validationDataOfCall());
  }

  TrainingGraph.Prediction<T> prediction(FittedFeatures encoding) {
    Placeholder<T> rawBlock = input(type, Shape.of(Shape.UNKNOWN_SIZE, encoding.columns().size()));
    List<Operand<T>> parameters = store.read(tf, StateGroup.PARAMETERS);
    return new TrainingGraph.Prediction<>(
        rawBlock, ForwardPass.score(tf, encoding, rawBlock, parameters.get(0), parameters.get(1)));
  }

  LastingState<T> lasting() {
    return new LastingState<>(tf, store);
  }

  private Operand<T> head(Operand<T> values, Operand<TInt64> length) {
    return tf.slice(values, tf.constant(new long[] {0}), tf.stack(List.of(length)));
  }

  private <U extends TType> Placeholder<U> input(Class<U> of, Shape shape) {
    return tf.placeholder(of, Placeholder.shape(shape));
  }
}
