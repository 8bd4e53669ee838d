package dev.slope.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules that join several keys of a file source. */
final class FileRules {
  /** The formats without fields between delimiters, as their extensions spell them too. */
  private static final Set<String> OTHERS = Set.of("parquet", "jsonl", "ndjson", "json");

  private FileRules() {}

  /** Adds what the source breaks; values of a wrong type are passed over. */
  static void check(ConfigNode source, String pointer, List<ConfigProblem> problems) {
    String format = ConfigTree.text(source, "format").orElse("auto");
    String known =
        format.equals("auto") ? extension(ConfigTree.text(source, "path").orElse("")) : format;
    if (!OTHERS.contains(known)) {
      return;
    }
    for (String key : List.of("delimiter", "header", "na_values")) {
      ConfigTree.member(source, key)
          .ifPresent(
              node ->
                  problems.add(
                      new ConfigProblem(
                          node.place(),
                          Pointers.child(pointer, key),
                          "is for csv and tsv; leave it out with " + known)));
    }
  }

  private static String extension(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
