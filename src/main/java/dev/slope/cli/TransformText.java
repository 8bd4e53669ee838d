package dev.slope.cli;

import dev.slope.config.Scaling;
import dev.slope.export.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The transform of a column as a person reads it. */
final class TransformText {
  private static final int MOST_SHOWN = 8;

  private TransformText() {}

  static String of(Transform transform) {
    List<String> facts = new ArrayList<>(List.of(transform.type()));
    Double offset = transform.offset();
    Double divisor = transform.divisor();
    if (offset != null && divisor != null) {
      facts.add(scaled(transform.scaling() == Scaling.LOG1P, offset, divisor));
    }
    if (transform.higherPowers() != null) {
      facts.add("powers to " + (transform.higherPowers().size() + 1));
    }
    if (transform.low() != null || transform.high() != null) {
      facts.add("clipped to [" + bound(transform.low()) + ", " + bound(transform.high()) + "]");
    }
    if (transform.boundaries() != null) {
      facts.add(
          "boundaries " + some(transform.boundaries().stream().map(EquationText::number).toList()));
    }
    if (transform.vocabulary() != null) {
      facts.add("levels " + some(transform.vocabulary()));
      addLevels(transform, facts);
    }
    if (transform.buckets() != null) {
      facts.add("hashed into " + transform.buckets() + " buckets");
    }
    if (transform.ngrams() != null && transform.ngrams() > 1) {
      facts.add("up to " + transform.ngrams() + " words together");
    }
    if (transform.parts() != null) {
      facts.add(
          transform.parts().stream()
              .map(part -> part.part().key())
              .collect(Collectors.joining(" ")));
    }
    if (transform.missing() != null) {
      facts.add("missing is " + EquationText.number(transform.missing()));
    }
    if (Boolean.TRUE.equals(transform.missingIndicator())) {
      facts.add("missing is told");
    }
    return String.join(", ", facts);
  }

  private static String scaled(boolean logarithm, double offset, double divisor) {
    return "(%s - %s) / %s"
        .formatted(
            logarithm ? "log(1 + value)" : "value",
            EquationText.number(offset),
            EquationText.number(divisor));
  }

  private static void addLevels(Transform transform, List<String> facts) {
    if (Boolean.TRUE.equals(transform.missingLevel())) {
      facts.add("missing is a level");
    }
    if (Boolean.TRUE.equals(transform.otherLevel())) {
      facts.add("others are a level");
    }
    if (Boolean.TRUE.equals(transform.refusesOthers())) {
      facts.add("others have no prediction");
    }
  }

  private static String bound(@Nullable Double value) {
    return value == null ? "" : EquationText.number(value);
  }

  private static String some(List<String> values) {
    return values.size() <= MOST_SHOWN
        ? values.toString()
        : values.subList(0, MOST_SHOWN) + " and %,d more".formatted(values.size() - MOST_SHOWN);
  }
}
