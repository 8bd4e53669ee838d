package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  @Test
  void numbersTextsAsTheyTurnUp() {
    Dictionary dictionary = new Dictionary();

    assertThat(dictionary.add("c", "b")).isZero();
    assertThat(dictionary.add("c", "")).isEqualTo(1);
    assertThat(dictionary.add("c", "b")).isZero();
    assertThat(dictionary.texts()).isEqualTo(List.of("b", ""));
    assertThat(dictionary.find("")).isEqualTo(1);
    assertThat(dictionary.find("a")).isEqualTo(Dictionary.NONE);
  }

  /** "Aa" and "BB" have the hash 2112, so all texts made of eight of the two have one hash. */
  @Test
  void tellsTextsOfOneHashApart() {
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < 256; i++) {
      assertThat(dictionary.add("c", ofPairs(i))).isEqualTo(i);
    }

    assertThat(ofPairs(255)).hasSameHashCodeAs(ofPairs(0));
    for (int i = 0; i < 256; i++) {
      assertThat(dictionary.find(ofPairs(i))).isEqualTo(i);
    }
    assertThat(dictionary.find("Aa")).isEqualTo(Dictionary.NONE);
  }

  private static String ofPairs(int bits) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 8; bit++) {
      text.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  @Test
  void keepsItsCodesAsItGrows() {
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < 100_000; i++) {
      dictionary.add("c", "text " + i);
    }

    assertThat(dictionary.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(dictionary.add("c", "text " + i)).isEqualTo(i);
    }
    assertThat(dictionary.text(99_999)).isEqualTo("text 99999");
  }
}
