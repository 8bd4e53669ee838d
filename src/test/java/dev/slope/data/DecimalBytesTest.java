package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against {@link Float#parseFloat}, which rounds every text to the nearest float32. */
class DecimalBytesTest {
  private final DecimalBytes decimal = new DecimalBytes(Precision.FLOAT32);

  private void assertRead(String text) {
    byte[] bytes = ("x" + text + "\n").getBytes(StandardCharsets.US_ASCII);
    assertThat(decimal.read(bytes, 1)).as(text).isTrue();
    assertThat(decimal.end()).as(text).isEqualTo(1 + text.length());
    assertThat(Float.floatToRawIntBits((float) decimal.value()))
        .as(text)
        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
  }

  private void assertLeft(String text) {
    byte[] bytes = (text + ",").getBytes(StandardCharsets.US_ASCII);
    boolean read = decimal.read(bytes, 0) && decimal.end() == text.length();
    assertThat(read).as(text).isFalse();
  }

  @Test
  void readsEveryWayOfWritingANumber() {
    for (String text :
        new String[] {
          "0",
          "-0",
          "-0.0",
          "7",
          "+7",
          "007",
          ".5",
          "5.",
          "-1.25",
          "1e3",
          "1E+3",
          "1e-3",
          "0e99",
          "34028e22",
          "-1.25e-19",
          "16777217",
          "0.1",
          "123456789012345"
        }) {
      assertRead(text);
    }
  }

  @Test
  void roundsOnceAsTheJavaPlatformDoes() {
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      String text =
          switch (i % 3) {
            case 0 -> Float.toString((random.nextFloat() - 0.5f) * 200);
            case 1 -> Double.toString(random.nextGaussian() * 1e4);
            default -> random.nextInt(100_000_000) + "e" + (random.nextInt(30) - 15);
          };
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
      if (decimal.read(bytes, 0)) {
        read++;
        assertThat(Float.floatToRawIntBits((float) decimal.value()))
            .as(text)
            .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
      }
    }
    // What it leaves is slow, not wrong: few may be left.
    assertThat(read).isGreaterThan(295_000);
  }

  @Test
  void leavesWhatItCanNotBeSureOf() {
    // 1 + 2^-24 lies halfway between 1 and the next float32, and one digit more lies above it.
    assertLeft("1.000000059604644775390625");
    assertLeft("1.00000005960464477");
    assertLeft("1.0000000596046448");
    assertLeft("12345678901234567890");
    assertLeft("1e39");
    assertLeft("1e-46");
    assertLeft("1e99999999999");
    for (String text :
        new String[] {"", "-", ".", "e5", "1e", "1e+", "nan", "inf", "1_0", "0x1", " 1", "1 "}) {
      assertLeft(text);
    }
  }

  // Against Double.parseDouble: a product or quotient of two exact doubles is rounded once.
  @Test
  void everyNumberThatItTakesAsDoubleIsTheNearest() {
    DecimalBytes wide = new DecimalBytes(Precision.FLOAT64);
    Random random = new Random(8);
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      String text =
          switch (i % 3) {
            case 0 -> Float.toString((random.nextFloat() - 0.5f) * 200);
            case 1 -> Double.toString(Math.rint(random.nextGaussian() * 1e9) / 1e6);
            default -> random.nextInt(100_000_000) + "e" + (random.nextInt(30) - 15);
          };
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
      if (wide.read(bytes, 0)) {
        read++;
        assertThat(Double.doubleToRawLongBits(wide.value()))
            .as(text)
            .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      }
    }
    assertThat(read).isGreaterThan(295_000);
    // 2^53 + 1 is no double.
    assertThat(wide.read("9007199254740993\n".getBytes(StandardCharsets.US_ASCII), 0)).isFalse();
  }
}
