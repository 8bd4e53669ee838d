package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a hash map. */
class TextTableTest {
  @Test
  void numbersEveryTextOnceInTheOrderTheyTurnUp() {
    Random random = new Random(3);
    TextTable table = new TextTable();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> added = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      // Of every length around the eight bytes that are compared at once, and zeros among them.
      String text =
          switch (i % 4) {
            case 0 -> Integer.toString(random.nextInt(50_000));
            case 1 -> "ü".repeat(random.nextInt(9)) + random.nextInt(1_000);
            case 2 -> "\0".repeat(random.nextInt(12));
            default -> "the same beginning " + random.nextInt(5_000);
          };
      Integer expected = numbers.computeIfAbsent(text, absent -> numbers.size());
      byte[] bytes = ("xy" + text + "z").getBytes(StandardCharsets.UTF_8);
      assertThat(table.number(bytes, 2, bytes.length - 1)).isEqualTo(expected);
      if (i == 100_000) {
        added.addAll(table.takeAdded());
      }
    }
    added.addAll(table.takeAdded());
    assertThat(added).hasSize(numbers.size());
    numbers.forEach((text, number) -> assertThat(added.get(number)).isEqualTo(text));
  }
}
