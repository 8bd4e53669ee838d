package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds label columns among the columns of coded rows. */
final class LabelColumns {
  private static final List<CellCoding> CODINGS =
      List.of(CellCoding.OPTIONAL_NUMBER, CellCoding.NUMBER, CellCoding.TEXT);

  private LabelColumns() {}

  /** The place of a label: a column of numbers, or else of texts. */
  static int place(CodedRows rows, String label) {
    return CODINGS.stream()
        .mapToInt(coding -> rows.index(new CodedColumn(label, coding)))
        .filter(place -> place >= 0)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("rows must have the label column '" + label + "'"));
  }

  /** The label columns alone, as they are coded; the matrix itself where it has no others. */
  static FloatMatrix of(CodedRows rows, List<String> labels) {
    int[] places = labels.stream().mapToInt(label -> place(rows, label)).toArray();
    FloatMatrix all = rows.values();
    if (places.length == all.columns()
        && IntStream.range(0, places.length).allMatch(i -> places[i] == i)) {
      return all;
    }
    List<FloatBlock> blocks = new ArrayList<>();
    for (FloatBlock block : all.blocks()) {
      FloatBlock copy = new FloatBlock(block.precision(), block.rows(), places.length);
      for (int row = 0; row < block.rows(); row++) {
        for (int i = 0; i < places.length; i++) {
          copy.set(row, i, block.get(row, places[i]));
        }
      }
      blocks.add(copy);
    }
    return new FloatMatrix(labels, blocks);
  }
}
