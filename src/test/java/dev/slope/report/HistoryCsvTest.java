package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCsvTest {
  @Test
  void numbersReadBackAsTheSameDoubles() {
    byte[] csv =
        HistoryCsv.encode(
            List.of(
                new HistoryRow(1, 0.1 + 0.2, null, 0.01, 0),
                new HistoryRow(100, 1e-12, 0.25, 0.01, 2.5)));

    // 0.1 + 0.2 is 0.30000000000000004, the double next above 0.3.
    assertThat(new String(csv, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            epoch,loss,validation_loss,learning_rate,seconds
            1,0.30000000000000004,,0.01,0.0
            100,1.0E-12,0.25,0.01,2.5
            """);
  }
}
