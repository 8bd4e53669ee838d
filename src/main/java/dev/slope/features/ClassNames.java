package dev.slope.features;

import dev.slope.config.Suggestions;
import java.util.List;
import java.util.Optional;

/** Finds the class that a config means. */
final class ClassNames {
  private ClassNames() {}

  /** The end of a message about a name that no class has; numbers are not misspelt. */
  static String suggestion(String wanted, List<String> classes) {
    return number(wanted).isPresent()
        ? ""
        : Suggestions.nearest(wanted, classes).map("; did you mean '%s'?"::formatted).orElse("");
  }

  /** The class of a name, or the one that is the same number: {@code 1.0} means {@code 1}. */
  static Optional<String> find(String wanted, List<String> classes) {
    if (classes.contains(wanted)) {
      return Optional.of(wanted);
    }
    return number(wanted).map(ClassText::of).filter(classes::contains);
  }

  private static Optional<Float> number(String text) {
    try {
      return Optional.of(Float.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
