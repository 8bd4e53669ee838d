package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("epochs", "batch_size", "optimizer", "l1");

  @Test
  void findsOneEdit() {
    assertThat(Suggestions.nearest("epoch", KNOWN)).contains("epochs");
    assertThat(Suggestions.nearest("epocsh", KNOWN)).contains("epochs");
    assertThat(Suggestions.nearest("l2", KNOWN)).contains("l1");
  }

  @Test
  void allowsAThirdOfTheLength() {
    // batchsiz: 8 letters allow 2 edits, and 2 are needed; optmzr: 6 allow 2, and 3 are needed.
    assertThat(Suggestions.nearest("batchsiz", KNOWN)).contains("batch_size");
    assertThat(Suggestions.nearest("optmzr", KNOWN)).isEmpty();
    assertThat(Suggestions.nearest("momentum", KNOWN)).isEmpty();
  }

  @Test
  void takesTheNearestThenTheFirst() {
    assertThat(Suggestions.nearest("abcdef", List.of("abcdxy", "abcdex"))).contains("abcdex");
    assertThat(Suggestions.nearest("area", List.of("aria", "aree"))).contains("aria");
  }
}
