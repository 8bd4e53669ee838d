package dev.slope.features;

import java.util.Locale;
import java.util.Set;

/** Tells from a column's name whether numbers in it number the rows instead of measuring them. */
final class IdentifierNames {
  private static final Set<String> LAST_WORDS = Set.of("id", "uuid", "guid", "key");
  private static final Set<String> NAMES =
      Set.of(
          "index", "idx", "row", "rowid", "rownum", "rownames", "unnamed 0", "number", "no", "nr");

  private IdentifierNames() {}

  /** {@code id}, {@code user_id}, {@code PassengerId}, {@code row number}; not {@code humid}. */
  static boolean matches(String name) {
    String words =
        name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip();
    String last = words.substring(words.lastIndexOf(' ') + 1);
    return LAST_WORDS.contains(last) || NAMES.contains(words) || words.equals("row number");
  }
}
