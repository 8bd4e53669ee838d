package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of file and database sources. */
class SourceRulesTest {
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  @Test
  void bindsEveryKeyOfEverySource() throws IOException {
    assertThat(
            source(
                "{\"type\": \"file\", \"path\": \"a/*.txt\", \"format\": \"tsv\", \"delimiter\":"
                    + " \"|\", \"header\": false, \"na_values\": \"?\"}"))
        .isEqualTo(new DataSourceConfig.File("a/*.txt", FileFormat.TSV, "|", false, List.of("?")));
    assertThat(source("\"a.csv\""))
        .isEqualTo(
            new DataSourceConfig.File("a.csv", FileFormat.AUTO, null, true, List.of("NA", "NULL")));
    assertThat(source("{\"type\": \"sql\", \"query\": \"SELECT 1\"}"))
        .isEqualTo(new DataSourceConfig.Sql("SELECT 1"));
    assertThat(
            source(
                "{\"type\": \"jdbc\", \"url\": \"jdbc:a:b\", \"query\": \"q\", \"user\": \"me\","
                    + " \"password\": \"${DB_PASSWORD}\"}"))
        .isEqualTo(new DataSourceConfig.Jdbc("jdbc:a:b", "q", "me", "${DB_PASSWORD}"));
    assertThat(source("{\"type\": \"libsvm\", \"path\": \"a\", \"features\": 13}"))
        .isEqualTo(new DataSourceConfig.Libsvm("a", 13));
    assertThat(source("{\"type\": \"tfrecord\", \"path\": \"a\"}"))
        .isEqualTo(new DataSourceConfig.TfRecord("a"));
  }

  @Test
  void theEffectiveConfigNamesTheVariableOfAPassword() throws IOException {
    assertThat(
            load("{\"type\": \"jdbc\", \"url\": \"jdbc:a:b\", \"query\": \"q\", \"password\":"
                    + " \"${DB_PASSWORD}\"}")
                .effectiveJson())
        .contains("\"password\" : \"${DB_PASSWORD}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delimiter | \";\"   | a.parquet     | parquet",
        "header    | false   | a.jsonl       | jsonl",
        "na_values | [\"?\"] | a.json.gz     | json",
        "header    | true    | a.JSON.zst    | json"
      })
  void keysOfDelimitedTextGoWithNoOtherFormat(
      String key, String value, String path, String format) {
    assertThatThrownBy(
            () ->
                source(
                    "{'type': 'file', 'path': '%s', '%s': %s}"
                        .formatted(path, key, value)
                        .replace('\'', '"')))
        .hasMessageContaining(
            "/data/train/" + key + " is for csv and tsv; leave it out with " + format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"ab\"", "\"\\\"\"", "\"\\n\"", "\"é\""})
  void aDelimiterIsOneCharacter(String delimiter) {
    assertThatThrownBy(
            () -> source("{\"type\": \"file\", \"path\": \"a\", \"delimiter\": " + delimiter + "}"))
        .hasMessageContaining(
            "/data/train/delimiter must be one printable ASCII character that is no double quote,"
                + " or a tab, but was '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"hunter2\"", "[\"hunter2\"]", "\"${A}hunter2\"", "\"$hunter2\""})
  void aPasswordInAConfigIsAnErrorThatDoesNotShowIt(String password) {
    Throwable error =
        catchThrowable(
            () ->
                source(
                    "{\"type\": \"jdbc\", \"url\": \"jdbc:a:b\", \"query\": \"q\", \"password\": "
                        + password
                        + "}"));
    assertThat(error)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "/data/train/password must be ${NAME}, the environment variable that holds it; what"
                + " was written is not shown");
    assertThat(error.getMessage()).doesNotContain(SECRET);
  }

  @Test
  void aPasswordOnTheCommandLineIsNotShownEither() throws IOException {
    Path file = write("{\"type\": \"jdbc\", \"url\": \"jdbc:a:b\", \"query\": \"q\"}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of("/data/train/password=" + SECRET)))
        .hasMessageContaining("--set /data/train/password: /data/train/password must be ${NAME}")
        .message()
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/db?user=me&password=hunter2",
        "jdbc:sqlserver://host;Password=hunter2;x=y",
        "jdbc:mysql://me:hunter2@host/db",
        "jdbc:oracle:thin:scott/hunter2@host:1521/x",
        "postgresql://me:hunter2@host"
      })
  void aPasswordInAUrlIsAnErrorThatDoesNotShowIt(String url) {
    assertThatThrownBy(
            () -> source("{\"type\": \"jdbc\", \"query\": \"q\", \"url\": \"" + url + "\"}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/data/train/url must ")
        .message()
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host:5432/db?password=${DB_PASSWORD}&ssl=true",
        "jdbc:mysql://host:3306/db",
        "jdbc:oracle:thin:@//host:1521/x",
        "jdbc:sqlite:folder/a.db"
      })
  void aUrlWithoutAPasswordIsFine(String url) throws IOException {
    assertThat(source("{\"type\": \"jdbc\", \"query\": \"q\", \"url\": \"" + url + "\"}"))
        .isEqualTo(new DataSourceConfig.Jdbc(url, "q", null, null));
  }

  private DataSourceConfig source(String json) throws IOException {
    return load(json).run().data().train();
  }

  private LoadedConfig load(String json) throws IOException {
    return ConfigLoader.load(write(json), List.of());
  }

  private Path write(String json) throws IOException {
    return Files.writeString(
        folder.resolve("c.json"),
        "{\"data\": {\"train\": "
            + json
            + "}, \"label\": \"y\", \"model\": {\"type\": \"linear_regression\"}, \"training\":"
            + " {\"optimizer\": {\"type\": \"gradient_descent\", \"learning_rate\": 0.1}}}");
  }
}
