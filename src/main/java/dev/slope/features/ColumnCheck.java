package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.Json;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the columns that nothing can be learnt from, of those that the config does not name. */
final class ColumnCheck {
  /** A warning names no more columns than so many. */
  private static final int MOST_SHOWN = 20;

  private final ColumnSelection selection;
  private final CodedRows rows;

  ColumnCheck(ColumnSelection selection, CodedRows trainingRows) {
    this.selection = selection;
    this.rows = trainingRows;
  }

  ColumnSelection.Checked check() {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    Set<String> inferred = new LinkedHashSet<>();
    Map<String, List<String>> columnsByReason = new LinkedHashMap<>();
    Map<String, String> ignored = new LinkedHashMap<>();
    selection
        .features()
        .forEach(
            (name, feature) -> {
              if (!selection.inferred().contains(name)) {
                features.put(name, feature);
                return;
              }
              ColumnValues values = values(name, feature);
              String reason = reason(feature, values);
              if (reason.isEmpty()) {
                features.put(name, withMissing(feature, values));
                inferred.add(name);
              } else {
                ignored.put(name, reason);
                columnsByReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(name);
              }
            });
    if (features.isEmpty()) {
      throw new DataException(
          "no feature is left: "
              + columnsByReason.entrySet().stream()
                  .map(group -> subject(group.getValue()) + " " + group.getKey())
                  .collect(Collectors.joining("; "))
              + "; list columns under /features to use them all the same");
    }
    List<String> warnings =
        columnsByReason.entrySet().stream()
            .map(group -> warning(group.getKey(), group.getValue()))
            .toList();
    return new ColumnSelection.Checked(
        new ColumnSelection(
            features,
            selection.labels(),
            selection.weight(),
            selection.offset(),
            selection.kinds(),
            inferred,
            selection.hasClasses()),
        ignored,
        warnings);
  }

  private ColumnValues values(String name, FeatureConfig feature) {
    List<Integer> places = selection.rawColumn(name).codings().stream().map(rows::index).toList();
    if (feature instanceof FeatureConfig.Categorical) {
      return ColumnValues.ofTexts(rows.values(), places.get(0), rows.dictionary(name).size());
    }
    return feature instanceof FeatureConfig.Numeric && IdentifierNames.matches(name)
        ? ColumnValues.ofIdentifiers(rows.values(), places.get(0))
        : ColumnValues.of(rows.values(), places, feature instanceof FeatureConfig.Truth);
  }

  /** Why a column is of no use, to follow its name; empty where it is of some. */
  private static String reason(FeatureConfig feature, ColumnValues values) {
    if (values.present() == 0) {
      return "has no value in any row";
    }
    // A missing category or truth is a level of its own, a missing number or date is not.
    boolean hasMissingLevel =
        (feature instanceof FeatureConfig.Categorical || feature instanceof FeatureConfig.Truth)
            && values.missing() > 0;
    if (values.isConstant() && !hasMissingLevel) {
      return "has the same value in every row";
    }
    return values.isIdentifier()
        ? "looks like an identifier (a value of its own in nearly every row)"
        : "";
  }

  /** A truth that may be missing has three levels. */
  private static FeatureConfig withMissing(FeatureConfig feature, ColumnValues values) {
    return feature instanceof FeatureConfig.Truth && values.missing() > 0
        ? FeatureConfig.Categorical.byDefault()
        : feature;
  }

  private static String warning(String reason, List<String> names) {
    return "%s %s and is ignored; to use %s all the same, write %s: \"auto\" under /features, and \"*\": \"auto\" for the other columns"
        .formatted(
            subject(names),
            reason,
            names.size() == 1 ? "it" : "one",
            Json.write(names.get(0)).strip());
  }

  private static String subject(List<String> names) {
    String shown =
        names.stream()
            .limit(MOST_SHOWN)
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
    if (names.size() == 1) {
      return "column " + shown;
    }
    return "each of the columns "
        + shown
        + (names.size() > MOST_SHOWN ? " and %d more".formatted(names.size() - MOST_SHOWN) : "");
  }
}
