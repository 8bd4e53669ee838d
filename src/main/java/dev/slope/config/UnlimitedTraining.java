package dev.slope.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The one default that depends on two keys: a training of which neither {@code epochs} nor {@code
 * stop} is said ends where it makes no progress any more. Newton and lbfgs, which know their
 * optimum, have a rule of their own.
 */
final class UnlimitedTraining {
  private static final String STOP = "{\"min_rel_progress\": 1e-7}";

  private UnlimitedTraining() {}

  /** Completes a checked tree, in place, before the other defaults are written. */
  static void writeOut(ConfigNode tree) {
    if (ConfigTree.members(tree).get("training") instanceof ConfigNode.Structure training
        && !training.members().containsKey("epochs")
        && !training.members().containsKey("stop")
        && !SecondOrderRules.apply(tree)) {
      List<ConfigProblem> problems = new ArrayList<>();
      try {
        training.members().put("stop", ConfigTreeReader.read(STOP, problems));
      } catch (ConfigTreeReader.SyntaxException e) {
        throw new AssertionError("the default of stop is no JSON", e);
      }
    }
  }
}
