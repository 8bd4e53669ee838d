package dev.slope.training.secondorder;

import dev.slope.features.FittedFeatures;
import dev.slope.features.InputBlock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The inputs of a model as messages name them.
 *
 * @param names in order
 * @param levels which of them are levels of categories: together they always explain a constant, so
 *     that no message need say it
 */
public record InputNames(List<String> names, BitSet levels) {
  public InputNames {
    names = List.copyOf(names);
    levels = (BitSet) levels.clone();
  }

  /** Of a model. */
  public static InputNames of(FittedFeatures features) {
    List<String> names = new ArrayList<>();
    BitSet levels = new BitSet();
    features.features().stream()
        .flatMap(feature -> feature.blocks().stream())
        .forEach(
            block -> {
              int first = names.size();
              block.inputs().forEach(input -> names.add(input.name()));
              if (block instanceof InputBlock.OneHot) {
                levels.set(first, names.size());
              }
            });
    return new InputNames(names, levels);
  }

  /** Of inputs that are numbers. */
  static InputNames ofNumbers(List<String> names) {
    return new InputNames(names, new BitSet());
  }
}
