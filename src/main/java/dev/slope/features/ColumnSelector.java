package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.ColumnInfo;
import dev.slope.data.Columns;
import dev.slope.data.DataException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a run's columns in its source, and what each is where the config leaves that open. */
final class ColumnSelector {
  private static final String REST = "*";

  private final Map<String, FeatureConfig> configured;
  private final List<String> labels;
  private final boolean hasClasses;
  private final String source;
  private final Map<String, ColumnInfo> known = new LinkedHashMap<>();

  /** The columns that have another use than that of a feature. */
  private final Set<String> used = new LinkedHashSet<>();

  private final Map<String, FeatureConfig> features = new LinkedHashMap<>();
  private final Set<String> inferred = new LinkedHashSet<>();
  private final Set<String> crossed = new LinkedHashSet<>();

  private ColumnSelector(
      Map<String, FeatureConfig> configured,
      List<String> labels,
      boolean hasClasses,
      String source,
      List<ColumnInfo> columns) {
    this.configured = configured;
    this.labels = labels;
    this.hasClasses = hasClasses;
    this.source = source;
    columns.forEach(column -> known.put(column.name(), column));
  }

  /** What a config says of the columns of a source. */
  static ColumnSelection select(RunConfig run, String source, List<ColumnInfo> columns) {
    return new ColumnSelector(
            run.features(),
            run.label(),
            run.model() instanceof ModelConfig.Classifier,
            source,
            columns)
        .select(run.weightColumn(), run.offsetColumn(), run.data().split().column(), run.ignore());
  }

  /** What a config would say that names no more than labels, and columns that are no features. */
  static ColumnSelection inferring(
      String source,
      List<ColumnInfo> columns,
      List<String> labels,
      Collection<String> ignored,
      boolean hasClasses) {
    return new ColumnSelector(Map.of(), labels, hasClasses, source, columns)
        .select(null, null, null, ignored);
  }

  private ColumnSelection select(
      @Nullable String weight,
      @Nullable String offset,
      @Nullable String split,
      Collection<String> ignored) {
    for (String label : labels) {
      ColumnInfo column = require(label, "/label");
      if (hasClasses) {
        refuseOther(column, "be a class");
      } else {
        requireNumbers(column);
      }
      used.add(label);
    }
    if (weight != null) {
      requireNumbers(require(weight, "/weight_column"));
      used.add(weight);
    }
    if (offset != null) {
      requireNumbers(require(offset, "/offset_column"));
      used.add(offset);
    }
    if (split != null) {
      require(split, "/data/split/column");
      used.add(split);
    }
    for (String column : ignored) {
      require(column, "/ignore");
      used.add(column);
    }
    features();
    return new ColumnSelection(features, labels, weight, offset, kinds(), inferred, hasClasses);
  }

  private void features() {
    configured.forEach(
        (name, feature) -> {
          if (feature instanceof FeatureConfig.Crossed) {
            cross(name);
            features.put(name, feature);
          } else if (!name.equals(REST)) {
            ColumnInfo column = require(name, "/features/" + name);
            requireFit(column, feature, true);
            features.put(name, resolved(column, feature));
          }
        });
    if (configured.isEmpty() || configured.containsKey(REST)) {
      rest(configured.getOrDefault(REST, new FeatureConfig.Auto()));
    }
    for (Map.Entry<String, FeatureConfig> feature : configured.entrySet()) {
      if (feature.getValue() instanceof FeatureConfig.Crossed cross) {
        cross.columns().forEach(column -> crossedColumn(column, "/features/" + feature.getKey()));
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          source
              + " has no column besides "
              + (used.size() == labels.size() ? "the label" : used)
              + "; a model needs a feature");
    }
  }

  private void rest(FeatureConfig feature) {
    for (ColumnInfo column : known.values()) {
      if (!used.contains(column.name()) && !features.containsKey(column.name())) {
        requireFit(column, feature, false);
        features.put(column.name(), resolved(column, feature));
        if (feature instanceof FeatureConfig.Auto) {
          inferred.add(column.name());
        }
      }
    }
  }

  private void cross(String name) {
    if (known.containsKey(name)) {
      throw new DataException(
          "/features/%s is a cross and must not have the name of a column of %s; rename it"
              .formatted(name, source));
    }
  }

