package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
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
      FloatBlock encoded = new FloatBlock(block.precision(), block.rows(), 1);
      for (int row = 0; row < block.rows(); row++) {
        // Adding 0 makes one zero of the two.
        double label = block.get(row, place) + 0.0;
        int known = recent.find(label);
        int found;
        if (known >= 0) {
          found = recentPlaces[known];
        } else {
          found = places.computeIfAbsent(label, value -> place(value, dictionary));
          recentPlaces[recent.remember(label)] = found;
        }
        if (found == NONE) {
          throw new DataException(
              "%s, row %d: '%s' must be one of the model's classes %s, but %s"
                  .formatted(
                      source,
                      before + row + 1,
                      column,
                      classes,
                      Double.isNaN(label)
                          ? "is missing"
                          : "was '" + ClassText.of(label, dictionary) + "'"));
        }
        encoded.set(row, 0, found);
      }
      blocks.add(encoded);
      before += block.rows();
    }
    return new FloatMatrix(List.of(column), blocks);
  }

  private int place(double label, @Nullable Dictionary dictionary) {
    return Double.isNaN(label)
        ? NONE
        : ClassNames.find(ClassText.of(label, dictionary), classes)
            .map(classes::indexOf)
            .orElse(NONE);
  }
}
