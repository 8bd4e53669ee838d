package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TString;

/**
 * What TensorFlow's Java reads is what was written, however long: up to 22 bytes stand in place.
 */
class StringVectorsTest {
  @Test
  void stringsOfAllLengthsReadBack() {
    List<String> texts = new ArrayList<>();
    for (int length = 0; length < 300; length++) {
      texts.add("\u20acx".repeat(length) + "\0" + length);
    }
    texts.add("");
    byte[][] bytes =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);

    try (TString tensor = StringVectors.of(bytes)) {
      List<String> read = new ArrayList<>();
      tensor.scalars().forEach(string -> read.add(string.getObject()));
      assertThat(read).isEqualTo(texts);
    }
  }

  @Test
  void mayBeEmpty() {
    try (TString tensor = StringVectors.of(new byte[0][])) {
      assertThat(tensor.shape().asArray()).containsExactly(0);
    }
  }
}
