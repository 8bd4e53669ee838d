package dev.slope.features;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The names of a model's inputs, each made when it is asked for: they may be a million, and mostly
 * nobody asks. Never changed.
 */
final class InputNameList extends AbstractList<String> implements RandomAccess {
  private final List<List<ModelInput>> blocks;

  /** For each block how many inputs there are up to its end. */
  private final int[] ends;

  /** The names of all inputs of some features, in order. */
  InputNameList(List<FittedFeature> features) {
    this.blocks =
        features.stream()
            .flatMap(feature -> feature.blocks().stream())
            .map(InputBlock::inputs)
            .toList();
    this.ends = new int[blocks.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += blocks.get(i).size();
      ends[i] = end;
    }
  }

  /** Names that nobody changes: these, or a copy of others. */
  static List<String> copyOf(List<String> names) {
    return names instanceof InputNameList ? names : List.copyOf(names);
  }

  @Override
  public String get(int index) {
    Objects.checkIndex(index, size());
    int found = Arrays.binarySearch(ends, index);
    // A block of no inputs has the same end as the one before.
    int block = found < 0 ? -found - 1 : found + 1;
    while (ends[block] <= index) {
      block++;
    }
    int first = block == 0 ? 0 : ends[block - 1];
    return blocks.get(block).get(index - first).name();
  }

  @Override
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }
}
