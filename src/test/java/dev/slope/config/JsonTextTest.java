package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hand-written writer against Jackson's data binder: the same JSON of the same records. */
class JsonTextTest {
  record Leaf(String name, @Nullable Double absent, Scaling minMax, double value, float single) {}

  record Tree(List<Leaf> leaves, Map<String, Long> counts, boolean isTrue, int count, long big) {}

  @Test
  void writesWhatTheDataBinderWrites() {
    Tree tree =
        new Tree(
            List.of(
                new Leaf("quote \" and \u00e9", null, Scaling.MIN_MAX, 0.1, 0.1f),
                new Leaf("", 1e300, Scaling.NONE, -0.0, Float.MIN_VALUE)),
            Map.of("one", 1L),
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE);

    assertThat(JsonText.of(tree)).isEqualTo(Json.mapper().writeValueAsString(tree) + "\n");
  }
}
