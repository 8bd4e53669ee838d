package dev.slope.data;

import dev.slope.config.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/**
 * The lines {@code label index:value index:value ... # comment} of a file, indices rising; an index
 * that a line leaves out is 0. Column 0 is the label.
 */
final class LibsvmRows implements RowCursor {
  private final DataFile file;
  private final BufferedReader text;
  private final int firstIndex;
  private final Precision precision;
  private final double[] features;
  // Only of the values that are no finite numbers: the others' texts follow from them.
  private final Map<Integer, String> badTexts = new HashMap<>();
  private String label = "";
  private long line;
  private int smallestIndex;
  private int largestIndex;

  /**
   * The rows of a file.
   *
   * @param precision of the numbers
   * @param firstIndex the index of column 1
   * @param features how many feature columns there are; what lies beyond is checked and left out
   */
  LibsvmRows(DataFile file, Precision precision, int firstIndex, int features) {
    this.file = file;
    this.firstIndex = firstIndex;
    this.precision = precision;
    this.features = new double[features];
    try {
      this.text = file.openText();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  @Override
  public boolean next() {
    try {
      for (String read = text.readLine(); read != null; read = text.readLine()) {
        line++;
        int comment = read.indexOf('#');
        StringTokenizer tokens =
            new StringTokenizer(comment < 0 ? read : read.substring(0, comment));
        if (tokens.hasMoreTokens()) {
          row(tokens);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private void row(StringTokenizer tokens) {
    Arrays.fill(features, 0);
    badTexts.clear();
    smallestIndex = Integer.MAX_VALUE;
    largestIndex = -1;
    label = tokens.nextToken();
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      int colon = token.indexOf(':');
      int index = index(token, colon);
      if (index <= largestIndex) {
        throw new DataException(
            "%s, %s must have rising indices, but has %d after %d"
                .formatted(file.name(), row(), index, largestIndex));
      }
      smallestIndex = Math.min(smallestIndex, index);
      largestIndex = index;
      int column = index - firstIndex;
      if (column < features.length) {
        set(column, token.substring(colon + 1));
      }
    }
  }

  private int index(String token, int colon) {
    // Up to nine digits: a larger one is no column of any table.
    String index = token.substring(0, Math.max(0, colon));
    if (!index.matches("[0-9]{1,9}")) {
      throw new DataException(
          "%s, %s must be 'label index:value ...' with integers >= 0 as indices, but has '%s'"
              .formatted(file.name(), row(), token));
    }
    return Integer.parseInt(index);
  }

  private void set(int column, String value) {
    features[column] = NumberText.value(value, precision);
    if (!Double.isFinite(features[column])) {
      badTexts.put(column, value);
    }
  }

  /** The smallest index of this row; the largest integer where it has none. */
  int smallestIndex() {
    return smallestIndex;
  }

  /** The largest index of this row; -1 where it has none. */
  int largestIndex() {
    return largestIndex;
  }

  @Override
  public double number(int column) {
    return column == 0 ? NumberText.value(label, precision) : features[column - 1];
  }

  @Override
  public String text(int column) {
    if (column == 0) {
      return label;
    }
    double value = features[column - 1];
    return !Double.isFinite(value)
        ? Objects.requireNonNull(badTexts.get(column - 1))
        : NumberText.shortest(value);
  }

  @Override
  public String row() {
    return "line " + line;
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
