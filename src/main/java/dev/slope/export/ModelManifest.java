package dev.slope.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slope.config.BinaryLink;
import dev.slope.config.Json;
import dev.slope.config.ModelConfig;
import dev.slope.evaluation.Deviance;
import dev.slope.evaluation.Estimate;
import dev.slope.evaluation.FitStatistics;
import dev.slope.evaluation.ModelStatistics;
import dev.slope.evaluation.OutputStatistics;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.InputBlock;
import dev.slope.features.LinearWeights;
import dev.slope.features.ModelInput;
import dev.slope.features.OriginalScale;
import dev.slope.features.RawColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a model is, in words and numbers: {@code assets.extra/model.json}.
 *
 * @param name of the model
 * @param type of the model, as the config names it
 * @param link from the score to the mean
 * @param objective what training minimised, as a formula
 * @param classification the classes and how one is decided for; absent for a regression
 * @param offsetColumn the raw column that is added to every score; absent where none is
 * @param power of the mean that the variance grows with; of tweedie_regression only
 * @param quantile that is predicted; of quantile_regression only
 * @param outputs one a score
 * @param features their names, in the order of the {@code contributions} of {@code explain}
 * @param columns the raw columns, in the order of the {@code dense} signature
 * @param crosses the features of several columns; absent where there are none
 * @param statisticsRefused why there are no statistics, as a clause; absent where there are, and
 *     where nobody asked
 */
