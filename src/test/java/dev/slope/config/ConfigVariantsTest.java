package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVariantsTest {
  private static final String CONFIG =
      """
      {"data": {"train": "rows.csv"}, "label": "y", "model": "linear_regression", "training": {},
       "tune": {"parameters": {"/model/l2": [1]}}}
      """;

  @TempDir Path folder;

  @Test
  void aVariantIsTheConfigWithOtherValues() throws IOException {
    ConfigVariants variants = variants(List.of("/training/epochs=5"));
    Map<String, JsonValue> values = new LinkedHashMap<>();
    values.put("/model", new JsonValue("\"huber_regression\""));
    values.put("/model/delta", new JsonValue("2.5"));

    LoadedConfig variant = variants.with(values);

    Path other =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"data": {"train": "rows.csv"}, "label": "y",
             "model": {"type": "huber_regression", "delta": 2.5}, "training": {"epochs": 5}}
            """);
    assertThat(variant).isEqualTo(ConfigLoader.load(other, List.of()));
    assertThat(variants.base().run().tune()).isNotNull();
  }

  @Test
  void namesTheSettingThatIsWrongOnce() throws IOException {
    ConfigVariants variants = variants(List.of());

    assertThatThrownBy(
            () ->
                variants.with(
                    List.of(
                        Map.of("/model/l2", new JsonValue("1")),
                        Map.of("/model/l2", new JsonValue("-1")),
                        Map.of("/training/epochs", new JsonValue("0.5")),
                        Map.of("/model/l2", new JsonValue("-1")))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            2 problems in %s:
              setting /model/l2=-1: /model/l2 must be >= 0, but was -1
              setting /training/epochs=0.5: /training/epochs must be an integer from -2147483648 to 2147483647, but was 0.5"""
                .formatted(folder.resolve("run.json")));
  }

  @Test
  void pathsFollowTheConfigToAnotherFolder() throws IOException {
    LoadedConfig base =
        variants(List.of("/data/validation=/data/held.csv", "/data/test=../test/*.csv")).base();
    Path other = Files.createDirectories(folder.resolve("a/b"));

    Path moved = Files.writeString(other.resolve("x.json"), base.jsonFor(other.resolve("x.json")));

    DataConfig data = ConfigLoader.load(moved, List.of()).run().data();
    assertThat(data.sources())
        .containsExactly(
            DataSourceConfig.File.of("../../rows.csv"),
            DataSourceConfig.File.of("/data/held.csv"),
            DataSourceConfig.File.of("../../../test/*.csv"));
    assertThat(base.jsonFor(folder.resolve("y.json"))).isEqualTo(base.effectiveJson());
  }

  @Test
  void aQueryStaysInItsFolder() throws IOException {
    LoadedConfig base =
        variants(List.of("/data/train={\"type\": \"sql\", \"query\": \"SELECT 1 AS y\"}")).base();

    assertThat(base.jsonFor(folder.resolve("y.json"))).isEqualTo(base.effectiveJson());
    assertThatThrownBy(() -> base.jsonFor(folder.resolve("a/y.json")))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            "must be in the folder of %s, for paths in an SQL query are relative to the config and can't be rewritten"
                .formatted(folder.resolve("run.json")));
  }

  private ConfigVariants variants(List<String> overrides) throws IOException {
    return ConfigVariants.load(Files.writeString(folder.resolve("run.json"), CONFIG), overrides);
  }
}
