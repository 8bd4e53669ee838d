package dev.slope.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.JsonValue;
import dev.slope.config.ParameterConfig;
import dev.slope.config.SearchConfig;
import dev.slope.config.TuneConfig;
import dev.slope.config.ValueScale;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  @Test
  void aGridIsEveryCombinationTheLastVaryingFastest() {
    Map<String, ParameterConfig> parameters = new LinkedHashMap<>();
    parameters.put("/a", values("1", "\"x\""));
    parameters.put("/b", new ParameterConfig.Range(0, 1, 3, ValueScale.LINEAR, false));

    assertThat(shown(Candidates.of(tune(parameters, new SearchConfig.Grid()), 0)))
        .containsExactly("1 0", "1 0.5", "1 1", "\"x\" 0", "\"x\" 0.5", "\"x\" 1");
  }

  /** 0.3 is 0.30000000000000004 in float64 steps of 0.1; powers of ten are whole numbers. */
  @Test
  void numbersAreWrittenAsAPersonWould() {
    assertThat(range(0.1, 0.5, 5, ValueScale.LINEAR, false))
        .containsExactly("0.1", "0.2", "0.3", "0.4", "0.5");
    assertThat(range(1, 1000, 4, ValueScale.LOG, false)).containsExactly("1", "10", "100", "1000");
    assertThat(range(1e-8, 1e-4, 3, ValueScale.LOG, false))
        .containsExactly("1E-8", "0.000001", "0.0001");
    assertThat(range(1e-3, 1, 3, ValueScale.LOG, false)).containsExactly("0.001", "0.0316228", "1");
    // 1, 1.59, 2.52, 4 on the log scale; of 1, 1.5, 2, 2.5, 3 the halves go to the even one.
    assertThat(range(1, 4, 4, ValueScale.LOG, true)).containsExactly("1", "2", "3", "4");
    assertThat(range(1, 3, 5, ValueScale.LINEAR, true)).containsExactly("1", "2", "3");
  }

  /** Three steps from 90.32006 to a hundredth of it: the first rounded up, then a tenth each. */
  @Test
  void aPathGoesDownFromTheLargest() {
    TuneConfig tune =
        tune(
            Map.of("/model/l1", new ParameterConfig.PenaltyPath(3, 0.01)), new SearchConfig.Grid());
    List<Candidate> candidates = Candidates.of(tune, 0);

    assertThat(candidates)
        .extracting(candidate -> json(candidate.known(pointer -> 90.32006), "/model/l1"))
        .containsExactly("90.3201", "9.03201", "0.903201");
    assertThat(candidates.get(2).withoutRows()).isEqualTo(Map.of("/model/l1", new JsonValue("1")));
    assertThat(candidates.get(2).hasPath()).isTrue();
  }

  @Test
  void theSameSeedDrawsTheSameSettings() {
    Map<String, ParameterConfig> parameters = new LinkedHashMap<>();
    parameters.put("/a", values("1", "2", "3"));
    parameters.put("/b", new ParameterConfig.Range(1e-4, 1, null, ValueScale.LOG, false));
    TuneConfig tune = tune(parameters, new SearchConfig.RandomDraws(400));

    List<Candidate> drawn = Candidates.of(tune, 5);

    assertThat(drawn).isEqualTo(Candidates.of(tune, 5)).isNotEqualTo(Candidates.of(tune, 6));
    assertThat(drawn).hasSize(400);
    assertThat(new HashSet<>(drawn)).hasSize(400);
    // Evenly drawn on a log scale from -4 to 0: mean -2, sigma 4 / sqrt(12 * 400) = 0.058.
    assertThat(
            drawn.stream()
                .mapToDouble(each -> Math.log10(Double.parseDouble(json(each.withoutRows(), "/b"))))
                .average()
                .orElseThrow())
        .isCloseTo(-2, within(0.24));
    // A third of 400 has a sigma of 9.4.
    assertThat(drawn.stream().filter(each -> json(each.withoutRows(), "/a").equals("2")).count())
        .isBetween(95L, 171L);
  }

  @Test
  void aWholeGridCanBeDrawn() {
    Map<String, ParameterConfig> parameters = new LinkedHashMap<>();
    parameters.put("/a", values("1", "2", "3"));
    parameters.put("/b", values("1", "2"));

    assertThat(shown(Candidates.of(tune(parameters, new SearchConfig.RandomDraws(6)), 1)))
        .containsExactlyInAnyOrder("1 1", "1 2", "2 1", "2 2", "3 1", "3 2");
  }

  private static List<String> range(
      double from, double to, int count, ValueScale scale, boolean integer) {
    return shown(
        Candidates.of(
            tune(
                Map.of("/a", new ParameterConfig.Range(from, to, count, scale, integer)),
                new SearchConfig.Grid()),
            0));
  }

  private static String json(Map<String, JsonValue> values, String pointer) {
    return Objects.requireNonNull(values.get(pointer)).json();
  }

  private static List<String> shown(List<Candidate> candidates) {
    return candidates.stream()
        .map(
            candidate ->
                String.join(
                    " ", candidate.withoutRows().values().stream().map(JsonValue::json).toList()))
        .toList();
  }

  private static ParameterConfig values(String... json) {
    return new ParameterConfig.Values(List.of(json).stream().map(JsonValue::new).toList());
  }

  private static TuneConfig tune(Map<String, ParameterConfig> parameters, SearchConfig search) {
    return new TuneConfig(parameters, search, null, null, null);
  }
}
