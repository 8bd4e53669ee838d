package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Everything a training in the compiled loop runs, added to a graph that its caller owns: data and
 * state in resource variables, the epoch loop between them, and what reads the result.
 *
 * @param start sets data and parameters, once
 * @param epochs runs epochs
 * @param steps runs steps of an epoch that comes in parts; null where none does
 * @param sparseSteps runs steps over sparse rows; null where rows are not, or an epoch is one step
 * @param result reads what training has reached
 * @param prediction scores any rows
 * @param lasting what checkpoints hold
 */
public record TrainingGraph<T extends TFloating>(
    Start<T> start,
    Epochs<T> epochs,
    @Nullable Steps<T> steps,
    @Nullable SparseSteps<T> sparseSteps,
    Result<T> result,
    Prediction<T> prediction,
    LastingState<T> lasting) {

  /**
   * Data and parameters before the first epoch, in one run with what feeds the data.
   *
   * <p>The data come all at once: a variable that was ever written in part is copied whenever it is
   * read, which would cost a pass over the data in every call of the loop.
   *
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @param store keeps the data and the parameters; everything else in the state begins anew
   * @param losses of these parameters and of a model whose scores are 0; null where the rows are
   *     not all there
   */
  public record Start<T extends TFloating>(
      Placeholder<T> weights,
      Placeholder<T> intercepts,
      List<Op> store,
      @Nullable StartLosses<T> losses) {}

  /**
   * The losses that a training's later ones are measured by.
   *
   * @param ofParameters of the parameters it starts from
   * @param ofZero of a model whose scores are 0
   */
  public record StartLosses<T extends TFloating>(Operand<T> ofParameters, Operand<T> ofZero) {}

  /**
   * One call of the epoch loop.
   *
   * @param count how many epochs to run, at most as many as the graph was built for; a scalar
   * @param dataEpoch the epoch that the fed rows begin with; a scalar, null where none are fed
   * @param learningRate a scalar
   * @param lossLimit the largest loss that is no divergence; a scalar
   * @param losses one for each epoch that ran, of the weights it started from
   * @param rates the learning rate of each epoch that ran; null where it never changes
   * @param validationLosses the validation rows' loss of each epoch that ran; null without them
   * @param status the code of a {@link LoopStatus}
   * @param store keeps the state for the next call
   */
  public record Epochs<T extends TFloating>(
      Placeholder<TInt64> count,
      @Nullable Placeholder<TInt64> dataEpoch,
      Placeholder<T> learningRate,
      Placeholder<T> lossLimit,
      Operand<T> losses,
      @Nullable Operand<T> rates,
      @Nullable Operand<T> validationLosses,
      Operand<TInt32> status,
      List<Op> store) {}

  /**
   * Some steps of an epoch that comes in parts; where they are summed up to one step, one batch,
   * and neither rate nor limit matters.
   *
   * @param first the number of the first batch in its epoch, from 0; a scalar
   * @param end one past the number of the last; a scalar
   * @param learningRate a scalar
   * @param lossLimit the largest loss of a batch that is no divergence; a scalar
   * @param store keeps what the steps reached
   */
  public record Steps<T extends TFloating>(
      Placeholder<TInt32> first,
      Placeholder<TInt32> end,
      Placeholder<T> learningRate,
      Placeholder<T> lossLimit,
      List<Op> store) {}

  /**
   * What training has reached.
   *
   * @param parameters weights {@code [inputs, outputs]} and intercepts {@code [outputs]}
   * @param lastGood those of the last epoch with a loss within bounds
   * @param loss of the parameters; null where the rows are not all there
   * @param watched the loss that patience watches, of the parameters; null where an epoch ends with
   *     the parameters that it judged
   * @param best the lowest loss that patience has watched, and its weights and intercepts; empty
   *     where there is no patience
   * @param restoreBest makes the best parameters the present ones
   */
  public record Result<T extends TFloating>(
      List<Operand<T>> parameters,
      List<Operand<T>> lastGood,
      @Nullable Operand<T> loss,
      @Nullable Operand<T> watched,
      List<Operand<T>> best,
      List<Op> restoreBest) {}

  /**
   * The forward pass, as it is served.
   *
   * @param rawBlock raw columns, {@code [any, columns]}
   * @param scores {@code [any, outputs]}, without offsets
   */
  public record Prediction<T extends TFloating>(Placeholder<T> rawBlock, Operand<T> scores) {}

  /**
   * Adds the graph.
   *
   * @param tf where the ops go; its device is theirs
   * @param rows how the data of the descent's objective come in
   * @param validationData what its validation objective is computed from, from placeholders that
   *     the caller feeds with the start; empty where there is none
   * @param maxEpochsPerCall the most epochs of one call; it costs four bytes each
   */
  public static <T extends TFloating> TrainingGraph<T> build(
      Ops tf,
      Class<T> type,
      FittedFeatures encoding,
      Descent descent,
      RowsSource<T> rows,
      List<Operand<T>> validationData,
      int maxEpochsPerCall) {
    TrainingGraphBuilder<T> builder =
        new TrainingGraphBuilder<>(tf, type, descent, rows, validationData, maxEpochsPerCall);
    return new TrainingGraph<>(
        builder.start(),
        builder.epochs(),
        builder.steps(),
        builder.sparseSteps(),
        builder.result(),
        builder.prediction(encoding),
        builder.lasting());
  }
}
