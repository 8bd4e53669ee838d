package dev.slope.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that a misspelt one was meant to be. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The known name with the smallest distance in edits: characters inserted, removed, replaced, or
   * swapped with their neighbour.
   *
   * @return the first of the nearest; empty where all are further away than a third of the name's
   *     length, and than one edit
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    int bound = Math.max(1, name.length() / 3);
    String nearest = null;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance <= bound) {
        nearest = candidate;
        bound = distance - 1;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The optimal string alignment distance. */
  private static int distance(String left, String right) {
    int[][] edits = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(
                edits[i - 1][j - 1] + replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[left.length()][right.length()];
  }
}
