package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of {@code data.train} are split.
 *
 * @param method which rows go where
 * @param validation the part of the rows that validates; absent where the default holds
 * @param test the part of the rows that tests; absent where the default holds
 * @param column that decides, for the methods hash and column
 * @param stratified whether each class is split on its own; absent where the default holds
 */
public record SplitConfig(
    @Default("\"auto\"")
        @JsonPropertyDescription(
            "Which rows only measure. auto: under 500 rows none, up to 50,000 a fifth, above 10,000"
                + " rows; random: drawn with the seed; hash: by a hash of a column's value, so that"
                + " a row stays where it is when the data grow; sequential: the last rows; column:"
                + " a column says train, validation or test; none: every row trains.")
        SplitMethod method,
    @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription(
            "The part of the rows that validates, for the methods random, hash and sequential; 0.2"
                + " where it is left out, 0 where data.validation has the rows.")
        @Nullable Double validation,
    @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription(
            "The part of the rows that tests, for the methods random, hash and sequential; 0 where"
                + " it is left out.")
        @Nullable Double test,
    @NotBlank
        @JsonPropertyDescription(
            "The column that decides, for the methods hash and column; it is no feature.")
        @Nullable String column,
    @JsonPropertyDescription(
            "Whether each class is split on its own, so that every part has the same shares of"
                + " them; true for classifiers where it is left out, with the methods auto and"
                + " random.")
        @Nullable Boolean stratified) {

  /** The part of the rows that validates where a config leaves it out. */
  static final double DEFAULT_VALIDATION = 0.2;

  public SplitConfig {
    Constraints.check(SplitConfig.class, method, validation, test, column, stratified);
  }

  /** Whether the rows of each class are split on their own. */
  public boolean isStratified(ModelConfig model) {
    boolean possible = method.canStratify() && model instanceof ModelConfig.Classifier;
    return possible && (stratified == null || stratified);
  }
}
