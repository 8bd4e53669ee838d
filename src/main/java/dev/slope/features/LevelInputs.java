package dev.slope.features;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The inputs of a feature's levels, each made when it is asked for: they may be a million. */
final class LevelInputs extends AbstractList<ModelInput> implements RandomAccess {
  private final String feature;
  private final List<String> levels;

  /**
   * Inputs.
   *
   * @param levels never changed
   */
  LevelInputs(String feature, List<String> levels) {
    this.feature = feature;
    this.levels = levels;
  }

  @Override
  public ModelInput get(int index) {
    return new ModelInput(feature, levels.get(index));
  }

  @Override
  public int size() {
    return levels.size();
  }
}
