package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

/**
 * Everything a training in the compiled loop runs, added to a graph that its caller owns: data and
 * state in resource variables, the epoch loop between them, and what reads the result.
 *
 * @param start sets data and parameters, once
 * @param epochs runs epochs
 * @param result reads what training has reached
 * @param prediction scores any rows
 * @param lasting what checkpoints hold
 */
public record TrainingGraph(
    Start start, Epochs epochs, Result result, Prediction prediction, LastingState lasting) {

  /**
   * Data and parameters before the first epoch, in one run with what feeds the data.
   *
   * <p>The data come all at once: a variable that was ever written in part is copied whenever it is
   * read, which would cost a pass over the data in every call of the loop.
   *
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @param store keeps the data and the parameters; everything else in the state begins anew
   * @param loss of these parameters
   * @param lossOfZero the loss of a model whose scores are 0
   */
  public record Start(
      Placeholder<TFloat32> weights,
      Placeholder<TFloat32> intercepts,
      List<Op> store,
      Operand<TFloat32> loss,
      Operand<TFloat32> lossOfZero) {}

  /**
   * One call of the epoch loop.
   *
   * @param count how many epochs to run, at most as many as the graph was built for; a scalar
   * @param learningRate a scalar
   * @param lossLimit the largest loss that is no divergence; a scalar
   * @param losses one for each epoch that ran, of the weights it started from
   * @param rates the learning rate of each epoch that ran; null where it never changes
   * @param validationLosses the validation rows' loss of each epoch that ran; null without them
   * @param status the code of a {@link LoopStatus}
   * @param store keeps the state for the next call
   */
  public record Epochs(
      Placeholder<TInt64> count,
      Placeholder<TFloat32> learningRate,
      Placeholder<TFloat32> lossLimit,
      Operand<TFloat32> losses,
      @Nullable Operand<TFloat32> rates,
      @Nullable Operand<TFloat32> validationLosses,
      Operand<TInt32> status,
      List<Op> store) {}

  /**
   * What training has reached.
   *
   * @param parameters weights {@code [inputs, outputs]} and intercepts {@code [outputs]}
   * @param lastGood those of the last epoch with a loss within bounds
   * @param loss of the parameters
   * @param watched the loss that patience watches, of the parameters
   * @param best the lowest loss that patience has watched, and its weights and intercepts; empty
   *     where there is no patience
   * @param restoreBest makes the best parameters the present ones
   */
  public record Result(
      List<Operand<TFloat32>> parameters,
      List<Operand<TFloat32>> lastGood,
      Operand<TFloat32> loss,
      Operand<TFloat32> watched,
      List<Operand<TFloat32>> best,
      List<Op> restoreBest) {}

  /**
   * The forward pass, as it is served.
   *
   * @param rawBlock raw columns, {@code [any, columns]}
   * @param scores {@code [any, outputs]}, without offsets
   */
  public record Prediction(Placeholder<TFloat32> rawBlock, Operand<TFloat32> scores) {}

  /**
   * Adds the graph.
   *
   * @param tf where the ops go; its device is theirs
   * @param data what the objective is computed from, from placeholders that the caller feeds
   * @param validationData the same of the validation rows; empty where there are none
   * @param maxEpochsPerCall the most epochs of one call; it costs four bytes each
   */
  public static TrainingGraph build(
      Ops tf,
      FittedFeatures encoding,
      Descent descent,
      List<Operand<TFloat32>> data,
      List<Operand<TFloat32>> validationData,
      int maxEpochsPerCall) {
    Store store =
        Store.create(
            tf, descent, new EpochLoop(descent, maxEpochsPerCall).layout(), validationData);
    return new TrainingGraph(
        start(tf, descent, store, data, validationData),
        epochs(tf, descent, store, maxEpochsPerCall),
        result(tf, descent, store),
        prediction(tf, encoding, store),
        new LastingState(tf, store.epoch(), store.state()));
  }

  /** The variables that live from call to call. */
  private record Store(
      Variable<TInt64> epoch,
      Map<StateGroup, List<Variable<TFloat32>>> state,
      List<Variable<TFloat32>> data,
      List<Variable<TFloat32>> validationData) {

    static Store create(
        Ops tf,
        Descent descent,
        Map<StateGroup, List<Shape>> layout,
        List<Operand<TFloat32>> validationData) {
      Map<StateGroup, List<Variable<TFloat32>>> state = new EnumMap<>(StateGroup.class);
      layout.forEach(
          (group, shapes) -> {
            if (group.isLasting()) {
              state.put(group, all(tf, group.name(), shapes));
            }
          });
      List<Shape> validationShapes = new ArrayList<>();
      for (Operand<TFloat32> operand : validationData) {
        validationShapes.add(operand.shape());
      }
      return new Store(
          Variable.create(tf, "epoch", TInt64.class, Shape.scalar()),
          state,
          all(tf, "data", descent.objective().dataShapes()),
          all(tf, "validation", validationShapes));
    }

    List<Variable<TFloat32>> group(StateGroup group) {
      return state.getOrDefault(group, List.of());
    }

    private static List<Variable<TFloat32>> all(Ops tf, String name, List<Shape> shapes) {
      List<Variable<TFloat32>> variables = new ArrayList<>();
      for (Shape shape : shapes) {
        variables.add(Variable.create(tf, name + "_" + variables.size(), TFloat32.class, shape));
      }
      return variables;
    }
  }

  private static Start start(
      Ops tf,
      Descent descent,
      Store store,
      List<Operand<TFloat32>> data,
      List<Operand<TFloat32>> validationData) {
    Placeholder<TFloat32> weights =
        input(tf, TFloat32.class, descent.objective().model().weights());
    Placeholder<TFloat32> intercepts =
        input(tf, TFloat32.class, descent.objective().model().intercepts());
    List<Operand<TFloat32>> parameters = List.of(weights, intercepts);
    List<Op> ops = new ArrayList<>();
    assignAll(tf, store.data(), data, ops);
    assignAll(tf, store.validationData(), validationData, ops);
    ops.add(store.epoch().assign(tf, tf.constant(0L)));
    store
        .state()
        .forEach(
            (group, variables) ->
                assignAll(tf, variables, first(tf, descent, group, parameters), ops));
    List<Operand<TFloat32>> zeros = List.of(tf.zerosLike(weights), tf.zerosLike(intercepts));
    return new Start(
        weights,
        intercepts,
        ops,
        descent.objective().loss(tf, parameters, data),
        descent.objective().loss(tf, zeros, data));
  }

  /** What a group holds before the first epoch. */
  private static List<Operand<TFloat32>> first(
      Ops tf, Descent descent, StateGroup group, List<Operand<TFloat32>> parameters) {
    return switch (group) {
      case PARAMETERS, LAST_GOOD -> parameters;
      case SLOTS -> firstSlots(tf, descent);
      case SCHEDULE -> constants(tf, descent.schedule().initialState());
      case SEARCH_RATE -> constants(tf, descent.lineSearch() ? LINE_SEARCH_START : NOTHING);
      case PREVIOUS_LOSS ->
          constants(tf, descent.stops().minRelProgress() == null ? NOTHING : INFINITY);
      case BEST -> {
        List<Operand<TFloat32>> best = new ArrayList<>(constants(tf, INFINITY));
        best.addAll(constants(tf, new float[] {0}));
        best.addAll(parameters);
        yield best;
      }
      case LOSSES, RATES, VALIDATION_LOSSES ->
          throw new AssertionError(group + " begins anew in each call");
    };
  }

  private static final float[] NOTHING = {};
  private static final float[] INFINITY = {Float.POSITIVE_INFINITY};

  /** BigQuery ML's initial rate of a line search. */
  private static final float[] LINE_SEARCH_START = {0.1f};

  private static List<Operand<TFloat32>> firstSlots(Ops tf, Descent descent) {
    List<Operand<TFloat32>> slots = new ArrayList<>();
    for (Shape shape : descent.parameterShapes()) {
      for (int slot = 0; slot < descent.rule().slotsPerParameter(); slot++) {
        slots.add(filled(tf, shape, descent.rule().initialSlot(slot)));
      }
    }
    return slots;
  }

  private static List<Operand<TFloat32>> constants(Ops tf, float[] values) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (float value : values) {
      constants.add(tf.constant(value));
    }
    return constants;
  }

  private static Epochs epochs(Ops tf, Descent descent, Store store, int maxEpochsPerCall) {
    EpochLoop loop = new EpochLoop(descent, maxEpochsPerCall);
    Placeholder<TInt64> count = input(tf, TInt64.class, Shape.scalar());
    Placeholder<TFloat32> learningRate = input(tf, TFloat32.class, Shape.scalar());
    Placeholder<TFloat32> lossLimit = input(tf, TFloat32.class, Shape.scalar());
    Operand<TInt64> firstEpoch = store.epoch().read(tf);
    Map<StateGroup, List<Operand<TFloat32>>> groups = new EnumMap<>(StateGroup.class);
    loop.layout()
        .forEach(
            (group, shapes) ->
                groups.put(
                    group, group.isLasting() ? read(tf, store.group(group)) : blank(tf, shapes)));
    LoopState after =
        loop.add(
            tf,
            new LoopState(firstEpoch, tf.constant(LoopStatus.RUNNING.code()), groups),
            new LoopInputs(
                firstEpoch,
                tf.math.add(firstEpoch, count),
                lossLimit,
                learningRate,
                read(tf, store.data()),
                read(tf, store.validationData())));
    List<Op> ops = new ArrayList<>();
    ops.add(store.epoch().assign(tf, after.epoch()));
    store.state().forEach((group, variables) -> assignAll(tf, variables, after.group(group), ops));
    Operand<TInt64> ran = tf.math.sub(after.epoch(), firstEpoch);
    return new Epochs(
        count,
        learningRate,
        lossLimit,
        head(tf, after.scalar(StateGroup.LOSSES), ran),
        after.has(StateGroup.RATES) ? head(tf, after.scalar(StateGroup.RATES), ran) : null,
        after.has(StateGroup.VALIDATION_LOSSES)
            ? head(tf, after.scalar(StateGroup.VALIDATION_LOSSES), ran)
            : null,
        after.status(),
        ops);
  }

  private static Result result(Ops tf, Descent descent, Store store) {
    List<Operand<TFloat32>> parameters = read(tf, store.group(StateGroup.PARAMETERS));
    Operand<TFloat32> loss = descent.objective().loss(tf, parameters, read(tf, store.data()));
    List<Operand<TFloat32>> best = new ArrayList<>(read(tf, store.group(StateGroup.BEST)));
    List<Op> restoreBest = new ArrayList<>();
    if (!best.isEmpty()) {
      best.remove(1);
      assignAll(tf, store.group(StateGroup.PARAMETERS), best.subList(1, best.size()), restoreBest);
    }
    Objective validation = descent.validation();
    return new Result(
        parameters,
        read(tf, store.group(StateGroup.LAST_GOOD)),
        loss,
        validation == null
            ? loss
            : validation.loss(tf, parameters, read(tf, store.validationData())),
        best,
        restoreBest);
  }

  private static Prediction prediction(Ops tf, FittedFeatures encoding, Store store) {
    Placeholder<TFloat32> rawBlock =
        input(tf, TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, encoding.columns().size()));
    List<Operand<TFloat32>> parameters = read(tf, store.group(StateGroup.PARAMETERS));
    return new Prediction(
        rawBlock, ForwardPass.score(tf, encoding, rawBlock, parameters.get(0), parameters.get(1)));
  }

  private static Operand<TFloat32> head(Ops tf, Operand<TFloat32> values, Operand<TInt64> length) {
    return tf.slice(values, tf.constant(new long[] {0}), tf.stack(List.of(length)));
  }

  private static void assignAll(
      Ops tf, List<Variable<TFloat32>> variables, List<Operand<TFloat32>> values, List<Op> ops) {
    for (int i = 0; i < variables.size(); i++) {
      ops.add(variables.get(i).assign(tf, values.get(i)));
    }
  }

  private static List<Operand<TFloat32>> read(Ops tf, List<Variable<TFloat32>> variables) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (Variable<TFloat32> variable : variables) {
      values.add(variable.read(tf));
    }
    return values;
  }

  private static List<Operand<TFloat32>> blank(Ops tf, List<Shape> shapes) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (Shape shape : shapes) {
      values.add(filled(tf, shape, 0));
    }
    return values;
  }

  private static Operand<TFloat32> filled(Ops tf, Shape shape, float value) {
    return tf.fill(tf.constant(shape.asArray()), tf.constant(value));
  }

  private static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
