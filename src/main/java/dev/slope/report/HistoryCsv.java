package dev.slope.report;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run's history as CSV: {@code epoch, loss, validation_loss, learning_rate, seconds}, a line per
 * row, each number with the digits that read back as the same double.
 */
public final class HistoryCsv {
  private static final String HEADER = "epoch,loss,validation_loss,learning_rate,seconds\n";

  private HistoryCsv() {}

  /**
   * Columns of a file's content; one with an empty cell is left out.
   *
   * @param names of columns
   */
  public static Map<String, List<Double>> columns(String csv, List<String> names) {
    List<String[]> rows = csv.lines().map(line -> line.split(",", -1)).toList();
    List<String> header = List.of(rows.get(0));
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (String name : names) {
      int place = header.indexOf(name);
      List<String> cells = rows.stream().skip(1).map(row -> row[place]).toList();
      if (!cells.contains("")) {
        columns.put(name, cells.stream().map(Double::valueOf).toList());
      }
    }
    return columns;
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
