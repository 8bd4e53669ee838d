package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where rows come from. A bare string is a {@link File}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DataSourceConfig.File.class, name = "file"),
  @JsonSubTypes.Type(value = DataSourceConfig.Inline.class, name = "inline"),
  @JsonSubTypes.Type(value = DataSourceConfig.Synthetic.class, name = "synthetic")
})
@Shorthand(type = "file", key = "path", kind = Shorthand.JsonKind.STRING)
@Planned({"sql", "jdbc", "tfrecord", "libsvm"})
public sealed interface DataSourceConfig {

  /**
   * One table in a file.
   *
   * @param path the file, relative to the config's folder
   * @param format how the file is read
   */
  @Planned({"delimiter", "header", "na_values"})
  record File(
      @NotBlank @JsonPropertyDescription("The file, relative to the config's folder.") String path,
      @Default("\"auto\"")
          @JsonPropertyDescription("How the file is read; auto goes by its extension.")
          FileFormat format)
      implements DataSourceConfig {
    public File {
      Constraints.check(File.class, path, format);
    }
  }

  /**
   * Values written into the config.
   *
   * @param columns each column's values, all of the same length
   */
  record Inline(
      @NotEmpty @JsonPropertyDescription("Each column's values; all columns have the same length.")
          Map<String, List<Double>> columns)
      implements DataSourceConfig {
    public Inline {
      Constraints.check(Inline.class, columns);
    }
  }

  /**
   * Rows computed from an equation.
   *
   * @param equation {@code label = expression} over the variables
   * @param variables the columns that the equation is computed from; ranges form a grid, the last
   *     variable varying fastest, distributions are drawn once a row
   * @param noise what is added to the label, drawn once a row
   * @param rows the number of rows, where no variable is a range
   */
  record Synthetic(
      @NotBlank @JsonPropertyDescription("'label = expression' over the variables.")
          String equation,
      @NotEmpty
          @JsonPropertyDescription(
              "The columns the equation is computed from. Ranges form a grid, the last variable"
                  + " varying fastest; distributions are drawn once a row.")
          Map<String, VariableConfig> variables,
      @JsonPropertyDescription(
              "What is added to the label, drawn once a row; a bare number is the standard"
                  + " deviation of a normal distribution.")
          @Nullable NoiseConfig noise,
      @Min(1) @JsonPropertyDescription("The number of rows, where no variable is a range.")
          @Nullable Integer rows)
      implements DataSourceConfig {
    public Synthetic {
      Constraints.check(Synthetic.class, equation, variables, noise, rows);
    }
  }
}
