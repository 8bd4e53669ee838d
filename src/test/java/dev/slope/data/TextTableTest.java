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
  private static int number(TextTable table, byte[] bytes, int from, int to) {
    int[] number = new int[1];
    table.number(bytes, new int[] {from}, new int[] {to}, number, 0, 1);
    return number[0];
  }

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
      assertThat(number(table, bytes, 2, bytes.length - 1)).isEqualTo(expected);
      if (i == 100_000) {
        added.addAll(table.takeAdded());
      }
    }
    added.addAll(table.takeAdded());
    assertThat(added).hasSize(numbers.size());
    numbers.forEach((text, number) -> assertThat(added.get(number)).isEqualTo(text));
  }

  /** So many that the table grows between the first text and the last. */
  @Test
  void numbersTextsTogetherAsOneByOne() {
    int count = 5_000;
    StringBuilder all = new StringBuilder();
    int[] starts = new int[count];
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = all.length();
      all.append("text ").append(i * 31 % 3_000);
      ends[i] = all.length();
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.US_ASCII);
    TextTable oneByOne = new TextTable();
    int[] expected = new int[count];
    for (int i = 0; i < count; i++) {
      expected[i] = number(oneByOne, bytes, starts[i], ends[i]);
    }

    TextTable together = new TextTable();
    int[] numbers = new int[count];
    together.number(bytes, starts, ends, numbers, 0, 7);
    assertThat(number(together, bytes, starts[6], ends[6])).isEqualTo(expected[6]);
    together.number(bytes, starts, ends, numbers, 7, count - 7);
    assertThat(numbers).isEqualTo(expected);
  }
}
