package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a run.
 *
 * @param train the rows the model learns from, and those split off them
 * @param validation rows that are watched while the model learns; absent where there is no source
 *     of their own
 * @param test rows that only measure the finished model; absent where there is no source of their
 *     own
 * @param split which rows of {@code train} validate and test
 */
public record DataConfig(
    @JsonPropertyDescription("The rows the model learns from, and those split off them.")
        DataSourceConfig train,
    @JsonPropertyDescription(
            "Rows of their own that are watched while the model learns; it never learns from them.")
        @Nullable DataSourceConfig validation,
    @JsonPropertyDescription("Rows of their own that measure the finished model.")
        @Nullable DataSourceConfig test,
    @Default("{}") @JsonPropertyDescription("Which rows of data.train validate and test.")
        SplitConfig split) {
  public DataConfig {
    Constraints.check(DataConfig.class, train, validation, test, split);
  }

  /** Every source, that of the training rows first. */
  public List<DataSourceConfig> sources() {
    return Stream.of(train, validation, test).filter(Objects::nonNull).toList();
  }

  /** The part of the training source's rows that validates; of methods with fractions only. */
  public double validationFraction() {
    Double given = split.validation();
    if (given != null) {
      return given;
    }
    return validation == null ? SplitConfig.DEFAULT_VALIDATION : 0;
  }

  /** The part of the training source's rows that tests; of methods with fractions only. */
  public double testFraction() {
    return split.test() == null ? 0 : split.test();
  }
}