public record ModelManifest(
    String name,
    String type,
    String link,
    String objective,
    @Nullable Classification classification,
    @Nullable String offsetColumn,
    @Nullable Double power,
    @Nullable Double quantile,
    List<Output> outputs,
    @Nullable List<String> features,
    List<Column> columns,
    @Nullable List<Cross> crosses,
    @Nullable String statisticsRefused) {
  /**
   * How scores become classes.
   *
   * @param label the column that says which class a row is of
   * @param classes in the order of {@code probabilities} and of {@code class_id}
   * @param positiveClass of two classes with one score, the one that it stands for: the second;
   *     absent with a score for each class
   * @param threshold the least probability of the positive class that decides for it; absent for
   *     margins, which decide by their sign, and with a score for each class
   */
  public record Classification(
      String label,
      List<String> classes,
      @Nullable String positiveClass,
      @Nullable Double threshold) {
    public Classification {
      classes = List.copyOf(classes);
    }
  }

  /**
   * The equation of one score.
   *
   * @param label the column it predicts; absent where it stands for a class
   * @param className the class it stands for; absent where it predicts a number
   * @param score what it is, for a person: the left side of the equation
   * @param intercept on the original scale of the data
   * @param standardizedIntercept on the scale the model trains on
   * @param interceptEstimate how sure the intercept is; absent where nobody asked
   * @param statistics of the fit; absent where nobody asked
   */
  public record Output(
      @Nullable String label,
      @JsonProperty("class") @Nullable String className,
      String score,
      double intercept,
      double standardizedIntercept,
      List<Coefficient> coefficients,
      @Nullable Estimate interceptEstimate,
      @Nullable FitStatistics statistics) {
    public Output {
      coefficients = List.copyOf(coefficients);
    }

    /**
     * The coefficients of the largest magnitude, in their order; the first of equal ones.
     *
     * @param most how many; at least 1
     */
    public List<Coefficient> largest(int most) {
      if (coefficients.size() <= most) {
        return coefficients;
      }
      PriorityQueue<Double> magnitudes = new PriorityQueue<>(most);
      double least = 0;
      for (Coefficient coefficient : coefficients) {
        double magnitude = coefficient.magnitude();
        if (magnitudes.size() < most || magnitude > least) {
          if (magnitudes.size() == most) {
            magnitudes.remove();
          }
          magnitudes.add(magnitude);
          least = magnitudes.element();
        }
      }
      int equal = Collections.frequency(magnitudes, least);
      List<Coefficient> largest = new ArrayList<>(most);
      for (Coefficient coefficient : coefficients) {
        double magnitude = coefficient.magnitude();
        if (magnitude > least || (magnitude == least && equal-- > 0)) {
          largest.add(coefficient);
        }
      }
      return largest;
    }
  }

  /**
   * The weight of one input. Inputs of hashed values that no training row had are left out: their
   * weights are 0.
   *
   * @param level which of the feature's inputs; absent where it has but one
   * @param value on the original scale of the data
   * @param standardized on the scale the model trains on
   * @param estimate how sure the value is; absent where nobody asked
   */
  public record Coefficient(
      String feature,
      @Nullable String level,
      double value,
      double standardized,
      @Nullable Estimate estimate) {
    /** Without statistics. */
    public Coefficient(String feature, @Nullable String level, double value, double standardized) {
      this(feature, level, value, standardized, null);
    }

    /** Its absolute value on the scale the model trains on. */
    public double magnitude() {
      return Math.abs(standardized);
    }

    /** {@code carat}, {@code cut=Ideal}. */
    public String name() {
      return new ModelInput(feature, level).name();
    }
  }

  /**
   * A raw column.
   *
   * @param name in the data
   * @param dtype as TensorFlow names it
   * @param signatureKey its name in the {@code predict} signature
   * @param transform how it becomes a feature; absent for the offset column, which is added to the
   *     score as it is, and for one that only crosses use
   */
  public record Column(
      String name, String dtype, String signatureKey, @Nullable Transform transform) {}

  /**
   * A feature of several columns.
   *
   * @param name of the feature
   * @param signatureKey its name in the {@code indexed} signature
   * @param columns in the order of their texts
   * @param buckets of the hash
   */
  public record Cross(String name, String signatureKey, List<CrossedColumn> columns, int buckets) {
    public Cross {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column of a cross.
   *
   * @param column of the data
   * @param boundaries of a number, whose bucket is crossed; absent of other columns
   */
  public record CrossedColumn(String column, @Nullable Transform boundaries) {}

  static final String FILE_NAME = "model.json";

  public ModelManifest {
    Objects.requireNonNull(name, "name");
    outputs = List.copyOf(outputs);
    columns = List.copyOf(columns);
    features = features == null ? null : List.copyOf(features);
    crosses = crosses == null ? null : List.copyOf(crosses);
  }

  /** The manifest of a model that was just trained. */
  static ModelManifest of(
      String name,
      ModelConfig model,
      ServingInputs inputs,
      FittedLabels labels,
      LinearWeights weights,
      @Nullable ModelStatistics statistics) {
    FittedFeatures features = inputs.features();
    LinearWeights original = OriginalScale.of(weights, features);
    List<Output> outputs = new ArrayList<>();
    for (int output = 0; output < weights.outputs().size(); output++) {
      String named = weights.outputs().get(output);
      boolean isClass = labels instanceof FittedLabels.Classes;
      OutputStatistics told =
          statistics == null || statistics.refused() != null
              ? null
              : statistics.outputs().get(output);
      outputs.add(
          new Output(
              isClass ? null : named,
              isClass ? named : null,
              score(model, labels, named),
              original.intercept(output),
              weights.intercept(output),
              coefficients(features, original, weights, output, told),
              told == null ? null : told.intercept(),
              told == null ? null : told.fit()));
    }
    return new ModelManifest(
        name,
        model.typeName(),
        model.linkName(),
        model.objective(),
        classification(labels),
        inputs.offsetColumn(),
        model instanceof ModelConfig.TweedieRegression tweedie ? tweedie.power() : null,
        model instanceof ModelConfig.QuantileRegression quantile ? quantile.quantile() : null,
        outputs,
        features.features().stream().map(FittedFeature::name).toList(),
        ManifestColumns.columns(inputs),
        ManifestColumns.crosses(inputs),
        statistics == null ? null : statistics.refused());
  }

  private static List<Coefficient> coefficients(
      FittedFeatures features,
      LinearWeights original,
      LinearWeights trained,
      int output,
      @Nullable OutputStatistics statistics) {
    List<Coefficient> coefficients = new ArrayList<>(trained.inputs().size());
    int row = 0;
    for (FittedFeature feature : features.features()) {
      boolean hashes =
          feature instanceof FittedFeature.Hashed
              || feature instanceof FittedFeature.Crossed
              || feature instanceof FittedFeature.Text;
      for (InputBlock block : feature.blocks()) {
        for (ModelInput input : block.inputs()) {
          double standardized = trained.weight(row, output);
          if (!hashes || standardized != 0) {
            coefficients.add(
                new Coefficient(
                    input.feature(),
                    input.level(),
                    original.weight(row, output),
                    standardized,
                    statistics == null ? null : statistics.coefficients().get(row)));
          }
          row++;
        }
      }
    }
    return coefficients;
  }

  /** The fitted transforms, as they were exported. */
  public FittedFeatures fittedFeatures() {
    return ManifestColumns.features(this);
  }

  /** How many values a coded row has. */
  int codedWidth() {
    int width = columns.size() + (crosses == null ? 0 : crosses.size());
    for (Column column : columns) {
      Transform transform = column.transform();
      if (transform != null) {
        width += transform.codedColumns() - 1;
      }
    }
    return width;
  }

  /** The raw columns, the offset's last where there is one. */
  public List<RawColumn> rawColumns() {
    return columns.stream().map(ManifestColumns::raw).toList();
  }

  private static @Nullable Classification classification(FittedLabels labels) {
    if (labels instanceof FittedLabels.Regression) {
      return null;
    }
    if (labels instanceof FittedLabels.Binary binary) {
      return new Classification(
          binary.column(), binary.classes(), binary.positiveClass(), binary.threshold());
    }
    if (labels instanceof FittedLabels.MultiClass several) {
      return new Classification(several.column(), several.classes(), null, null);
    }
    throw new AssertionError("no description of " + labels.getClass().getSimpleName());
  }

  private static String score(ModelConfig model, FittedLabels labels, String output) {
    if (labels instanceof FittedLabels.Classes classes) {
      String event = classes.column() + " = " + output;
      if (labels instanceof FittedLabels.MultiClass) {
        return "score(" + event + ")";
      }
      return (classes.hasProbabilities() ? model.linkName() + " P(" : "margin(") + event + ")";
    }
    boolean ofTheMean = model.linkName().equals("log");
    return ofTheMean ? "log E(" + output + ")" : output;
  }

  /** What the labels of this model are. */
  public FittedLabels labels() {
    if (classification == null) {
      return new FittedLabels.Regression(
          outputs.stream().map(output -> Objects.requireNonNull(output.label())).toList());
    }
    if (classification.positiveClass() == null) {
      return new FittedLabels.MultiClass(classification.label(), classification.classes());
    }
    return new FittedLabels.Binary(
        classification.label(),
        classification.classes().get(0),
        classification.classes().get(1),
        classification.threshold(),
        classification.threshold() == null ? null : binaryLink());
  }

  private BinaryLink binaryLink() {
    return Stream.of(BinaryLink.values())
        .filter(each -> each.key().equals(link))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "model.json must name a link of two classes, but has '%s': the model is of a newer version, or damaged"
                        .formatted(link)));
  }

  /** What predictions of this model are measured by besides their errors; null where by nothing. */
  public @Nullable Deviance deviance() {
    return switch (type) {
      case "poisson_regression" -> new Deviance.Poisson();
      case "gamma_regression" -> new Deviance.Gamma();
      case "tweedie_regression" -> new Deviance.Tweedie(Objects.requireNonNull(power));
      case "quantile_regression" -> new Deviance.Pinball(Objects.requireNonNull(quantile));
      default -> null;
    };
  }

  /**
   * Reads the manifest of an exported version.
   *
   * @throws ModelException when it is missing or damaged
   */
  public static ModelManifest read(Path versionDirectory) {
    Path file = versionDirectory.resolve("assets.extra").resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          file + " is missing: " + versionDirectory + " was not exported by Slope, or not whole");
    }
    try {
      ModelManifest manifest =
          Json.mapper().readValue(Files.readAllBytes(file), ModelManifest.class);
      if (manifest == null) { // the document is JSON's null
        throw new ModelException(file + " is damaged; export the model again");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    Json.write(this, out);
  }
}
