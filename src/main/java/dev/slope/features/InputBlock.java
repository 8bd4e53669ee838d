package dev.slope.features;

import java.util.List;

/** Neighbouring inputs of a model that are computed together. */
public sealed interface InputBlock {
  /** The inputs, in the order of their rows in the weight matrix. */
  List<ModelInput> inputs();

  /**
   * Inputs with a value each: encoded as {@code [rows, inputs]} of float32.
   *
   * @param inputs at least one
   */
  record Dense(List<ModelInput> inputs) implements InputBlock {
    public Dense {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Inputs of which at most one is 1 and the others are 0: encoded as {@code [rows]} of float32,
   * the place of that one from 0, or -1 where all are 0. NaN where the row has no prediction.
   *
   * @param inputs at least one; never changed, and not copied: they may be a million
   */
  record OneHot(List<ModelInput> inputs) implements InputBlock {}
}
