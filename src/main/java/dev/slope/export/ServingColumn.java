package dev.slope.export;

import dev.slope.export.savedmodel.TensorSpec;
import dev.slope.features.RawColumn;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * A column as a signature takes it.
 *
 * @param name in the data
 * @param key in the signature
 * @param dtype of its values
 * @param shape {@code [-1]}, or {@code [-1, values]} of a column of several
 */
record ServingColumn(String name, String key, DataType dtype, List<Long> shape) {
  ServingColumn {
    shape = List.copyOf(shape);
  }

  /** One value a row. */
  static ServingColumn of(String name, String key, DataType dtype) {
    return new ServingColumn(name, key, dtype, List.of(-1L));
  }

  /** The type in which a raw column is served. */
  static DataType dtype(RawColumn.Type type) {
    return switch (type) {
      case NUMBER -> DataType.DT_FLOAT;
      case STRING -> DataType.DT_STRING;
      case INTEGER, TIME -> DataType.DT_INT64;
      case TRUTH -> DataType.DT_BOOL;
    };
  }

  TensorSpec spec() {
    return new TensorSpec(key, dtype, shape);
  }
}
