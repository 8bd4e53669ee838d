package dev.slope.config;

import java.util.Arrays;
import java.util.List;

/** JSON pointers, RFC 6901. */
final class Pointers {
  private Pointers() {}

  /** The pointer of a member or element of what {@code parent} points to. */
  static String child(String parent, String key) {
    return parent + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /**
   * The keys of a pointer.
   *
   * @param pointer starts with {@code /}
   */
  static List<String> keys(String pointer) {
    return Arrays.stream(pointer.substring(1).split("/", -1))
        .map(key -> key.replace("~1", "/").replace("~0", "~"))
        .toList();
  }
}
