package dev.slope.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A config that can't be used, with everything that is wrong with it. */
public final class ConfigException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** A file that can't be read at all, or that its data turns out not to fit. */
  public ConfigException(String message) {
    super(message);
    this.problems = List.of();
  }

  /**
   * A file with problems.
   *
   * @param file as the user wrote it
   * @param problems at least one
   */
  ConfigException(String file, List<ConfigProblem> problems) {
    super(
        (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + " in "
            + file
            + ":\n"
            + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found; none where it is the file as a whole. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
