package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels that say classes, each to its class's place. */
final class ClassEncoder {
  private static final int NONE = -1;

  private final String column;
  private final List<String> classes;

  ClassEncoder(String column, List<String> classes) {
    this.column = column;
    this.classes = classes;
  }

  /** One column of places. */
  FloatMatrix encode(CodedRows rows, String source) {
    int place = LabelColumns.place(rows, column);
    Dictionary dictionary =
        rows.columns().get(place).coding() == CellCoding.TEXT ? rows.dictionary(column) : null;
    Map<Double, Integer> places = new HashMap<>();
    List<FloatBlock> blocks = new ArrayList<>();
    long before = 0;
    RecentNumbers recent = new RecentNumbers();
    int[] recentPlaces = new int[RecentNumbers.PLACES];
    for (FloatBlock block : rows.values().blocks()) {
      FloatArray encoded = new FloatArray(block.precision(), block.rows());
      long first = before;
      block.forEach(
          place,
          (row, label) -> {
            int known = recent.find(label);
            int found = known < 0 ? NONE : recentPlaces[known];
            if (known < 0) {
              // Adding 0 makes one zero of the two.
              found = places.computeIfAbsent(label + 0.0, value -> place(value, dictionary));
              recentPlaces[recent.remember(label)] = found;
            }
            if (found == NONE) {
              throw unknown(label + 0.0, dictionary, source, first + row + 1);
            }
            encoded.set(row, found);
          });
      FloatBlock kept = new FloatBlock(block.precision(), block.rows(), 1);
      kept.write(0, encoded, 0, block.rows());
      blocks.add(kept);
      before += block.rows();
    }
    return new FloatMatrix(List.of(column), blocks);
  }

  private DataException unknown(
      double label, @Nullable Dictionary dictionary, String source, long row) {
    return new DataException(
        "%s, row %d: '%s' must be one of the model's classes %s, but %s"
            .formatted(
                source,
                row,
                column,
                classes,
                Double.isNaN(label)
                    ? "is missing"
                    : "was '" + ClassText.of(label, dictionary) + "'"));
  }

  private int place(double label, @Nullable Dictionary dictionary) {
    return Double.isNaN(label)
        ? NONE
        : ClassNames.find(ClassText.of(label, dictionary), classes)
            .map(classes::indexOf)
            .orElse(NONE);
  }
}
