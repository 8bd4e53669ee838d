package dev.slope.tuning;

import dev.slope.config.ParameterConfig;
import dev.slope.config.SearchConfig;
import dev.slope.config.TuneConfig;
import dev.slope.data.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that a search tries. */
public final class Candidates {
  private static final int STREAM = -4;

  /** Who draws so often what was drawn before has found everything that a range rounds to. */
  private static final int MOST_DRAWS_IN_VAIN = 1_000;

  private Candidates() {}

  /**
   * All settings of a grid, the last parameter varying fastest, or those that are drawn.
   *
   * @param seed of the run: the same draws the same settings, none twice
   */
  public static List<Candidate> of(TuneConfig tune, long seed) {
    if (tune.search() instanceof SearchConfig.Grid) {
      return grid(tune.parameters());
    }
    if (tune.search() instanceof SearchConfig.RandomDraws draws) {
      RandomStream random = RandomStream.of(seed, STREAM);
      return drawn(tune.parameters(), draws.trials(), random);
    }
    throw new AssertionError("no candidates of " + tune.search().getClass().getSimpleName());
  }

  private static List<Candidate> grid(Map<String, ParameterConfig> parameters) {
    List<Map<String, CandidateValue>> settings = new ArrayList<>(List.of(Map.of()));
    parameters.forEach(
        (pointer, parameter) -> {
          List<Map<String, CandidateValue>> longer = new ArrayList<>();
          List<CandidateValue> values = ParameterValues.all(pointer, parameter);
          for (Map<String, CandidateValue> setting : settings) {
            for (CandidateValue value : values) {
              Map<String, CandidateValue> one = new LinkedHashMap<>(setting);
              one.put(pointer, value);
              longer.add(one);
            }
          }
          settings.clear();
          settings.addAll(longer);
        });
    return settings.stream().map(Candidate::new).toList();
  }

  private static List<Candidate> drawn(
      Map<String, ParameterConfig> parameters, int trials, RandomStream random) {
    Map<String, List<CandidateValue>> counted = new LinkedHashMap<>();
    parameters.forEach(
        (pointer, parameter) -> {
          if (ParameterValues.areCounted(parameter)) {
            counted.put(pointer, ParameterValues.all(pointer, parameter));
          }
        });
    Set<Candidate> candidates = new LinkedHashSet<>();
    int inVain = 0;
    while (candidates.size() < trials && inVain < MOST_DRAWS_IN_VAIN) {
      Map<String, CandidateValue> values = new LinkedHashMap<>();
      parameters.forEach(
          (pointer, parameter) -> {
            List<CandidateValue> all = counted.get(pointer);
            values.put(
                pointer,
                all != null
                    ? all.get(random.nextInt(all.size()))
                    : ParameterValues.drawn((ParameterConfig.Range) parameter, random));
          });
      inVain = candidates.add(new Candidate(values)) ? 0 : inVain + 1;
    }
    return List.copyOf(candidates);
  }
}
