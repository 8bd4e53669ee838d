package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCsvTest {
  @Test
  void numbersReadBackAsTheSameDoubles() {
    List<HistoryRow> history =
        List.of(
            new HistoryRow(1, 0.1 + 0.2, null, 0.01, 0),
            new HistoryRow(100, 1e-12, 0.25, 0.01, 2.5));
    byte[] csv = HistoryCsv.encode(history);

    // 0.1 + 0.2 is 0.30000000000000004, the double next above 0.3.
    assertThat(new String(csv, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            epoch,loss,validation_loss,learning_rate,seconds
            1,0.30000000000000004,,0.01,0.0
            100,1.0E-12,0.25,0.01,2.5
            """);
    assertThat(HistoryCsv.decode(new String(csv, StandardCharsets.UTF_8))).isEqualTo(history);
  }

  @Test
  void anotherFileIsNoHistory() {
    assertThatThrownBy(() -> HistoryCsv.decode("a,b\n1,2\n"))
        .hasMessage("a history must begin with epoch,loss,validation_loss,learning_rate,seconds");
    assertThatThrownBy(
            () ->
                HistoryCsv.decode(
                    "epoch,loss,validation_loss,learning_rate,seconds\n1,0.5,,0.1,0\n2,0.\n"))
        .hasMessage("a line of a history must have 5 cells: 2,0.");
  }
}
