package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema says what the reader says; an independent validator judges. */
class ConfigSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigSchema.json());

  private static final String LINE =
      """
      {"data": {"train": {"type": "synthetic", "equation": "y = 2x + 1",
        "variables": {"x": {"from": 0, "to": 10, "step": 1}}}},
       "label": "y", "model": "linear_regression",
       "training": {"epochs": 1, "optimizer": {"type": "gradient_descent", "learning_rate": 1}}}
      """;

  @TempDir Path folder;

  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    assertThat(Path.of("configs", "slope.schema.json"))
        .as("run: ./slope schema > configs/slope.schema.json")
        .hasContent(ConfigSchema.json());
  }

  @ParameterizedTest
  @MethodSource("shippedConfigs")
  void shippedConfigsNameTheSchemaAndKeepIt(Path config) throws IOException {
    String json = Files.readString(config);

    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    assertThat(json).contains("\"$schema\": \"slope.schema.json\"");
  }

  static Stream<Path> shippedConfigs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("configs"))) {
      List<Path> configs =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !file.endsWith("slope.schema.json"))
              .sorted()
              .toList();
      return configs.stream();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/seed=7",
        "/label=[\"y\"]",
        "/features/x=numeric",
        "/features/x={\"type\": \"numeric\", \"scaling\": \"none\"}",
        "/features/x={\"type\": \"numeric\", \"scaling\": \"log1p\", \"missing\": 0}",
        "/features/x={\"type\": \"numeric\", \"missing\": \"drop\", \"clip\": [0, 1], \"degree\":"
            + " 10}",
        "/features/x={\"type\": \"numeric\", \"missing\": {\"type\": \"constant\", \"value\": 1}}",
        "/features/x={\"type\": \"numeric\", \"boundaries\": 5, \"missing_indicator\": true}",
        "/features/x={\"type\": \"numeric\", \"quantiles\": 2}",
        "/features/x=categorical",
        "/features/x={\"type\": \"categorical\", \"vocabulary\": [\"a\", 1, true]}",
        "/features/x={\"type\": \"categorical\", \"vocabulary\": 7, \"oov\": \"ignore\"}",
        "/features/x={\"type\": \"hashed\", \"buckets\": 16777216}",
        "/features/x=boolean",
        "/features/x={\"type\": \"datetime\", \"parts\": \"day_of_week\"}",
        "/features/x={\"type\": \"text\", \"ngrams\": 5}",
        "/features/x=auto",
        "/features/*=categorical",
        "/data/train={\"type\": \"inline\", \"columns\": {\"x\": [1, 2], \"y\": [1, 2]}}",
        "/data/train=rows.csv",
        "/data/train={\"type\": \"file\", \"path\": \"rows\", \"format\": \"parquet\"}",
        "/data/train/noise=0.5",
        "/data/train/noise={\"type\": \"uniform\", \"bound\": 1}",
        "/model/initializer=zeros",
        "/model={\"type\": \"linear_regression\", \"initializer\":"
            + " {\"type\": \"values\", \"weights\": {\"x\": 2}, \"intercepts\": 1}}",
        "/model={\"type\": \"linear_regression\", \"fit_intercept\": false, \"l1\": 0, \"l2\": 2}",
        "/model={\"type\": \"linear_regression\", \"bounds\": {\"x\": [0, 1], \"*\": [-1, 1]}}",
        "/model={\"type\": \"logistic_regression\", \"class_weight\": \"balanced\"}",
        "/model={\"type\": \"softmax_regression\", \"class_weight\": {\"0\": 1, \"1\": 5}}",
        "/model={\"type\": \"tweedie_regression\", \"power\": 1.9}",
        "/model={\"type\": \"huber_regression\", \"delta\": 2}",
        "/model={\"type\": \"quantile_regression\", \"quantile\": 0.9}",
        "/model={\"type\": \"linear_svm\", \"loss\": \"hinge\"}",
        "/training/device=gpu:1",
        "/training/optimizer=gradient_descent",
        "/training/optimizer/learning_rate=auto",
        "/training/optimizer/learning_rate={\"type\": \"line_search\"}",
        "/training/optimizer/schedule=constant",
        "/training/optimizer/schedule={\"type\": \"cosine\", \"decay_epochs\": 10, \"alpha\": 1}",
        "/training/optimizer=adam",
        "/training/optimizer={\"type\": \"adam\", \"beta_1\": 0.5, \"epsilon\": 1e-3}",
        "/training/optimizer={\"type\": \"ftrl\", \"learning_rate_power\": 0}",
        "/training/optimizer={\"type\": \"lbfgs\", \"memory\": 5}",
        "/training/optimizer=newton",
        "/tune={\"parameters\": {\"/model/l2\": [1, \"a\", {\"b\": []}]}, \"folds\": 2}",
        "/tune={\"parameters\": {\"/model/l1\": \"path\"}, \"search\": {\"type\": \"random\","
            + " \"trials\": 5}, \"stratified\": false, \"metric\": \"rmse\"}",
        "/tune={\"parameters\": {\"/model/l2\": {\"type\": \"path\", \"ratio\": 0.5}}}",
        "/tune={\"parameters\": {\"/model/l2\": {\"from\": 1, \"to\": 2, \"count\": 2, \"scale\":"
            + " \"log\", \"integer\": true}}}",
        "/expect={\"r2\": {\"min\": 0.5}}"
      })
  void bothAccept(String override) throws IOException {
    assertThat(schemaErrors(override)).isEmpty();
    assertThat(readerProblems(override)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/seed=1.5",
        "/sed=7",
        "/label=[]",
        "/label=5",
        "/name=a/b",
        "/name=",
        "/features/x={\"scaling\": \"none\"}",
        "/features/x=hashed",
        "/features/x=word",
        "/features/x={\"type\": \"numeric\", \"degree\": 11}",
        "/features/x={\"type\": \"numeric\", \"quantiles\": 1}",
        "/features/x={\"type\": \"numeric\", \"missing\": \"mode\"}",
        "/features/x={\"type\": \"numeric\", \"missing\": \"constant\"}",
        "/features/x={\"type\": \"numeric\", \"boundaries\": []}",
        "/features/x={\"type\": \"categorical\", \"vocabulary\": []}",
        "/features/x={\"type\": \"categorical\", \"vocabulary\": [null]}",
        "/features/x={\"type\": \"categorical\", \"oov\": \"drop\"}",
        "/features/x={\"type\": \"hashed\", \"buckets\": 1}",
        "/features/x={\"type\": \"hashed\", \"buckets\": 16777217}",
        "/features/x={\"type\": \"boolean\", \"missing\": 0}",
        "/features/x={\"type\": \"datetime\", \"parts\": [\"week\"]}",
        "/features/x={\"type\": \"text\", \"ngrams\": 6}",
        "/data/train={\"type\": \"file\"}",
        "/data/train={\"path\": \"rows.csv\"}",
        "/data/train={\"type\": \"spark\", \"query\": \"select 1\"}",
        "/data/train={\"type\": \"file\", \"path\": \" \"}",
        "/data/train/noise=quiet",
        "/data/train/noise={\"bound\": 1}",
        "/data/train/noise=-1",
        "/data/train/variables={}",
        "/data/train/variables/x/step=0",
        "/model={\"type\": \"linear_regression\", \"link\": \"identity\"}",
        "/model={\"type\": \"linear_regression\", \"l1\": -1}",
        "/model={\"type\": \"linear_regression\", \"fit_intercept\": 1}",
        "/model={\"type\": \"linear_regression\", \"class_weight\": \"balanced\"}",
        "/model={\"type\": \"logistic_regression\", \"class_weight\": \"even\"}",
        "/model={\"type\": \"logistic_regression\", \"class_weight\": {\"a\": \"much\"}}",
        "/model={\"type\": \"logistic_regression\", \"class_weight\": {}}",
        "/model={\"type\": \"logistic_regression\", \"class_weight\": {\"type\": \"a\"}}",
        "/model={\"type\": \"tweedie_regression\", \"power\": 1}",
        "/model={\"type\": \"tweedie_regression\", \"power\": 2}",
        "/model={\"type\": \"huber_regression\", \"delta\": 0}",
        "/model={\"type\": \"quantile_regression\", \"quantile\": 1}",
        "/model={\"type\": \"linear_svm\", \"loss\": \"log\"}",
        "/model={\"type\": \"linear_regression\", \"initializer\": \"model\"}",
        "/training/epochs=0",
        "/training/device=tpu",
        "/training/optimizer/learning_rate=-1",
        "/training/optimizer/learning_rate=fast",
        "/training/optimizer/learning_rate=constant",
        "/training/optimizer/learning_rate={\"type\": \"auto\", \"value\": 1}",
        "/training/optimizer/schedule=exponential",
        "/training/optimizer/schedule={\"type\": \"cosine\", \"decay_epochs\": 10, \"alpha\": 1.1}",
        "/training/optimizer={\"type\": \"momentum\", \"learning_rate\": \"auto\"}",
        "/training/optimizer={\"type\": \"adam\", \"beta_1\": 1}",
        "/training/optimizer={\"type\": \"ftrl\", \"learning_rate_power\": 0.5}",
        "/training/optimizer={\"type\": \"lbfgs\", \"memory\": 0}",
        "/training/optimizer={\"type\": \"newton\", \"learning_rate\": 1}",
        "/report/plots=yes",
        "/tune={}",
        "/tune={\"parameters\": {}}",
        "/tune={\"parameters\": {\"/model/l2\": 1}, \"folds\": 2}",
        "/tune={\"parameters\": {\"/model/l2\": []}, \"folds\": 2}",
        "/tune={\"parameters\": {\"/model/l2\": \"grid\"}, \"folds\": 2}",
        "/tune={\"parameters\": {\"/model/l2\": {\"from\": 1}}, \"folds\": 2}",
        "/tune={\"parameters\": {\"/model/l2\": [1]}, \"folds\": 1}",
        "/tune={\"parameters\": {\"/model/l2\": [1]}, \"metric\": \"best\"}",
        "/expect={\"r2\": 0.5}"
      })
  void bothRefuse(String override) throws IOException {
    assertThat(schemaErrors(override)).isNotEmpty();
    assertThat(readerProblems(override)).isNotEmpty();
  }

  private List<Error> schemaErrors(String override) {
    ConfigNode tree;
    try {
      tree = ConfigTreeReader.read(LINE, new ArrayList<>());
    } catch (ConfigTreeReader.SyntaxException e) {
      throw new AssertionError(e);
    }
    ConfigOverride.parse(override).applyTo(tree, new ArrayList<>());
    return SCHEMA.validate(json(tree).toString(), InputFormat.JSON);
  }

  /** The tree as Jackson's: an independent way to the validator. */
  private static JsonNode json(ConfigNode node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (node instanceof ConfigNode.Structure object) {
      ObjectNode json = nodes.objectNode();
      object.members().forEach((key, value) -> json.set(key, json(value)));
      return json;
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      ArrayNode json = nodes.arrayNode();
      sequence.elements().forEach(element -> json.add(json(element)));
      return json;
    }
    if (node instanceof ConfigNode.Text text) {
      return nodes.stringNode(text.value());
    }
    if (node instanceof ConfigNode.Numeral numeral) {
      return nodes.numberNode(new BigDecimal(numeral.literal()));
    }
    if (node instanceof ConfigNode.Truth truth) {
      return nodes.booleanNode(truth.value());
    }
    return nodes.nullNode();
  }

  private List<ConfigProblem> readerProblems(String override) throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), LINE);
    try {
      ConfigLoader.load(file, List.of(override));
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
