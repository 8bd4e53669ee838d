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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** Adds the parts of a {@link TrainingGraph} between the variables that they share. */
final class TrainingGraphBuilder {
  private final Ops tf;
  private final Descent descent;
  private final RowsSource rows;
  private final List<Operand<TFloat32>> validationSource;
  private final StateStore store;
  private final List<Variable<TFloat32>> data;
  private final List<Variable<TFloat32>> validationData;

  /** The sum of the losses of an epoch's steps so far; null where epochs come whole. */
  private final @Nullable Variable<TFloat32> partialLoss;

  TrainingGraphBuilder(
      Ops tf,
      Descent descent,
      RowsSource rows,
      List<Operand<TFloat32>> validationSource,
      int maxEpochsPerCall) {
    this.tf = tf;
    this.descent = descent;
    this.rows = rows;
    this.validationSource = validationSource;
    this.store = StateStore.create(tf, descent.layout(maxEpochsPerCall));
    this.data =
        rows instanceof RowsSource.Resident
            ? Variable.createAll(tf, "data", descent.objective().dataShapes())
            : List.of();
    this.validationData =
        Variable.createAll(
            tf, "validation", validationSource.stream().map(Operand::shape).toList());
    this.partialLoss =
        rows instanceof RowsSource.Parts
            ? Variable.create(tf, "partial_loss", TFloat32.class, Shape.scalar())
            : null;
  }

  TrainingGraph.Start start() {
    Placeholder<TFloat32> weights = input(TFloat32.class, descent.objective().model().weights());
    Placeholder<TFloat32> intercepts =
        input(TFloat32.class, descent.objective().model().intercepts());
    List<Operand<TFloat32>> parameters = List.of(weights, intercepts);
    List<Op> ops = new ArrayList<>(store.begin(tf, descent, parameters));
    ops.addAll(Variable.assignAll(tf, validationData, validationSource));
    TrainingGraph.StartLosses losses = null;
    if (rows instanceof RowsSource.Resident resident) {
      ops.addAll(Variable.assignAll(tf, data, resident.data()));
      List<Operand<TFloat32>> zeros = List.of(tf.zerosLike(weights), tf.zerosLike(intercepts));
      losses =
          new TrainingGraph.StartLosses(
              descent.objective().loss(tf, parameters, resident.data()),
              descent.objective().loss(tf, zeros, resident.data()));
    }
    if (partialLoss != null) {
      ops.add(partialLoss.assign(tf, tf.constant(0f)));
    }
    return new TrainingGraph.Start(weights, intercepts, ops, losses);
  }

