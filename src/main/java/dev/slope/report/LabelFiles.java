package dev.slope.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the files of several labels are called: of a single label {@code fit}, of several {@code
 * fit_<label>}.
 */
final class LabelFiles {
  private final Map<String, String> endings = new HashMap<>();

  LabelFiles(Iterable<String> labels) {
    List<String> names = new ArrayList<>();
    labels.forEach(names::add);
    Set<String> taken = new HashSet<>();
    for (String label : names) {
      String ending = names.size() == 1 ? "" : "_" + plain(label);
      String free = ending;
      for (int i = 2; !taken.add(free); i++) {
        free = ending + "_" + i;
      }
      endings.put(label, free);
    }
  }

  /**
   * The name of a picture's file, without its own ending.
   *
   * @param picture such as {@code fit}
   */
  String name(String picture, String label) {
    return picture + endings.get(label);
  }

  /** Letters, digits, dots and dashes: a system in another locale may have no name for others. */
  private static String plain(String label) {
    return label.replaceAll("[^A-Za-z0-9.-]+", "_");
  }
}
