package dev.slope.features;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** The inputs of a feature's levels, each made when it is asked for: they may be a million. */
final class LevelInputs extends AbstractList<ModelInput> implements RandomAccess {
  private final String feature;
  private final int count;
  private final IntFunction<String> level;

  /**
   * Inputs.
   *
   * @param level the same for the same place, from 0
   */
  LevelInputs(String feature, int count, IntFunction<String> level) {
    this.feature = feature;
    this.count = count;
    this.level = level;
  }

  @Override
  public ModelInput get(int index) {
    return new ModelInput(feature, level.apply(Objects.checkIndex(index, count)));
  }

  @Override
  public int size() {
    return count;
  }
}