  TrainingGraph.Epochs epochs() {
    Placeholder<TInt64> count = input(TInt64.class, Shape.scalar());
    Placeholder<TFloat32> learningRate = input(TFloat32.class, Shape.scalar());
    Placeholder<TFloat32> lossLimit = input(TFloat32.class, Shape.scalar());
    Placeholder<TInt64> dataEpoch =
        rows instanceof RowsSource.WholeEpochs ? input(TInt64.class, Shape.scalar()) : null;
    LoopState before = store.read(tf);
    LoopState after =
        new EpochLoop(body(), store.layout())
            .add(
                tf,
                before,
                new LoopInputs(
                    before.epoch(),
                    tf.math.add(before.epoch(), count),
                    dataEpoch == null ? before.epoch() : dataEpoch,
                    lossLimit,
                    learningRate,
                    dataOfCall(),
                    Variable.readAll(tf, validationData)));
    List<Op> ops = new ArrayList<>(store.keep(tf, after));
    if (partialLoss != null) {
      // Only once the epoch's end has read it.
      ops.add(partialLoss.assign(tf.withControlDependencies(after.epoch()), tf.constant(0f)));
    }
    Operand<TInt64> ran = tf.math.sub(after.epoch(), before.epoch());
    return new TrainingGraph.Epochs(
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

  private EpochBody body() {
    Batches batches = descent.batches();
    if (batches == null) {
      return new Epoch.Body(descent);
    }
    return partialLoss == null
        ? new BatchEpoch.Whole(descent, batches)
        : new BatchEpoch.End(descent);
  }

  private List<Operand<TFloat32>> dataOfCall() {
    if (rows instanceof RowsSource.WholeEpochs whole) {
      return List.of(whole.packed());
    }
    return partialLoss == null ? Variable.readAll(tf, data) : List.of(partialLoss.read(tf));
  }

  /** Null where epochs come whole. */
  TrainingGraph.@Nullable Steps steps() {
    if (!(rows instanceof RowsSource.Parts parts)) {
      return null;
    }
    Variable<TFloat32> sum = Objects.requireNonNull(partialLoss);
    Placeholder<TInt32> first = input(TInt32.class, Shape.scalar());
    Placeholder<TInt32> end = input(TInt32.class, Shape.scalar());
    Placeholder<TFloat32> learningRate = input(TFloat32.class, Shape.scalar());
    Placeholder<TFloat32> lossLimit = input(TFloat32.class, Shape.scalar());
    BatchLoop.Steps after =
        new BatchLoop(descent, Objects.requireNonNull(descent.batches()))
            .add(
                tf,
                new BatchLoop.Steps(
                    sum.read(tf),
                    new Parameters(
                        store.read(tf, StateGroup.PARAMETERS), store.read(tf, StateGroup.SLOTS))),
                new BatchLoop.Visit(
                    store.epoch().read(tf), first, end, tf.constant(0), parts.packed()),
                learningRate,
                lossLimit,
                store.read(tf, StateGroup.SCHEDULE));
    List<Op> ops = new ArrayList<>();
    ops.add(sum.assign(tf, after.loss()));
    ops.addAll(
        Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), after.parameters().values()));
    ops.addAll(Variable.assignAll(tf, store.group(StateGroup.SLOTS), after.parameters().slots()));
    return new TrainingGraph.Steps(first, end, learningRate, lossLimit, ops);
  }

  TrainingGraph.Result result() {
    List<Operand<TFloat32>> parameters = store.read(tf, StateGroup.PARAMETERS);
    Operand<TFloat32> loss =
        rows instanceof RowsSource.Resident
            ? descent.objective().loss(tf, parameters, Variable.readAll(tf, data))
            : null;
    List<Operand<TFloat32>> best = new ArrayList<>(store.read(tf, StateGroup.BEST));
    List<Op> restoreBest = new ArrayList<>();
    if (!best.isEmpty()) {
      best.remove(1);
      restoreBest.addAll(
          Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), best.subList(1, best.size())));
    }
    return new TrainingGraph.Result(
        parameters,
        store.read(tf, StateGroup.LAST_GOOD),
        loss,
        loss == null ? null : watched(parameters, loss),
        best,
        restoreBest);
  }

  private Operand<TFloat32> watched(List<Operand<TFloat32>> parameters, Operand<TFloat32> loss) {
    Objective validation = descent.validation();
    return validation == null
        ? loss
        : validation.loss(tf, parameters, Variable.readAll(tf, validationData));
  }

  TrainingGraph.Prediction prediction(FittedFeatures encoding) {
    Placeholder<TFloat32> rawBlock =
        input(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, encoding.columns().size()));
    List<Operand<TFloat32>> parameters = store.read(tf, StateGroup.PARAMETERS);
    return new TrainingGraph.Prediction(
        rawBlock, ForwardPass.score(tf, encoding, rawBlock, parameters.get(0), parameters.get(1)));
  }

  private Operand<TFloat32> head(Operand<TFloat32> values, Operand<TInt64> length) {
    return tf.slice(values, tf.constant(new long[] {0}), tf.stack(List.of(length)));
  }

  private <T extends TType> Placeholder<T> input(Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
