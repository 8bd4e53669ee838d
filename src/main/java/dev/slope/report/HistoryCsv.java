package dev.slope.report;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A run's history as CSV: {@code epoch, loss, validation_loss, learning_rate, seconds}, a line per
 * row, each number with the digits that read back as the same double.
 */
public final class HistoryCsv {
  private static final String HEADER = "epoch,loss,validation_loss,learning_rate,seconds\n";

  private HistoryCsv() {}

  /**
   * The rows of a file's content.
   *
   * @throws IllegalArgumentException where it is no such file
   */
  public static List<HistoryRow> decode(String csv) {
    if (!csv.startsWith(HEADER)) {
      throw new IllegalArgumentException("a history must begin with " + HEADER.strip());
    }
    return csv.lines().skip(1).map(HistoryCsv::row).toList();
  }

  private static HistoryRow row(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException("a line of a history must have 5 cells: " + line);
    }
    return new HistoryRow(
        Long.parseLong(cells[0]),
        Double.parseDouble(cells[1]),
        cells[2].isEmpty() ? null : Double.valueOf(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]));
  }

  /** The file's content in UTF-8; {@code validation_loss} is empty where there is none. */
  public static byte[] encode(List<HistoryRow> history) {
    StringBuilder csv = new StringBuilder(HEADER.length() + 48 * history.size()).append(HEADER);
    for (HistoryRow row : history) {
      csv.append(row.epoch())
          .append(',')
          .append(row.loss())
          .append(',')
          .append(row.validationLoss() == null ? "" : row.validationLoss().toString())
          .append(',')
          .append(row.learningRate())
          .append(',')
          .append(row.seconds())
          .append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
