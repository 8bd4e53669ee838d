package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where rows come from. A bare string is a {@link File}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DataSourceConfig.File.class, name = "file"),
  @JsonSubTypes.Type(value = DataSourceConfig.Sql.class, name = "sql"),
  @JsonSubTypes.Type(value = DataSourceConfig.Jdbc.class, name = "jdbc"),
  @JsonSubTypes.Type(value = DataSourceConfig.Libsvm.class, name = "libsvm"),
  @JsonSubTypes.Type(value = DataSourceConfig.TfRecord.class, name = "tfrecord"),
  @JsonSubTypes.Type(value = DataSourceConfig.Inline.class, name = "inline"),
  @JsonSubTypes.Type(value = DataSourceConfig.Synthetic.class, name = "synthetic")
})
@Shorthand(type = "file", key = "path", kind = Shorthand.JsonKind.STRING)
public sealed interface DataSourceConfig {

  /** The path that stands for standard input. */
  String STANDARD_INPUT = "-";

  /** Whether it can be read but once, however often the run is repeated. */
  default boolean isStandardInput() {
    return (this instanceof File file && file.path().equals(STANDARD_INPUT))
        || (this instanceof Libsvm libsvm && libsvm.path().equals(STANDARD_INPUT))
        || (this instanceof TfRecord records && records.path().equals(STANDARD_INPUT));
  }

  /**
   * A table in a file, or in many that a pattern names.
   *
   * @param path the file, relative to the config's folder; {@code *}, {@code ?}, {@code [...]} and
   *     {@code **} name many files, {@code -} is standard input
   * @param format how the file is read
   * @param delimiter between the fields of a text file; absent for the format's own
   * @param header whether a text file's first line names its columns
   * @param naValues texts that stand for a missing value, besides the empty one
   */
  record File(
      @NotBlank
          @JsonPropertyDescription(
              "The file, relative to the config's folder. '*', '?', '[...]' and '**' name many"
                  + " files, '-' is standard input. Files may be compressed by gzip or zstd.")
          String path,
      @Default("\"auto\"")
          @JsonPropertyDescription("How the file is read; auto goes by its extension.")
          FileFormat format,
      @Pattern(
              regexp = "[\\t !#-~]",
              message = "one printable ASCII character that is no double quote, or a tab")
          @JsonPropertyDescription(
              "What stands between the fields of csv and tsv; by default a comma and a tab.")
          @Nullable String delimiter,
      @Default("true")
          @JsonPropertyDescription(
              "Whether the first line of csv and tsv names the columns; else they are column_1,"
                  + " column_2, ...")
          boolean header,
      @Default("[\"NA\", \"NULL\"]")
          @JsonPropertyDescription(
              "Texts that stand for a missing value in csv and tsv, besides the empty one.")
          List<String> naValues)
      implements DataSourceConfig {
    public File {
      Constraints.check(File.class, path, format, delimiter, header, naValues);
    }

    /** The file of a path, with the defaults of every other key. */
    public static File of(String path) {
      return ConfigBinder.file(path);
    }
  }

  /**
   * What a query of files answers, computed by the embedded DuckDB.
   *
   * @param query one SELECT statement; paths in it are relative to the config's folder
   */
  record Sql(
      @NotBlank
          @JsonPropertyDescription(
              "One SELECT statement for the embedded DuckDB, such as SELECT * FROM 'a.csv' WHERE x"
                  + " > 0; paths in it are relative to the config's folder.")
          String query)
      implements DataSourceConfig {
    public Sql {
      Constraints.check(Sql.class, query);
    }
  }

  /**
   * What a database answers to a query. {@code ${NAME}} in url and user stands for an environment
   * variable.
   *
   * @param url of the database
   * @param query in the database's SQL
   * @param user of the database
   * @param password the environment variable that holds it, as {@code ${NAME}}: itself it is never
   *     part of a config
   */
  record Jdbc(
      @Confidential
          @Pattern(regexp = "jdbc:.+", message = "a JDBC URL, jdbc:...")
          @JsonPropertyDescription(
              "The database, jdbc:...; its driver is a jar in lib/. ${NAME} stands for an"
                  + " environment variable.")
          String url,
      @NotBlank @JsonPropertyDescription("The query, in the database's own SQL.") String query,
      @JsonPropertyDescription("The user; ${NAME} stands for an environment variable.")
          @Nullable String user,
      @Confidential
          @Pattern(
              regexp = "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}",
              message = "${NAME}, the environment variable that holds it")
          @JsonPropertyDescription(
              "The environment variable that holds the password, as ${NAME}; never the password"
                  + " itself.")
          @Nullable String password)
      implements DataSourceConfig {
    public Jdbc {
      Constraints.check(Jdbc.class, url, query, user, password);
    }
  }

  /**
   * A file of LIBSVM's lines, {@code label index:value ...}: the columns {@code label} and {@code
   * x1}, {@code x2}, ...; an index that a line leaves out is 0.
   *
   * @param path as a file's
   * @param features the largest index; absent for the largest in the data
   */
  record Libsvm(
      @NotBlank @JsonPropertyDescription("The file or files, as a file's path.") String path,
      @Min(1)
          @JsonPropertyDescription(
              "How many feature columns there are, x1 to xN; by default the largest index in the"
                  + " data.")
          @Nullable Integer features)
      implements DataSourceConfig {
    public Libsvm {
      Constraints.check(Libsvm.class, path, features);
    }
  }

  /**
   * TFRecord files of tf.Example, each a row: a column for each feature of one value.
   *
   * @param path as a file's
   */
  record TfRecord(
      @NotBlank @JsonPropertyDescription("The file or files, as a file's path.") String path)
      implements DataSourceConfig {
    public TfRecord {
      Constraints.check(TfRecord.class, path);
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
