package dev.slope.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of a database source that its types don't say. */
final class JdbcRules {
  /** {@code password=} with a text behind it that is no variable, as most drivers have it. */
  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile("(?:password|passwd|pwd)=(?!\\$\\{[a-z_][a-z0-9_]*\\})[^&;]");

  /** {@code //user:password@host}, and {@code :user/password@host} as Oracle has it. */
  private static final Pattern PASSWORD_OF_USER =
      Pattern.compile("//[^/@?]*:[^/@?$]+@|^jdbc:oracle:[a-z]+:[^/@]+/[^@$]+@");

  private JdbcRules() {}

  /** Adds what the source breaks; values of a wrong type are passed over. */
  static void check(ConfigNode source, String pointer, List<ConfigProblem> problems) {
    ConfigTree.member(source, "url")
        .filter(ConfigNode.Text.class::isInstance)
        .map(ConfigNode.Text.class::cast)
        .filter(url -> holdsPassword(url.value()))
        .ifPresent(
            url ->
                problems.add(
                    new ConfigProblem(
                        url.place().withoutValue(),
                        pointer + "/url",
                        "must hold no password, which is not shown here; name an environment"
                            + " variable in "
                            + pointer
                            + "/password, as ${NAME}")));
  }

  private static boolean holdsPassword(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return PASSWORD_PARAMETER.matcher(lower).find() || PASSWORD_OF_USER.matcher(lower).find();
  }
}
