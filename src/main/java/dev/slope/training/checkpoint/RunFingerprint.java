package dev.slope.training.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that decides a run's result, by name: two runs of one fingerprint go through the same states,
 * so either may continue from the other's checkpoint.
 *
 * @param values as text
 */
public record RunFingerprint(SortedMap<String, String> values) {
  /**
   * What may differ between the run that wrote a checkpoint and the one that continues it.
   *
   * <ul>
   *   <li>How long it trains, so that a run can be made longer, and by which clock.
   *   <li>What happens after it, and what it is called.
   *   <li>Where the data lies: what it is stands in its own fingerprint.
   *   <li>The plan and the device that were asked for: those taken are values of their own.
   * </ul>
   */
  private static final List<String> FREE =
      List.of(
          "/$schema",
          "/name",
          "/description",
          "/expect",
          "/gate",
          "/threshold",
          "/tune",
          "/report",
          "/export",
          "/data/train/path",
          "/data/validation/path",
          "/data/test/path",
          "/training/epochs",
          "/training/stop/max_seconds",
          "/training/checkpoint",
          "/training/plan",
          "/training/device");

  public RunFingerprint {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * What a config decides.
   *
   * @param values of the effective config by their JSON pointers
   */
  public static RunFingerprint ofConfig(Map<String, String> values) {
    SortedMap<String, String> decisive = new TreeMap<>(values);
    decisive.keySet().removeIf(RunFingerprint::isFree);
    return new RunFingerprint(decisive);
  }

  /** This and what else decides: data, versions, device. */
  public RunFingerprint and(Map<String, String> more) {
    SortedMap<String, String> both = new TreeMap<>(values);
    both.putAll(more);
    return new RunFingerprint(both);
  }

  /** What differs from that of an earlier run, a phrase a name; none where they are equal. */
  List<String> differencesFrom(RunFingerprint earlier) {
    SortedSet<String> names = new TreeSet<>(values.keySet());
    names.addAll(earlier.values.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = earlier.values.getOrDefault(name, "absent");
      String is = values.getOrDefault(name, "absent");
      if (!was.equals(is)) {
        differences.add(name + " was " + was + " and is " + is);
      }
    }
    return differences;
  }

  private static boolean isFree(String pointer) {
    for (String free : FREE) {
      if (pointer.startsWith(free)
          && (pointer.length() == free.length() || pointer.charAt(free.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
