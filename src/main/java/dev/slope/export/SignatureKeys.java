package dev.slope.export;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that columns have in a signature: Python identifiers, since Python calls signatures
 * with named arguments.
 */
final class SignatureKeys {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^A-Za-z0-9]+");

  /** Python's keywords, and the one argument name that its methods keep for themselves. */
  private static final Set<String> RESERVED =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "self");

  private SignatureKeys() {}

  /**
   * The key of each column, in the order of the columns. A column keeps its name where that is an
   * identifier; any other is rewritten, and numbered where the result is taken.
   *
   * @param columns distinct names
   */
  static Map<String, String> of(List<String> columns) {
    Set<String> taken = new LinkedHashSet<>(columns.stream().filter(SignatureKeys::isKey).toList());
    Map<String, String> keys = new LinkedHashMap<>();
    for (String column : columns) {
      keys.put(column, isKey(column) ? column : unique(rewritten(column), taken));
    }
    return keys;
  }

  private static boolean isKey(String name) {
    return IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name);
  }

  private static String rewritten(String column) {
    String joined = OTHER_CHARACTERS.matcher(column).replaceAll("_").replaceAll("^_+|_+$", "");
    if (joined.isEmpty()) {
      return "column";
    }
    if (Character.isDigit(joined.charAt(0))) {
      return "column_" + joined;
    }
    return RESERVED.contains(joined) ? joined + "_" : joined;
  }

  private static String unique(String wanted, Set<String> taken) {
    String key = wanted;
    for (int i = 2; !taken.add(key); i++) {
      key = wanted + "_" + i;
    }
    return key;
  }
}