  private void crossedColumn(String name, String pointer) {
    ColumnInfo column = require(name, pointer + "/columns");
    crossed.add(name);
    // A column that is crossed is named, so that its own feature stays, too.
    inferred.remove(name);
    FeatureConfig feature = features.get(name);
    boolean number =
        feature == null
            ? column.kind() == ColumnInfo.Kind.NUMERIC
            : feature instanceof FeatureConfig.Numeric numeric && !numeric.isBucketized();
    if (number) {
      throw new DataException(
          ("%s: column '%s', which %s crosses, is a number; under /features give it 'boundaries' or"
                  + " 'quantiles', or name it 'categorical' or 'hashed'")
              .formatted(source, name, pointer));
    }
    boolean time =
        feature == null
            ? column.kind() == ColumnInfo.Kind.TEMPORAL
            : feature instanceof FeatureConfig.Datetime;
    if (time || column.kind() == ColumnInfo.Kind.OTHER) {
      throw new DataException(
          "%s: column '%s', which %s crosses, must hold categories, but holds %s"
              .formatted(source, name, pointer, holds(column.kind())));
    }
  }

  private Map<String, ColumnInfo.Kind> kinds() {
    Set<String> names = new LinkedHashSet<>(features.keySet());
    names.addAll(crossed);
    names.addAll(labels);
    Map<String, ColumnInfo.Kind> kinds = new LinkedHashMap<>();
    for (String name : names) {
      ColumnInfo column = known.get(name);
      if (column != null) {
        kinds.put(name, column.kind());
      }
    }
    return kinds;
  }

  /** The feature itself, or what its column's kind says. */
  private static FeatureConfig resolved(ColumnInfo column, FeatureConfig feature) {
    if (!(feature instanceof FeatureConfig.Auto)) {
      return feature;
    }
    return switch (column.kind()) {
      case NUMERIC -> FeatureConfig.Numeric.byDefault();
      case TEXT -> FeatureConfig.Categorical.byDefault();
      case BOOLEAN -> new FeatureConfig.Truth();
      case TEMPORAL -> FeatureConfig.Datetime.byDefault();
      case OTHER -> throw new AssertionError("lists have been refused");
    };
  }

  private ColumnInfo require(String name, String pointer) {
    Columns.require(source, known.keySet(), List.of(name), pointer + " names");
    return Objects.requireNonNull(known.get(name));
  }

  /**
   * Refuses a feature that a column of its kind can't be.
   *
   * @param named whether the config names the column: text may then be numbers, dates or truths
   *     with one typing error, and numbers may be 0 and 1; the reader names the row where not
   */
  private void requireFit(ColumnInfo column, FeatureConfig feature, boolean named) {
    refuseOther(column, "be a feature");
    boolean text = column.kind() == ColumnInfo.Kind.TEXT;
    boolean fits = true;
    String rule = "";
    if (feature instanceof FeatureConfig.Numeric) {
      fits = column.kind() == ColumnInfo.Kind.NUMERIC || (named && text);
      rule = "numbers";
    } else if (feature instanceof FeatureConfig.Truth) {
      boolean number = column.kind() == ColumnInfo.Kind.NUMERIC;
      fits = column.kind() == ColumnInfo.Kind.BOOLEAN || (named && (text || number));
      rule = "true and false";
    } else if (feature instanceof FeatureConfig.Datetime) {
      fits = column.kind() == ColumnInfo.Kind.TEMPORAL || (named && text);
      rule = "dates or times";
    } else if (feature instanceof FeatureConfig.Text) {
      fits = text;
      rule = "text";
    }
    if (!fits) {
      throw new DataException(
          "%s: column '%s' must hold %s to be '%s', but holds %s; %s"
              .formatted(
                  source,
                  column.name(),
                  rule,
                  feature.typeName(),
                  holds(column.kind()),
                  named
                      ? "make it 'auto', or leave it out"
                      : "name it under /features with another type, or leave it out with /ignore"));
    }
  }

  private void refuseOther(ColumnInfo column, String use) {
    if (column.kind() == ColumnInfo.Kind.OTHER) {
      throw new DataException(
          "%s: column '%s' holds %s and can't %s; leave it out with /ignore"
              .formatted(source, column.name(), holds(column.kind()), use));
    }
  }

  /** Passes text, too: it may be numbers with one typing error, whose row the reader names. */
  private void requireNumbers(ColumnInfo column) {
    if (column.kind() != ColumnInfo.Kind.NUMERIC && column.kind() != ColumnInfo.Kind.TEXT) {
      throw new DataException(
          "%s: column '%s' must hold numbers, but holds %s"
              .formatted(source, column.name(), holds(column.kind())));
    }
  }

  private static String holds(ColumnInfo.Kind kind) {
    return switch (kind) {
      case NUMERIC -> "numbers";
      case TEXT -> "text";
      case BOOLEAN -> "true and false";
      case TEMPORAL -> "dates or times";
      case OTHER -> "lists, structures or binary values";
    };
  }
}
