package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hand-written writer against Jackson's data binder: the same JSON of the same records. */
class JsonTextTest {
  record Leaf(String name, @Nullable Double absent, Scaling minMax, double value, float single) {}

  record Tree(List<Leaf> leaves, Map<String, Long> counts, boolean isTrue, int count, long big) {}

  @Test
  void saysWhatTheDataBinderSays() {
    Tree tree =
        new Tree(
            List.of(
                new Leaf("quote \" and \u00e9", null, Scaling.MIN_MAX, 0.1, 0.1f),
                new Leaf("", 1e300, Scaling.NONE, -0.0, Float.MIN_VALUE)),
            Map.of("one", 1L),
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE);

    JsonMapper mapper = Json.mapper();
    assertThat(mapper.readTree(JsonText.of(tree)))
        .isEqualTo(mapper.readTree(mapper.writeValueAsString(tree)));
    assertThat(JsonText.of(tree.counts)).isEqualTo(mapper.writeValueAsString(tree.counts) + "\n");
  }

  // As inspect does with a model's provenance.json.
  @Test
  void whatWasReadIsWrittenAsItWas() {
    JsonNode read =
        Json.mapper()
            .readTree(
                """
                {"text": "\\u00e9\\"", "rows": [1, 12345678901, 0.1, 1e300, {}, []],
                 "yes": true, "none": null, "in": {"a": {"b": -5}}}
                """);

    assertThat(Json.mapper().readTree(JsonText.of(Map.of("read", read))).get("read"))
        .isEqualTo(read);
  }

  @Test
  void recordOfSingleValuesInAListTakesALineOfItsOwn() {
    Tree tree =
        new Tree(
            List.of(
                new Leaf("a", null, Scaling.NONE, 1, 0.5f),
                new Leaf("b", null, Scaling.NONE, 2, 0.5f)),
            Map.of("one", 1L),
            true,
            1,
            2);

    assertThat(JsonText.of(List.of(tree)))
        .isEqualTo(
            """
            [ {
              "leaves" : [
                { "name" : "a", "min_max" : "none", "value" : 1.0, "single" : 0.5 },
                { "name" : "b", "min_max" : "none", "value" : 2.0, "single" : 0.5 }
              ],
              "counts" : {
                "one" : 1
              },
              "is_true" : true,
              "count" : 1,
              "big" : 2
            } ]
            """);
  }

  @Test
  void aNumberThatFollowsItselfIsTheSame() {
    List<Double> numbers = List.of(0.0, -0.0, -0.0, 0.1, 0.1, Double.NaN, Double.NaN, 0.1, 1e300);

    assertThat(JsonText.of(numbers))
        .isEqualTo("[ 0.0, -0.0, -0.0, 0.1, 0.1, \"NaN\", \"NaN\", 0.1, 1.0E300 ]\n");
  }

  private record Branch(int number, @Nullable Leaf leaf, List<Integer> twigs) {}

  private record Bud(String name, @Nullable Leaf leaf) {}

  /** As a coefficient without an estimate; one that has its parts takes several lines. */
  @Test
  void whatIsNotThereTakesNoLine() {
    Leaf leaf = new Leaf("a", null, Scaling.NONE, 1, 0.5f);

    assertThat(JsonText.of(List.of(new Bud("x", null), new Bud("y", leaf), new Bud("z", null))))
        .isEqualTo(
            """
            [
              { "name" : "x" },
              {
                "name" : "y",
                "leaf" : {
                  "name" : "a",
                  "min_max" : "none",
                  "value" : 1.0,
                  "single" : 0.5
                }
              },
              { "name" : "z" }
            ]
            """);
    assertThat(JsonText.of(List.of(new Branch(1, null, List.of(2, 3)))))
        .isEqualTo(
            """
            [ {
              "number" : 1,
              "twigs" : [ 2, 3 ]
            } ]
            """);
  }
}
