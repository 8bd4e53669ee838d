package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's table of keys is what the config records say. */
class ReadmeTest {
  private static final String BEGIN = "<!-- keys: made by ReadmeTest -->\n";
  private static final String END = "<!-- end of keys -->\n";

  @Test
  void theTableOfKeysIsGenerated() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(readme).contains(BEGIN, END);
    assertThat(readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)))
        .as("the table of keys in README.md, to be replaced by what was expected")
        .isEqualTo(table());
  }

  private static String table() {
    List<String> rows = new ArrayList<>();
    rows.add("| key | value | default | meaning |");
    rows.add("|---|---|---|---|");
    fields("", ConfigType.run(), rows);
    return String.join("\n", rows) + "\n";
  }

  private static void fields(String pointer, ConfigType.Structure type, List<String> rows) {
    for (ConfigType.Field field : type.fields().values()) {
      String key = pointer + "/" + field.key();
      rows.add(
          "| `%s` | %s | %s | %s |"
              .formatted(key, value(field.type()), absent(field), field.description()));
      nested(key, field.type(), rows);
    }
  }

  private static void nested(String key, ConfigType type, List<String> rows) {
    if (type instanceof ConfigType.Structure structure) {
      fields(key, structure, rows);
    } else if (type instanceof ConfigType.Dictionary dictionary) {
      nested(key + "/NAME", dictionary.value(), rows);
    } else if (type instanceof ConfigType.Choice choice) {
      alternatives(key, choice, rows);
    }
  }

  /** A key that several alternatives have in the same words is one row. */
  private static void alternatives(String key, ConfigType.Choice choice, List<String> rows) {
    Map<String, List<String>> typesByRow = new LinkedHashMap<>();
    choice
        .alternatives()
        .forEach(
            (type, alternative) -> {
              List<String> own = new ArrayList<>();
              fields(key, alternative, own);
              own.forEach(
                  row -> typesByRow.computeIfAbsent(row, any -> new ArrayList<>()).add(type));
            });
    typesByRow.forEach(
        (row, types) ->
            rows.add(
                types.size() == choice.alternatives().size()
                    ? row
                    : row.replaceFirst("` \\|", "` of " + names(types) + " |")));
  }

  private static String absent(ConfigType.Field field) {
    if (field.defaultJson() != null) {
      return "`" + field.defaultJson() + "`";
    }
    return field.required() ? "required" : "";
  }

  private static String value(ConfigType type) {
    if (type instanceof ConfigType.Choice choice) {
      return names(choice.alternatives().keySet());
    }
    if (type instanceof ConfigType.Enumeration enumeration) {
      return names(enumeration.constants().keySet());
    }
    if (type instanceof ConfigType.Dictionary dictionary) {
      return "name: " + value(dictionary.value());
    }
    if (type instanceof ConfigType.Sequence sequence) {
      return "list of " + value(sequence.element());
    }
    if (type instanceof ConfigType.Structure) {
      return "object";
    }
    return switch ((ConfigType.Scalar) type) {
      case INTEGER, LONG -> "integer";
      case NUMBER -> "number";
      case TEXT -> "string";
      case LITERAL -> "string, number, true, false";
      case TRUTH -> "true, false";
      case ANY -> "any";
    };
  }

  private static String names(Iterable<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }
}
